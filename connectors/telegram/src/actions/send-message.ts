import { action, z } from '@inlay/sdk/connector'
import { callTelegram, chatField, messageSchema, sampleMessage } from '../telegram-api.js'

/** Sends a message. */
export const sendMessage = action({
  name: 'Send a message',
  description: 'Sends a message to a person, group or channel, with buttons if you like.',
  input: z.strictObject({
    chat: chatField,
    text: z
      .string()
      .min(1)
      .max(4096)
      .meta({ title: 'Text', format: 'multiline', examples: ['Your order is on its way.'] }),
    format: z.enum(['plain', 'HTML', 'MarkdownV2']).default('plain').meta({ title: 'Format' }),
    replyTo: z.coerce.number().int().optional().meta({ title: 'Answers to', description: 'Id of a message.' }),
    silent: z.boolean().default(false).meta({ title: 'Without a sound' }),
    buttons: z
      .array(
        z.strictObject({
          text: z.string().min(1).meta({ title: 'Text' }),
          url: z.url().optional().meta({ title: 'Address', description: 'Opens when it is pressed.' }),
          data: z
            .string()
            .max(64)
            .optional()
            .meta({ title: 'Data', description: 'Starts a workflow when it is pressed.' }),
        }),
      )
      .max(100)
      .optional()
      .meta({ title: 'Buttons', description: 'One below the other.' }),
  }),
  output: messageSchema,
  sampleInput: { chat: 1001, text: 'Your order is on its way.' },
  sampleOutput: sampleMessage,
  delivery: 'at-most-once',
  run: (context) => {
    const { chat, text, format, replyTo, silent, buttons } = context.input
    const rows = buttons?.map(({ data, ...button }) => [{ ...button, callback_data: data }])
    return callTelegram(context, {
      method: 'sendMessage',
      json: {
        chat_id: chat,
        text,
        parse_mode: format === 'plain' ? undefined : format,
        disable_notification: silent,
        reply_parameters: replyTo === undefined ? undefined : { message_id: replyTo },
        reply_markup: rows === undefined ? undefined : { inline_keyboard: rows },
      },
      answer: messageSchema,
    })
  },
})
