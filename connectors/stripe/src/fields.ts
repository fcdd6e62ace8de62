import { z } from '@inlay/sdk/connector'

/** The field by which actions name a customer. */
export const customerField = z
  .string()
  .min(1)
  .meta({ title: 'Customer', description: 'Id of the customer.', examples: ['cus_NffrFeUfNV2Hib'] })

/** The field by which actions name a price. */
export const priceField = z
  .string()
  .min(1)
  .meta({ title: 'Price', description: 'Id of a price of a product.', examples: ['price_1MoBy5LkdIwHu7ixZhnattbh'] })

/** An amount in the smallest unit of its currency. */
export const amountField = z.coerce
  .number()
  .int()
  .min(1)
  .meta({ title: 'Amount', description: 'In the smallest unit: 1099 is 10.99 of dollars.', examples: [1099] })

/** A currency by its three letters. */
export const currencyField = z
  .string()
  .regex(/^[A-Za-z]{3}$/, 'must be three letters, such as eur')
  .transform((code) => code.toLowerCase())
  .meta({ title: 'Currency', description: 'Three letters (ISO 4217).', examples: ['eur', 'usd'] })

/** What people note about a thing themselves. */
export const metadataField = z
  .record(z.string().max(40), z.string().max(500))
  .optional()
  .meta({ title: 'Metadata', description: 'Names and values of your own.', examples: [{ order: 'A-1001' }] })

/** How many items are read at most. */
export const limitField = z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' })
