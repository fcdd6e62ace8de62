import { hasStatus, isSameText, type JsonValue, webhookTrigger, z } from '@inlay/sdk/connector'
import { audienceField, audienceOptions, audiencePath } from '../audience.js'
import { mailchimp } from '../mailchimp-api.js'

const EVENTS = ['subscribe', 'unsubscribe', 'profile', 'cleaned', 'upemail', 'campaign'] as const
const SOURCES = ['user', 'admin', 'api'] as const
const SECRET = 'secret'

const webhookList = z.object({ webhooks: z.array(z.object({ id: z.string(), url: z.string() })) })
const form = z.record(z.string(), z.string())
const texts = z.record(z.string(), z.string())

/** Starts for what happens in an audience. */
export const audienceEvent = webhookTrigger({
  name: 'Audience event',
  description: 'Starts when somebody subscribes, leaves, changes their profile or address, or a campaign was sent.',
  input: z.strictObject({
    audience: audienceField,
    events: z.array(z.enum(EVENTS)).min(1).default(['subscribe', 'unsubscribe']).meta({
      title: 'Events',
      description: 'Profile: fields changed. Cleaned: the address bounced. Upemail: the address changed.',
    }),
    sources: z
      .array(z.enum(SOURCES))
      .min(1)
      .default([...SOURCES])
      .meta({ title: 'Done by', description: 'The subscriber, somebody of your account, or a program.' }),
  }),
  output: z.object({
    event: z.string().meta({ title: 'Event' }),
    at: z.string().meta({ title: 'When' }),
    email: z.string().nullable().meta({ title: 'E-mail', description: 'The new one when it changed.' }),
    audience: z.string().nullable().meta({ title: 'Audience id' }),
    mergeFields: texts.meta({ title: 'Merge fields' }),
    details: texts.meta({ title: 'All that Mailchimp tells' }),
  }),
  sampleOutput: {
    event: 'subscribe',
    at: '2026-04-10T20:09:31.000Z',
    email: 'kim@example.com',
    audience: 'aud1',
    mergeFields: { FNAME: 'Kim' },
    details: { id: '8a25ff', email: 'kim@example.com', list_id: 'aud1' },
  },
  options: { audience: audienceOptions },
  register: async (context) => {
    const { audience, events, sources } = context.input
    const chosen = (all: readonly string[], wanted: readonly string[]) =>
      Object.fromEntries(all.map((each) => [each, wanted.includes(each)]))
    // Mailchimp signs nothing: what proves that it is Mailchimp is what nobody else can know.
    const url = new URL(context.webhookUrl)
    url.searchParams.set(SECRET, context.secret)
    const path = audiencePath(audience, '/webhooks')
    const json = { url: url.href, events: chosen(EVENTS, events), sources: chosen(SOURCES, sources) }
    const { webhooks } = await mailchimp.call(context, { url: path, answer: webhookList })
    // When this is the second call, Mailchimp knows the address already, and takes it only once.
    const known = webhooks.find((each) => each.url === url.href)
    const { id } = await mailchimp.call(context, {
      ...(known === undefined
        ? { method: 'POST', url: path }
        : { method: 'PATCH', url: `${path}/${encodeURIComponent(known.id)}` }),
      json,
      answer: z.object({ id: z.string() }),
    })
    return { id }
  },
  unregister: async (context) => {
    const id = encodeURIComponent(String(context.registration['id']))
    try {
      const url = audiencePath(context.input.audience, `/webhooks/${id}`)
      await mailchimp.call(context, { method: 'DELETE', url })
    } catch (error) {
      if (!hasStatus(error, 404)) throw error
    }
  },
  // Before it takes an address, Mailchimp asks for it with GET, and wants nothing but a 200.
  handshake: ({ request }) => (request.method === 'GET' ? { body: 'ok' } : undefined),
  verify: ({ request, secret }) => isSameText(secret, request.query[SECRET]),
  parse: ({ request, input: { audience, events } }) => {
    const parsed = form.safeParse(request.body)
    const { type: event = '', fired_at: firedAt = '' } = parsed.data ?? {}
    const at = Date.parse(`${firedAt.replace(' ', 'T')}Z`)
    const wanted: readonly string[] = events
    if (parsed.data === undefined || !wanted.includes(event) || Number.isNaN(at)) return []
    const details = named(parsed.data, /^data\[([^\]]+)\]$/)
    if (details['list_id'] !== undefined && details['list_id'] !== audience) return []
    const email = details['new_email'] ?? details['email'] ?? null
    const data: JsonValue = {
      event,
      at: new Date(at).toISOString(),
      email,
      audience: details['list_id'] ?? null,
      mergeFields: named(parsed.data, /^data\[merges\]\[([^\]]+)\]$/),
      details,
    }
    // Deliveries have no id of their own; one that is repeated has the same moment.
    return [{ id: [event, firedAt, details['id'] ?? details['new_id'] ?? '', email ?? ''].join(':'), data }]
  },
})

/** The fields of the form whose name has this pattern, by its first group. */
function named(fields: Readonly<Record<string, string>>, pattern: RegExp): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const key = pattern.exec(name)?.[1]
      return key === undefined ? [] : [[key, value]]
    }),
  )
}
