import { isHmacValid, responseError, webhookTrigger, z } from '@inlay/sdk/connector'
import { api, item, sampleItem } from '../service.js'

const registered = z.object({ id: z.string() })
const delivered = z.object({ event: z.string(), type: z.literal('item.done'), item })

/** Starts when an item is done: Acme calls. */
export const itemDone = webhookTrigger({
  name: 'Item done',
  description: 'Starts as soon as an item is done.',
  input: z.strictObject({}),
  output: item,
  sampleOutput: sampleItem,
  register: (context) => {
    const json = { url: context.webhookUrl, secret: context.secret, types: ['item.done'] }
    return api.call(context, { method: 'POST', url: '/webhooks', json, answer: registered })
  },
  unregister: async (context) => {
    const { id } = registered.parse(context.registration)
    const url = `/webhooks/${encodeURIComponent(id)}`
    const response = await context.http.request({ method: 'DELETE', url, signal: context.signal })
    // Gone already is as good as deleted now.
    if (response.status >= 300 && response.status !== 404) throw responseError('Acme', response)
  },
  verify: ({ request, secret }) =>
    isHmacValid({ secret, content: request.rawBody, signature: request.headers['x-acme-signature'] }),
  parse: ({ request }) => {
    const told = delivered.safeParse(request.body)
    // The event's own id, which is the same when it is delivered again.
    return told.success ? [{ id: told.data.event, data: told.data.item }] : []
  },
})
