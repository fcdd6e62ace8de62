import { action, z } from '@inlay/sdk/connector'
import { callTelegram, chatField, chatSchema, sampleMessage } from '../telegram-api.js'

/** Reads about a chat. */
export const getChat = action({
  name: 'Get a chat',
  description: 'Reads the title and type of a chat.',
  input: z.strictObject({ chat: chatField }),
  output: chatSchema,
  sampleInput: { chat: 1001 },
  sampleOutput: sampleMessage.chat,
  run: (context) =>
    callTelegram(context, { method: 'getChat', json: { chat_id: context.input.chat }, answer: chatSchema }),
})
