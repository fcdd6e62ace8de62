import { action, StepError, z } from '@inlay/sdk/connector'
import { ORDER_FIELDS, orderField, orderSchema, sampleOrder } from '../order.js'
import { ask, globalId } from '../shopify-api.js'

/** Reads an order. */
export const getOrder = action({
  name: 'Get an order',
  description: 'Reads one order with its lines.',
  input: z.strictObject({ order: orderField }),
  output: orderSchema,
  sampleInput: { order: 'gid://shopify/Order/148977776' },
  sampleOutput: sampleOrder,
  scopes: ['read_orders'],
  run: async (context) => {
    const { order } = await ask(context, {
      query: `query Order($id: ID!) { order(id: $id) { ${ORDER_FIELDS} } }`,
      variables: { id: globalId('Order', context.input.order) },
      data: z.object({ order: orderSchema.nullable() }),
    })
    if (order !== null) return order
    throw new StepError('rejected', 'Shopify has no such order', {
      detail: 'Take the id of the order, not its number.',
    })
  },
})
