import { createHash, randomUUID } from 'node:crypto'
import { isSameText, type RegisteredContext, type WebhookContext, webhookTrigger, z } from '@inlay/sdk/connector'
import { calendarField, calendarOptions, eventsPath } from '../calendar.js'
import { google, isGone } from '../google-api.js'
import { EVENTS_SCOPE } from '../scopes.js'

const DAY_MS = 86_400_000
/** Google ends channels after a week unless told otherwise, and may end them earlier. */
const LIFETIME_SECONDS = 604_800
const RENEW_EVERY_MS = 5 * DAY_MS

const input = z.strictObject({ calendar: calendarField })
type Input = z.output<typeof input>

const channelSchema = z.object({ id: z.string(), resourceId: z.string(), expiration: z.string().optional() })

/** Starts when something in a calendar has changed. */
export const calendarChanged = webhookTrigger({
  name: 'Calendar changed',
  description:
    'Starts at once when an event of a calendar is made, changed or deleted. Google does not say which: "List changed events" tells.',
  input,
  output: z.object({
    calendar: z.string().meta({ title: 'Calendar' }),
    state: z.string().meta({ title: 'What happened' }),
    messageNumber: z.number().meta({ title: 'Number of the message' }),
  }),
  sampleOutput: { calendar: 'primary', state: 'exists', messageNumber: 10 },
  scopes: [EVENTS_SCOPE],
  options: { calendar: calendarOptions },
  register: (context: WebhookContext<Input>) => openChannel(context),
  unregister: closeChannel,
  // Google signs nothing, but repeats the token of the channel, which only it and we know.
  // A channel that was renewed may still have something on its way: its id is not compared.
  verify: ({ request, secret }) => isSameText(request.headers['x-goog-channel-token'] ?? '', tokenOf(secret)),
  parse: ({ request: { headers }, input: { calendar } }) => {
    const state = headers['x-goog-resource-state'] ?? ''
    const messageNumber = Number(headers['x-goog-message-number'])
    // "sync" only says that the channel is open.
    if (state === 'sync' || state === '' || !Number.isInteger(messageNumber)) return []
    const id = `${headers['x-goog-channel-id'] ?? ''}:${messageNumber}`
    return [{ id, data: { calendar, state, messageNumber } }]
  },
  renewal: {
    everyMs: RENEW_EVERY_MS,
    // The new one is opened before the old one is closed, so that nothing is missed in between.
    run: async (context: RegisteredContext<Input>) => {
      const opened = await openChannel(context)
      await closeChannel(context)
      return opened
    },
  },
})

async function openChannel(context: WebhookContext<Input>) {
  const { webhookUrl, secret, input: settings } = context
  const channel = await google.call(context, {
    method: 'POST',
    url: `${eventsPath(settings.calendar)}/watch`,
    json: {
      id: randomUUID(),
      type: 'web_hook',
      address: webhookUrl,
      token: tokenOf(secret),
      params: { ttl: String(LIFETIME_SECONDS) },
    },
    answer: channelSchema,
  })
  return { id: channel.id, resourceId: channel.resourceId, expiration: channel.expiration ?? null }
}

async function closeChannel(context: RegisteredContext<Input>): Promise<void> {
  const channel = channelSchema.pick({ id: true, resourceId: true }).safeParse(context.registration)
  if (!channel.success) return
  try {
    await google.call(context, { method: 'POST', url: '/calendar/v3/channels/stop', json: channel.data })
  } catch (error) {
    // It has ended already: there is nothing left to do.
    if (!isGone(error)) throw error
  }
}

/** Of the secret, not the secret itself: Google keeps it, and it has room for 256 characters. */
function tokenOf(secret: string): string {
  return createHash('sha256').update(`google-calendar:${secret}`).digest('base64url')
}
