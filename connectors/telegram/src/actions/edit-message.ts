import { action, z } from '@inlay/sdk/connector'
import { callTelegram, chatField, messageSchema, sampleMessage } from '../telegram-api.js'

/** Changes a message of the bot. */
export const editMessage = action({
  name: 'Change a message',
  description: 'Changes the text of a message that the bot has sent.',
  input: z.strictObject({
    chat: chatField,
    message: z.coerce
      .number()
      .int()
      .meta({ title: 'Message id', examples: [42] }),
    text: z
      .string()
      .min(1)
      .max(4096)
      .meta({ title: 'Text', format: 'multiline', examples: ['Delivered.'] }),
    format: z.enum(['plain', 'HTML', 'MarkdownV2']).default('plain').meta({ title: 'Format' }),
  }),
  output: messageSchema,
  sampleInput: { chat: 1001, message: 42, text: 'Delivered.' },
  sampleOutput: { ...sampleMessage, text: 'Delivered.' },
  run: (context) => {
    const { chat, message, text, format } = context.input
    return callTelegram(context, {
      method: 'editMessageText',
      json: { chat_id: chat, message_id: message, text, parse_mode: format === 'plain' ? undefined : format },
      answer: messageSchema,
    })
  },
})
