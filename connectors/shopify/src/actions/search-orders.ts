import { action, z } from '@inlay/sdk/connector'
import { limitField, queryField } from '../fields.js'
import { ORDER_SEARCH, orderSchema, sampleOrder } from '../order.js'
import { searchAll } from '../shopify-api.js'

/** Search orders. */
export const searchOrders = action({
  name: 'Search orders',
  description:
    'Finds orders, newest first, each with its first 40 lines. Without a further permission Shopify shows those of the last 60 days.',
  input: z.strictObject({ query: queryField, limit: limitField }),
  output: z.object({ orders: z.array(orderSchema).meta({ title: 'Orders' }) }),
  sampleInput: { query: 'tag:vip' },
  sampleOutput: { orders: [sampleOrder] },
  scopes: ['read_orders'],
  run: async (context) => ({
    orders: await searchAll(context, {
      document: ORDER_SEARCH,
      ...context.input,
      query: context.input.query,
      node: orderSchema,
    }),
  }),
})
