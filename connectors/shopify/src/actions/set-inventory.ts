import { action, z } from '@inlay/sdk/connector'
import { locationOptions } from '../locations.js'
import { change } from '../shopify-api.js'
import { sampleStock, stockAt, stockFields } from '../stock.js'

/** Says what is in stock. */
export const setInventory = action({
  name: 'Set stock',
  description: 'Says how much of an item is available at a location, whatever it was before.',
  input: z.strictObject({
    ...stockFields,
    quantity: z.coerce
      .number()
      .int()
      .meta({ title: 'Quantity', examples: [42] }),
  }),
  output: z.object({ quantity: z.number().meta({ title: 'Quantity' }) }),
  sampleInput: {
    ...sampleStock,
    quantity: 42,
  },
  sampleOutput: { quantity: 42 },
  scopes: ['write_inventory'],
  options: { location: locationOptions },
  run: async (context) => {
    const { quantity } = context.input
    const item = { quantity, ...stockAt(context.input) }
    await change(context, {
      query: `mutation Set($input: InventorySetQuantitiesInput!, $key: String!) {
        result: inventorySetQuantities(input: $input) @idempotent(key: $key) { userErrors { field message } } }`,
      variables: {
        input: { reason: 'correction', name: 'available', quantities: [item] },
        key: context.idempotencyKey,
      },
      data: z.unknown(),
    })
    return { quantity }
  },
})
