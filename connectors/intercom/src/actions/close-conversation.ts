import { action, z } from '@inlay/sdk/connector'
import { adminOptions } from '../choices.js'
import { conversationField, conversationSchema, sampleConversation } from '../conversation.js'
import { intercom } from '../intercom-api.js'
import { adminField } from '../teammate.js'

/** Closes a conversation. */
export const closeConversation = action({
  name: 'Close a conversation',
  description: 'Closes a conversation, with a last message when you write one.',
  input: z.strictObject({
    conversation: conversationField,
    admin: adminField,
    message: z.string().optional().meta({ title: 'Last message', format: 'multiline' }),
  }),
  output: conversationSchema,
  sampleInput: { conversation: '378', admin: '991267715', message: 'Goodbye :)' },
  sampleOutput: { ...sampleConversation, state: 'closed' },
  options: { admin: adminOptions },
  // The last message would be sent twice.
  delivery: 'at-most-once',
  run: (context) => {
    const { conversation, admin, message } = context.input
    return intercom.call(context, {
      method: 'POST',
      url: `/conversations/${conversation}/parts`,
      json: { message_type: 'close', type: 'admin', admin_id: admin, body: message },
      answer: conversationSchema,
    })
  },
})
