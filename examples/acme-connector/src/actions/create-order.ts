import { action, jsonObject, z } from '@inlay/sdk/connector'
import { acme, order, sampleOrder } from '../acme.js'
import { customerOptions, customFields, orderTypeOptions } from '../choices.js'

const line = z.strictObject({
  item: z.string().min(1).meta({ title: 'Item' }),
  count: z.int().min(1).default(1).meta({ title: 'Count' }),
})

/** Creates an order. */
export const createOrder = action({
  name: 'Create an order',
  description: 'Creates an order for a customer.',
  input: z.strictObject({
    customer: z.string().min(1).meta({ title: 'Customer' }),
    type: z.string().min(1).meta({ title: 'Kind of order' }),
    lines: z.array(line).min(1).max(100).meta({ title: 'Lines' }),
    fields: jsonObject.optional().meta({ title: 'Your own fields' }),
  }),
  output: order,
  sampleInput: { customer: 'C-7', type: 'standard', lines: [{ item: 'Tea', count: 2 }], fields: { reference: 'X-1' } },
  sampleOutput: sampleOrder,
  scopes: ['orders.read', 'orders.write'],
  options: { customer: customerOptions, type: orderTypeOptions },
  schemas: { fields: customFields },
  run: async (context) => {
    const { customer, type, lines, fields = {} } = context.input
    return acme.call(context, {
      method: 'POST',
      url: '/orders',
      headers: { 'idempotency-key': context.idempotencyKey },
      json: { customer_id: customer, type, lines, fields },
      answer: order,
    })
  },
})
