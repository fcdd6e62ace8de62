import { appWebhookTrigger, z } from '@inlay/sdk/connector'
import { eventSchema } from '../app-events.js'

const TOPICS = [
  'conversation.user.created',
  'conversation.user.replied',
  'conversation.admin.replied',
  'conversation.admin.single.created',
  'conversation.admin.assigned',
  'conversation.admin.noted',
  'conversation.admin.closed',
  'conversation.admin.opened',
  'conversation.admin.snoozed',
  'conversation.rating.added',
  'contact.user.created',
  'contact.lead.created',
  'contact.lead.signed_up',
  'contact.email.updated',
  'contact.deleted',
] as const

/** Starts at once when something happens in the workspace. */
export const appEvent = appWebhookTrigger({
  name: 'Event',
  description: 'Starts at once when something happens to conversations or contacts.',
  input: z.strictObject({
    topics: z.array(z.enum(TOPICS)).min(1).default(['conversation.user.created']).meta({ title: 'Topics' }),
  }),
  output: eventSchema,
  sampleOutput: {
    topic: 'conversation.user.created',
    item: { type: 'conversation', id: '378', state: 'open' },
    created_at: 1719492843,
  },
  events: TOPICS,
  parse: ({ event, input }) =>
    input.topics.some((topic) => topic === event.name) ? [{ id: event.id, data: event.data }] : [],
})
