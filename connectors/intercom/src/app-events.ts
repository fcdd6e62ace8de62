import {
  type AppDelivery,
  type AppEvent,
  type AppEvents,
  clientSecretOf,
  clientSecretSettings,
  type IncomingRequest,
  isHmacValid,
  jsonObject,
  z,
} from '@inlay/sdk/connector'

/** What a workflow sees of an event. */
export const eventSchema = z.object({
  topic: z.string().meta({ title: 'Topic' }),
  item: jsonObject.meta({ title: 'What it happened to', description: 'The conversation or contact.' }),
  created_at: z.number().meta({ title: 'When', description: 'Unix seconds.' }),
})

const notification = z.object({
  type: z.literal('notification_event'),
  id: z.string(),
  app_id: z.string(),
  topic: z.string(),
  created_at: z.number(),
  data: z.object({ item: jsonObject }),
})

/** What Intercom's webhooks send to the one address of an app. */
export const appEvents: AppEvents = {
  help: 'In the Developer Hub open your app, then Webhooks; enter this address and choose the topics that workflows shall hear of. The client secret, under Basic information, is known already when accounts sign in with that app here.',
  ...clientSecretSettings,
  verify,
  // The Developer Hub asks for the address once, before it is saved, and signs nothing then.
  handshake: ({ request }) => (isAsking(request) ? { status: 200 } : undefined),
  route,
}

/** Intercom signs no time of its own: what is delivered again is known by its id. */
async function verify(delivery: AppDelivery): Promise<boolean> {
  const { request } = delivery
  if (isAsking(request)) return true
  const secret = await clientSecretOf(delivery)
  if (secret === undefined) return false
  return isHmacValid({
    secret,
    content: request.rawBody,
    signature: /^sha1=(.+)$/.exec(request.headers['x-hub-signature'] ?? '')?.[1],
    algorithm: 'sha1',
  })
}

function isAsking({ method }: IncomingRequest): boolean {
  return method === 'HEAD'
}

/** Its test, a `ping`, has no id and is no event. */
function route({ body }: IncomingRequest): AppEvent[] {
  const told = notification.safeParse(body)
  if (!told.success) return []
  const { id, topic, app_id, created_at, data } = told.data
  return [{ id, name: topic, account: app_id, data: { topic, item: data.item, created_at } }]
}
