import { z } from '@inlay/sdk/connector'

const author = z.object({
  type: z.string(),
  id: z.string().nullish(),
  name: z.string().nullish(),
  email: z.string().nullish(),
})

/** A conversation as Intercom tells of one. */
export const conversationSchema = z.object({
  id: z.string().meta({ title: 'Conversation id' }),
  title: z.string().nullish().meta({ title: 'Title' }),
  state: z.string().meta({ title: 'State' }),
  created_at: z.number().meta({ title: 'Created', description: 'Unix seconds.' }),
  updated_at: z.number().nullish().meta({ title: 'Changed', description: 'Unix seconds.' }),
  admin_assignee_id: z.number().nullish().meta({ title: 'Id of the assigned teammate' }),
  team_assignee_id: z.number().nullish().meta({ title: 'Id of the assigned team' }),
  source: z
    .object({ type: z.string(), subject: z.string().nullish(), body: z.string().nullish(), author: author.nullish() })
    .nullish()
    .meta({ title: 'First message' }),
  contacts: z
    .object({ contacts: z.array(z.object({ id: z.string() })) })
    .nullish()
    .meta({ title: 'Contacts' }),
})

/** A conversation as in Intercom's documentation. */
export const sampleConversation = {
  id: '378',
  title: null,
  state: 'open',
  created_at: 1719492843,
  updated_at: 1719492850,
  admin_assignee_id: 991267715,
  team_assignee_id: null,
  source: {
    type: 'conversation',
    subject: '',
    body: '<p>Where is my order?</p>',
    author: { type: 'user', id: '667d60b08a68186f43bafdbf', name: 'Joe Bloggs', email: 'joe@example.org' },
  },
  contacts: { contacts: [{ id: '667d60b08a68186f43bafdbf' }] },
}

/** The field by which actions name a conversation. */
export const conversationField = z
  .string()
  .regex(/^\d+$/, 'must be the number of a conversation')
  .meta({ title: 'Conversation', description: 'Id of the conversation.', examples: ['378'] })

/** What Intercom makes of a message that was sent. */
export const messageSchema = z.object({
  id: z.string().meta({ title: 'Message id' }),
  created_at: z.number().meta({ title: 'Created', description: 'Unix seconds.' }),
  body: z.string().nullish().meta({ title: 'Message' }),
  message_type: z.string().meta({ title: 'Kind' }),
  conversation_id: z.string().nullish().meta({ title: 'Conversation id' }),
})

/** A message as in Intercom's documentation. */
export const sampleMessage = {
  id: '403918251',
  created_at: 1719492819,
  body: 'Hello there',
  message_type: 'inapp',
  conversation_id: '363',
}
