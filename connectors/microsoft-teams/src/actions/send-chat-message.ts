import { action, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'
import { messageSchema, sampleMessage, textFields, toMessage } from '../message.js'
import { chatField, chatOptions, chatPath } from '../places.js'

/** Sends a message to a chat. */
export const sendChatMessage = action({
  name: 'Send a chat message',
  description: 'Writes to a chat that the account is in.',
  input: z.strictObject({
    chat: chatField,
    ...textFields,
  }),
  output: messageSchema,
  sampleInput: { chat: '19:chat-1@thread.v2', text: 'The order is on its way.' },
  sampleOutput: sampleMessage,
  scopes: ['ChatMessage.Send'],
  options: { chat: chatOptions },
  // Graph knows no idempotency key for messages: repeating after a crash would post twice.
  delivery: 'at-most-once',
  run: (context) =>
    callGraph(context, {
      method: 'POST',
      url: `${chatPath(context.input.chat)}/messages`,
      json: toMessage(context.input),
      answer: messageSchema,
    }),
})
