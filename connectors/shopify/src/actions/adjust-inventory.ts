import { action, z } from '@inlay/sdk/connector'
import { locationOptions } from '../locations.js'
import { change, globalId } from '../shopify-api.js'

/** Changes what is in stock. */
export const adjustInventory = action({
  name: 'Adjust stock',
  description: 'Adds to what is available of an item at a location, or takes from it.',
  input: z.strictObject({
    inventoryItem: z
      .string()
      .min(1)
      .meta({ title: 'Stock item', description: 'Its id.', examples: ['gid://shopify/InventoryItem/43729076'] }),
    location: z.string().min(1).meta({ title: 'Location' }),
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
    inventoryItem: 'gid://shopify/InventoryItem/43729076',
    location: 'gid://shopify/Location/1',
    delta: -4,
  },
  sampleOutput: { delta: -4 },
  scopes: ['write_inventory'],
  options: { location: locationOptions },
  run: async (context) => {
    const { inventoryItem, location, delta, reason } = context.input
    const item = {
      delta,
      // Whatever the stock was before: Shopify wants it said.
      changeFromQuantity: null,
      inventoryItemId: globalId('InventoryItem', inventoryItem),
      locationId: globalId('Location', location),
    }
    await change(context, {
      query: `mutation Adjust($input: InventoryAdjustQuantitiesInput!, $key: String!) {
        result: inventoryAdjustQuantities(input: $input) @idempotent(key: $key) { userErrors { field message } } }`,
      variables: { input: { reason, name: 'available', changes: [item] }, key: context.idempotencyKey },
      data: z.unknown(),
    })
    return { delta }
  },
})
