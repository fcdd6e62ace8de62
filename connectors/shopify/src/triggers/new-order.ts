import { cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { ORDER_SEARCH, orderSchema, sampleOrder } from '../order.js'
import { searchAll } from '../shopify-api.js'

/** Starts for each new order. */
export const newOrder = pollingTrigger({
  name: 'New order',
  description: 'Starts for each new order. Asks Shopify every few minutes.',
  input: z.strictObject({}),
  output: orderSchema,
  sampleOutput: sampleOrder,
  scopes: ['read_orders'],
  poll: async (context) => {
    const since = cursorTime(context.cursor)
    const orders = await searchAll(context, {
      document: ORDER_SEARCH,
      query: since === undefined ? undefined : `created_at:>='${new Date(since).toISOString()}'`,
      node: orderSchema,
      limit: since === undefined ? 50 : 500,
    })
    return newByTime(orders, {
      cursor: context.cursor,
      idOf: ({ id }) => id,
      timeOf: ({ createdAt }) => createdAt,
      dataOf: (order) => orderSchema.parse(order),
    })
  },
})
