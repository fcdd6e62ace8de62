import { action, z } from '@inlay/sdk/connector'
import { ORDER_FIELDS, orderField, orderSchema, sampleOrder } from '../order.js'
import { change, globalId } from '../shopify-api.js'

/** Changes an order. */
export const updateOrder = action({
  name: 'Change an order',
  description: 'Changes note, tags or e-mail address of an order.',
  input: z.strictObject({
    order: orderField,
    note: z.string().optional().meta({ title: 'Note', format: 'multiline' }),
    tags: z.array(z.string()).optional().meta({ title: 'Tags', description: 'Replaces those there are.' }),
    email: z.email().optional().meta({ title: 'E-mail address' }),
  }),
  output: orderSchema,
  sampleInput: { order: 'gid://shopify/Order/148977776', note: 'Leave it at the door' },
  sampleOutput: { ...sampleOrder, note: 'Leave it at the door' },
  scopes: ['write_orders'],
  run: async (context) => {
    const { order, ...fields } = context.input
    const result = await change(context, {
      query: `mutation Change($input: OrderInput!) { result: orderUpdate(input: $input) {
        order { ${ORDER_FIELDS} } userErrors { field message } } }`,
      variables: { input: { id: globalId('Order', order), ...fields } },
      data: z.object({ order: orderSchema }),
    })
    return result.order
  },
})
