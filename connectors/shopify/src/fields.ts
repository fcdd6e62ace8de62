import { z } from '@inlay/sdk/connector'

/** What is looked for, in Shopify's search words. */
export const queryField = z
  .string()
  .optional()
  .meta({ title: 'Search', description: 'Shopify’s search words; everything when empty.', examples: ['tag:vip'] })

/** How many items are read at most. */
export const limitField = z.coerce.number().int().min(1).max(1000).default(50).meta({ title: 'At most' })
