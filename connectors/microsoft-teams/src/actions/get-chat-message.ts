import { action, z } from '@inlay/sdk/connector'
import { callGraph } from '../graph-api.js'
import { messageSchema, sampleMessage } from '../message.js'
import { chatField, chatOptions, chatPath } from '../places.js'

/** Reads a message of a chat. */
export const getChatMessage = action({
  name: 'Get a chat message',
  description: 'Reads a message of a chat that the account is in.',
  input: z.strictObject({
    chat: chatField,
    messageId: z
      .string()
      .min(1)
      .meta({ title: 'Message id', examples: [sampleMessage.id] }),
  }),
  output: messageSchema,
  sampleInput: { chat: '19:chat-1@thread.v2', messageId: sampleMessage.id },
  sampleOutput: sampleMessage,
  scopes: ['Chat.Read'],
  options: { chat: chatOptions },
  run: (context) => {
    const { chat, messageId } = context.input
    const url = `${chatPath(chat)}/messages/${encodeURIComponent(messageId)}`
    return callGraph(context, { url, answer: messageSchema })
  },
})
