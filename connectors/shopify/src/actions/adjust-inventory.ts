import { action, z } from '@inlay/sdk/connector'
import { locationOptions } from '../locations.js'
import { change } from '../shopify-api.js'
import { sampleStock, stockAt, stockFields } from '../stock.js'

/** Changes what is in stock. */
export const adjustInventory = action({
  name: 'Adjust stock',
  description: 'Adds to what is available of an item at a location, or takes from it.',
  input: z.strictObject({
    ...stockFields,
    delta: z.coerce
      .number()
      .int()
      .meta({ title: 'Change', description: 'Below zero takes away.', examples: [-4] }),
    reason: z
      .enum(['correction', 'cycle_count_available', 'damaged', 'received', 'restock', 'shrinkage'])
      .default('correction')
      .meta({ title: 'Reason' }),
  }),
  output: z.object({ delta: z.number().meta({ title: 'Change' }) }),
  sampleInput: {
    ...sampleStock,
    delta: -4,
  },
  sampleOutput: { delta: -4 },
  scopes: ['write_inventory'],
  options: { location: locationOptions },
  run: async (context) => {
    const { delta, reason } = context.input
    const item = { delta, ...stockAt(context.input) }
    await change(context, {
      query: `mutation Adjust($input: InventoryAdjustQuantitiesInput!, $key: String!) {
        result: inventoryAdjustQuantities(input: $input) @idempotent(key: $key) { userErrors { field message } } }`,
      variables: { input: { reason, name: 'available', changes: [item] }, key: context.idempotencyKey },
      data: z.unknown(),
    })
    return { delta }
  },
})
