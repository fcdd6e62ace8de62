import { action, z } from '@inlay/sdk/connector'
import { adminOptions } from '../choices.js'
import { conversationField, conversationSchema, sampleConversation } from '../conversation.js'
import { intercom } from '../intercom-api.js'
import { adminField } from '../teammate.js'

/** Answers in a conversation. */
export const replyToConversation = action({
  name: 'Reply to a conversation',
  description: 'Answers the contact, or leaves a note that only teammates see.',
  input: z.strictObject({
    conversation: conversationField,
    admin: adminField,
    message: z.string().min(1).meta({ title: 'Message', format: 'multiline' }),
    isNote: z.boolean().default(false).meta({ title: 'Only teammates see it' }),
  }),
  output: conversationSchema,
  sampleInput: { conversation: '378', admin: '991267715', message: 'It is on its way.' },
  sampleOutput: sampleConversation,
  options: { admin: adminOptions },
  delivery: 'at-most-once',
  run: (context) => {
    const { conversation, admin, message, isNote } = context.input
    return intercom.call(context, {
      method: 'POST',
      url: `/conversations/${conversation}/reply`,
      json: { message_type: isNote ? 'note' : 'comment', type: 'admin', admin_id: admin, body: message },
      answer: conversationSchema,
    })
  },
})
