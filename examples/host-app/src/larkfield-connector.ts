import { action, defineConnector, productEventTrigger, StepError, z } from '@inlay/sdk/connector'
import type { Orders } from './orders.js'

const orderSchema = z.object({
  id: z.string().meta({ title: 'Order' }),
  customer: z.string().meta({ title: 'Customer' }),
  total: z.number().meta({ title: 'Total', description: 'In euros.' }),
  state: z.string().meta({ title: 'State' }),
})

const sampleOrder = { id: 'A-1004', customer: 'Mira Holm', total: 1240, state: 'Paid' }

/** Larkfield's own actions and events, as its customers find them in the builder. */
export function createLarkfieldConnector(orders: Orders) {
  const orderField = z
    .string()
    .min(1)
    .meta({ title: 'Order', examples: ['A-1004'] })
  const options = {
    order: async () => orders.list().map(({ id, customer }) => ({ value: id, label: id, description: customer })),
  }
  return defineConnector({
    id: 'larkfield',
    version: '1.0.0',
    name: 'Larkfield',
    description: 'Orders of your shop in Larkfield.',
    icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M4 15c4 0 6-2 7-6 3 0 6 1 9 4-3 0-4 1-5 3s-3 4-6 4-5-2-5-5zM15 9l3-3"/></svg>',
    color: '#0b6e4f',
    categories: ['commerce'],
    docs: 'There is nothing to connect: whoever sees this is signed in to Larkfield.',
    auth: { kind: 'none' },
    actions: {
      getOrder: action({
        name: 'Get an order',
        description: 'Reads an order.',
        input: z.strictObject({ order: orderField }),
        output: orderSchema,
        sampleInput: { order: 'A-1004' },
        sampleOutput: sampleOrder,
        options,
        run: async ({ input }) => orders.find(input.order) ?? unknownOrder(input.order),
      }),
      changeState: action({
        name: 'Change the state of an order',
        description: 'Marks an order as packing, sent or cancelled.',
        input: z.strictObject({
          order: orderField,
          state: z.enum(['Packing', 'Sent', 'Cancelled']).meta({ title: 'State' }),
        }),
        output: orderSchema,
        sampleInput: { order: 'A-1004', state: 'Sent' },
        sampleOutput: { ...sampleOrder, state: 'Sent' },
        options,
        run: async ({ input }) => orders.changeState(input.order, input.state) ?? unknownOrder(input.order),
      }),
    },
    triggers: {
      orderPlaced: productEventTrigger({
        name: 'Order placed',
        description: 'Starts for each order that somebody places.',
        event: 'order.placed',
        input: z.strictObject({}),
        output: orderSchema,
        sampleOutput: sampleOrder,
      }),
    },
  })
}

function unknownOrder(id: string): never {
  throw new StepError('rejected', `There is no order ${id}`, { detail: 'Check its number in Larkfield.' })
}
