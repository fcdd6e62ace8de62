import { hasStatus, isHmacValid, isRecent, webhookTrigger, z } from '@inlay/sdk/connector'
import { acme, order, sampleOrder } from '../acme.js'

const registered = z.object({ id: z.string() })

/** What Acme sends: the order, and an id that stays the same when it sends again. */
const delivered = z.object({ event_id: z.string(), type: z.literal('order.paid'), order })

/** Starts when an order is paid: Acme calls. */
export const orderPaid = webhookTrigger({
  name: 'Order paid',
  description: 'Starts as soon as an order is paid.',
  input: z.strictObject({
    minimum: z.number().min(0).default(0).meta({ title: 'From a total of' }),
  }),
  output: order,
  sampleOutput: { ...sampleOrder, status: 'paid' },
  scopes: ['hooks'],
  register: async (context) => {
    const { webhookUrl, secret } = context
    const json = { url: webhookUrl, secret, events: ['order.paid'] }
    return acme.call(context, { method: 'POST', url: '/hooks', json, answer: registered })
  },
  unregister: async (context) => {
    const { id } = registered.parse(context.registration)
    try {
      await acme.call(context, { method: 'DELETE', url: `/hooks/${encodeURIComponent(id)}` })
    } catch (error) {
      // Gone already is as good as deleted now.
      if (!hasStatus(error, 404)) throw error
    }
  },
  verify: ({ request, secret, now }) => {
    const sentAt = request.headers['x-acme-timestamp'] ?? ''
    return (
      isRecent({ sentAtMs: Number(sentAt) * 1000, now }) &&
      isHmacValid({
        secret,
        content: Buffer.concat([Buffer.from(`${sentAt}.`), request.rawBody]),
        signature: request.headers['x-acme-signature'],
      })
    )
  },
  parse: ({ request, input }) => {
    const told = delivered.safeParse(request.body)
    if (!told.success || told.data.order.total < input.minimum) return []
    return [{ id: told.data.event_id, data: told.data.order }]
  },
})
