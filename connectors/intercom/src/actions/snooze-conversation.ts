import { action, z } from '@inlay/sdk/connector'
import { adminOptions } from '../choices.js'
import { conversationField, conversationSchema, sampleConversation } from '../conversation.js'
import { intercom } from '../intercom-api.js'
import { adminField } from '../teammate.js'

/** Opens a conversation again, now or later. */
export const snoozeConversation = action({
  name: 'Open or snooze a conversation',
  description: 'Opens a conversation now, or puts it off until a time.',
  input: z.strictObject({
    conversation: conversationField,
    admin: adminField,
    until: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ title: 'Until', description: 'It opens at once, when this is empty.' }),
  }),
  output: conversationSchema,
  sampleInput: { conversation: '378', admin: '991267715' },
  sampleOutput: sampleConversation,
  options: { admin: adminOptions },
  run: (context) => {
    const { conversation, admin, until } = context.input
    const what =
      until === undefined
        ? { message_type: 'open' }
        : { message_type: 'snoozed', snoozed_until: Math.floor(Date.parse(until) / 1000) }
    return intercom.call(context, {
      method: 'POST',
      url: `/conversations/${conversation}/parts`,
      json: { ...what, admin_id: admin },
      answer: conversationSchema,
    })
  },
})
