import { z } from '@inlay/sdk/connector'
import { globalId } from './shopify-api.js'

/** The fields by which actions say of what, and where, the stock is. */
export const stockFields = {
  inventoryItem: z
    .string()
    .min(1)
    .meta({ title: 'Stock item', description: 'Its id.', examples: ['gid://shopify/InventoryItem/43729076'] }),
  location: z.string().min(1).meta({ title: 'Location' }),
}

/** For forms. */
export const sampleStock = {
  inventoryItem: 'gid://shopify/InventoryItem/43729076',
  location: 'gid://shopify/Location/1',
}

/** What is changed, as mutations of stock take it: whatever it was before, which Shopify wants to be said. */
export function stockAt({ inventoryItem, location }: typeof sampleStock) {
  return {
    changeFromQuantity: null,
    inventoryItemId: globalId('InventoryItem', inventoryItem),
    locationId: globalId('Location', location),
  }
}
