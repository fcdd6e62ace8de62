import { action, z } from '@inlay/sdk/connector'
import { adminOptions, assigneeOptions } from '../choices.js'
import { conversationField, conversationSchema, sampleConversation } from '../conversation.js'
import { intercom } from '../intercom-api.js'
import { adminField } from '../teammate.js'

/** Assigns a conversation. */
export const assignConversation = action({
  name: 'Assign a conversation',
  description: 'Gives a conversation to a teammate or a team, or to nobody.',
  input: z.strictObject({
    conversation: conversationField,
    admin: adminField,
    assigneeKind: z.enum(['admin', 'team']).default('admin').meta({ title: 'Give it to a teammate or a team' }),
    assignee: z
      .string()
      .regex(/^\d+$/, 'must be the id of a teammate or team')
      .meta({ title: 'Assignee', description: 'Id of the teammate or team; 0 is nobody.', examples: ['991267715'] }),
  }),
  output: conversationSchema,
  sampleInput: { conversation: '378', admin: '991267715', assigneeKind: 'admin', assignee: '991267715' },
  sampleOutput: sampleConversation,
  options: { admin: adminOptions, assignee: { dependsOn: ['assigneeKind'], load: assigneeOptions } },
  run: (context) => {
    const { conversation, admin, assigneeKind, assignee } = context.input
    return intercom.call(context, {
      method: 'POST',
      url: `/conversations/${conversation}/parts`,
      json: { message_type: 'assignment', type: assigneeKind, admin_id: admin, assignee_id: assignee },
      answer: conversationSchema,
    })
  },
})
