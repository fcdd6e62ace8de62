import { action, z } from '@inlay/sdk/connector'
import { callTelegram, chatField } from '../telegram-api.js'

/** Deletes a message. */
export const deleteMessage = action({
  name: 'Delete a message',
  description: 'Deletes a message of the bot; as an administrator of a group, anybody’s. Only within 48 hours.',
  input: z.strictObject({
    chat: chatField,
    message: z.coerce
      .number()
      .int()
      .meta({ title: 'Message id', examples: [42] }),
  }),
  output: z.object({ isDeleted: z.boolean().meta({ title: 'Is deleted' }) }),
  sampleInput: { chat: 1001, message: 42 },
  sampleOutput: { isDeleted: true },
  run: async (context) => {
    const { chat, message } = context.input
    const json = { chat_id: chat, message_id: message }
    return { isDeleted: await callTelegram(context, { method: 'deleteMessage', json, answer: z.boolean() }) }
  },
})
