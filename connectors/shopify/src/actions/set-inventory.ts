import { action, z } from '@inlay/sdk/connector'
import { locationOptions } from '../locations.js'
import { change, globalId } from '../shopify-api.js'

/** Says what is in stock. */
export const setInventory = action({
  name: 'Set stock',
  description: 'Says how much of an item is available at a location, whatever it was before.',
  input: z.strictObject({
    inventoryItem: z
      .string()
      .min(1)
      .meta({ title: 'Stock item', description: 'Its id.', examples: ['gid://shopify/InventoryItem/43729076'] }),
    location: z.string().min(1).meta({ title: 'Location' }),
    quantity: z.coerce
      .number()
      .int()
      .meta({ title: 'Quantity', examples: [42] }),
  }),
  output: z.object({ quantity: z.number().meta({ title: 'Quantity' }) }),
  sampleInput: {
    inventoryItem: 'gid://shopify/InventoryItem/43729076',
    location: 'gid://shopify/Location/1',
    quantity: 42,
  },
  sampleOutput: { quantity: 42 },
  scopes: ['write_inventory'],
  options: { location: locationOptions },
  run: async (context) => {
    const { inventoryItem, location, quantity } = context.input
    const item = {
      quantity,
      changeFromQuantity: null,
      inventoryItemId: globalId('InventoryItem', inventoryItem),
      locationId: globalId('Location', location),
    }
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
