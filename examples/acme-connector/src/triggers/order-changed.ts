import { collectPages, cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { acme, order, sampleOrder } from '../acme.js'
import { customerOptions } from '../choices.js'

const orderPage = z.object({ data: z.array(order), next_cursor: z.string().nullable() })

/** Starts when an order is made or changed: Acme is asked every few minutes. */
export const orderChanged = pollingTrigger({
  name: 'Order made or changed',
  description: 'Starts for each order that is made or changed.',
  input: z.strictObject({
    customer: z.string().optional().meta({ title: 'Only of customer' }),
  }),
  output: order,
  sampleOutput: sampleOrder,
  scopes: ['orders.read'],
  options: { customer: customerOptions },
  poll: async (context) => {
    const since = cursorTime(context.cursor)
    const readPage = async (cursor: string | null) => {
      const page = await acme.call(context, {
        url: '/orders',
        query: {
          customer: context.input.customer,
          updated_since: since === undefined ? undefined : new Date(since).toISOString(),
          cursor: cursor ?? undefined,
        },
        answer: orderPage,
      })
      return { items: page.data, next: page.next_cursor ?? undefined }
    }
    const orders = await collectPages<z.output<typeof order>, string | null>(readPage, null)
    return newByTime(orders, {
      cursor: context.cursor,
      // The time belongs to the id, so that each change of an order counts.
      idOf: ({ id, updated_at }) => `${id}:${updated_at}`,
      timeOf: ({ updated_at }) => updated_at,
    })
  },
})
