import { action, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'
import { messageSchema, sampleMessage, textFields, toBody } from '../message.js'
import { chatOptions } from '../places.js'

/** Sends a message to a chat. */
export const sendChatMessage = action({
  name: 'Send a chat message',
  description: 'Writes to a chat that the account is in.',
  input: z.strictObject({
    chat: z
      .string()
      .min(1)
      .meta({ title: 'Chat', examples: ['19:chat-1@thread.v2'] }),
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
      url: `/chats/${encodeURIComponent(context.input.chat)}/messages`,
      json: { body: toBody(context.input) },
      answer: messageSchema,
    }),
})
