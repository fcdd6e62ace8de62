import { pollingTrigger, z } from '@inlay/sdk/connector'
import { conversationSchema, sampleConversation } from '../conversation.js'
import { newestFirst } from '../newest.js'

/** Starts for each new conversation. */
export const newConversation = pollingTrigger({
  name: 'New conversation',
  description: 'Starts for each new conversation. Asks Intercom every few minutes.',
  input: z.strictObject({}),
  output: conversationSchema,
  sampleOutput: sampleConversation,
  poll: (context) => newestFirst(context, { url: '/conversations/search', item: conversationSchema }),
})
