import {
  hasStatus,
  isHmacValid,
  isRecent,
  jsonValue,
  type RegisteredContext,
  type WebhookContext,
  type WebhookDelivery,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import { sampleTicket, ticketSchema } from '../ticket.js'
import { listAll, zendesk } from '../zendesk-api.js'

const EVENTS = [
  'ticket.created',
  'ticket.comment_added',
  'ticket.status_changed',
  'ticket.priority_changed',
  'ticket.type_changed',
  'ticket.subject_changed',
  'ticket.tags_changed',
  'ticket.custom_field_changed',
  'ticket.custom_status_changed',
  'ticket.agent_assignment_changed',
  'ticket.group_assignment_changed',
  'ticket.organization_changed',
  'ticket.requester_changed',
  'ticket.merged',
  'ticket.marked_as_spam',
  'ticket.soft_deleted',
] as const
const PREFIX = 'zen:event-type:'
const WEBHOOKS = '/api/v2/webhooks'

const input = z.strictObject({
  events: z
    .array(z.enum(EVENTS))
    .min(1)
    .default(['ticket.created'])
    .meta({ title: 'Events', description: 'What to hear of.' }),
})
type Input = z.output<typeof input>

/** Numbers come as texts, and nothing as an empty text. */
const number = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((given) => (given === null || given === undefined || given === '' ? null : Number(given)))
const word = z
  .string()
  .nullish()
  .transform((given) => given?.toLowerCase() || null)

const delivered = z.object({
  id: z.string(),
  type: z.string(),
  time: z.string(),
  detail: z.object({
    id: z.coerce.number(),
    subject: z.string().nullable().default(null),
    description: z.string().nullable().default(null),
    type: word,
    status: z.string().transform((given) => given.toLowerCase()),
    priority: word,
    requester_id: number,
    assignee_id: number,
    group_id: number,
    organization_id: number,
    form_id: number,
    external_id: z.string().nullable().default(null),
    tags: z.array(z.string()).default([]),
    created_at: z.string(),
    updated_at: z.string(),
  }),
  event: jsonValue.optional(),
})

/** Starts when something happens to a ticket. */
export const ticketEvent = webhookTrigger({
  name: 'Something happens to a ticket',
  description: 'Starts at once, for the events that you choose. The account must be allowed to manage webhooks.',
  input,
  output: z.object({
    event: z.string().meta({ title: 'Event' }),
    at: z.string().meta({ title: 'When' }),
    ticket: ticketSchema.meta({ title: 'Ticket', description: 'As it was then, without fields of your own.' }),
    change: jsonValue.meta({ title: 'What changed', description: 'Such as the values before and after.' }),
  }),
  sampleOutput: {
    event: 'ticket.status_changed',
    at: '2026-04-01T10:05:00Z',
    ticket: sampleTicket,
    change: { current: 'SOLVED', previous: 'OPEN' },
  },
  scopes: ['read', 'write'],
  register,
  unregister,
  verify: isFromZendesk,
  parse: ({ request, input: { events } }) => {
    const told = delivered.safeParse(request.body).data
    const event = told?.type.slice(PREFIX.length)
    if (told === undefined || event === undefined || !events.some((wanted) => wanted === event)) return []
    const { form_id: ticket_form_id, ...same } = told.detail
    const ticket = { ...same, ticket_form_id, custom_fields: [] }
    return [{ id: told.id, data: { event, at: told.time, ticket, change: told.event ?? null } }]
  },
})

async function register(context: WebhookContext<Input>) {
  await removeAll(context)
  const { webhook } = await zendesk.call(context, {
    method: 'POST',
    url: WEBHOOKS,
    json: {
      webhook: {
        name: 'Automation',
        description: 'Made by an automation; it is removed with it.',
        endpoint: context.webhookUrl,
        http_method: 'POST',
        request_format: 'json',
        status: 'active',
        subscriptions: context.input.events.map((event) => `${PREFIX}${event}`),
      },
    },
    answer: z.object({ webhook: z.object({ id: z.string() }) }),
  })
  const { signing_secret } = await zendesk.call(context, {
    url: `${WEBHOOKS}/${encodeURIComponent(webhook.id)}/signing_secret`,
    answer: z.object({ signing_secret: z.object({ secret: z.string().min(1) }) }),
  })
  return { id: webhook.id, secret: signing_secret.secret }
}

/** What an earlier attempt to register left behind would call with another secret for ever. */
async function removeAll(context: WebhookContext<Input>): Promise<void> {
  const item = z.object({ id: z.string(), endpoint: z.string() })
  const known = await listAll(context, { url: WEBHOOKS, name: 'webhooks', item, limit: 1000 })
  for (const { id } of known.filter(({ endpoint }) => endpoint === context.webhookUrl)) await remove(context, id)
}

function unregister(context: RegisteredContext<Input>): Promise<void> {
  return remove(context, String(context.registration['id']))
}

async function remove(context: WebhookContext<Input>, id: string): Promise<void> {
  try {
    await zendesk.call(context, { method: 'DELETE', url: `${WEBHOOKS}/${encodeURIComponent(id)}` })
  } catch (error) {
    // Somebody has removed it already: there is nothing left to do.
    if (!hasStatus(error, 404)) throw error
  }
}

/** Zendesk signs the time and the body, one after the other. */
function isFromZendesk({ request, registration, now }: WebhookDelivery<Input>): boolean {
  const { secret } = registration
  const sentAt = request.headers['x-zendesk-webhook-signature-timestamp'] ?? ''
  const signature = request.headers['x-zendesk-webhook-signature']
  if (typeof secret !== 'string' || !isRecent({ sentAtMs: Date.parse(sentAt), now })) return false
  const content = Buffer.concat([Buffer.from(sentAt), request.rawBody])
  return isHmacValid({ secret, content, signature, encoding: 'base64' })
}
