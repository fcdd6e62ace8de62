import { cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { ORDER_SEARCH, ORDERS_IN_TURN, orderSchema, sampleOrder } from '../order.js'
import { searchAll } from '../shopify-api.js'

/** Bounds one poll; the rest follows at once. */
const MOST_AT_ONCE = 1000
const FIRST_LOOK = 50

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
    const limit = since === undefined ? FIRST_LOOK : MOST_AT_ONCE
    const orders = await searchAll(context, {
      // What is there already need not be read in full; what is new must be, in turn.
      document: since === undefined ? ORDER_SEARCH : ORDERS_IN_TURN,
      query: since === undefined ? undefined : `created_at:>='${new Date(since).toISOString()}'`,
      node: orderSchema,
      limit,
    })
    const result = newByTime(orders, {
      cursor: context.cursor,
      idOf: ({ id }) => id,
      timeOf: ({ createdAt }) => createdAt,
      dataOf: (order) => orderSchema.parse(order),
    })
    return { ...result, hasMore: since !== undefined && orders.length === limit && result.items.length > 0 }
  },
})
