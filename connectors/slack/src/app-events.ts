import {
  type AppDelivery,
  type AppEvent,
  type AppEvents,
  type IncomingRequest,
  isHmacValid,
  isRecent,
  jsonObject,
  type WebhookAnswer,
  z,
} from '@inlay/sdk/connector'

const callback = z.object({
  type: z.literal('event_callback'),
  event_id: z.string(),
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  authorizations: z.array(z.object({ team_id: z.string().nullish(), enterprise_id: z.string().nullish() })).default([]),
  event: jsonObject,
})

const question = z.object({ type: z.literal('url_verification'), challenge: z.string() })

/** What Slack's Events API sends to the one address of an app. */
export const appEvents: AppEvents = {
  help: 'In the settings of your Slack app open "Event Subscriptions", enter this address as request URL, and subscribe to the bot events message.channels, message.groups, app_mention and reaction_added. The signing secret is under "Basic Information".',
  settings: z.object({ signingSecret: z.string().min(1).meta({ title: 'Signing secret', format: 'password' }) }),
  secretSettings: ['signingSecret'],
  verify,
  handshake,
  route,
}

function verify({ request, settings, now }: AppDelivery): boolean {
  const sentAt = request.headers['x-slack-request-timestamp'] ?? ''
  const { signingSecret } = settings
  if (typeof signingSecret !== 'string' || !isRecent({ sentAtMs: Number(sentAt || Number.NaN) * 1000, now }))
    return false
  return isHmacValid({
    secret: signingSecret,
    content: Buffer.concat([Buffer.from(`v0:${sentAt}:`), request.rawBody]),
    signature: /^v0=(.+)$/.exec(request.headers['x-slack-signature'] ?? '')?.[1],
  })
}

/** Slack asks once whether the address is the app's own. */
function handshake({ request }: AppDelivery): WebhookAnswer | undefined {
  const asked = question.safeParse(request.body)
  return asked.success ? { body: { challenge: asked.data.challenge } } : undefined
}

function route({ body }: IncomingRequest): AppEvent[] {
  const told = callback.safeParse(body)
  if (!told.success) return []
  const { event_id, event, team_id, enterprise_id, authorizations } = told.data
  // In channels that workspaces share, `team_id` is where it happened; whose app hears of it is in `authorizations`.
  const [heard] = authorizations
  const account = heard?.team_id ?? heard?.enterprise_id ?? team_id ?? enterprise_id
  const { type } = event
  if (typeof account !== 'string' || typeof type !== 'string') return []
  return [{ id: event_id, name: type, account, data: event }]
}
