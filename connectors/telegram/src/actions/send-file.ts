import { action, fileRefSchema, z } from '@inlay/sdk/connector'
import { callTelegram, chatField, messageSchema, sampleMessage } from '../telegram-api.js'

const METHODS = { document: 'sendDocument', photo: 'sendPhoto', video: 'sendVideo', audio: 'sendAudio' } as const

/** Sends a file. */
export const sendFile = action({
  name: 'Send a file',
  description: 'Sends a document, photo, video or sound of up to 50 MB.',
  input: z.strictObject({
    chat: chatField,
    file: fileRefSchema,
    as: z.enum(['document', 'photo', 'video', 'audio']).default('document').meta({ title: 'As' }),
    caption: z.string().max(1024).optional().meta({ title: 'Caption' }),
  }),
  output: messageSchema,
  sampleInput: {
    chat: 1001,
    file: { $file: 'file_1', name: 'invoice.pdf', contentType: 'application/pdf', size: 48_000 },
  },
  sampleOutput: sampleMessage,
  delivery: 'at-most-once',
  run: async (context) => {
    const { chat, file, as, caption } = context.input
    const bytes = await context.files.read(file)
    return callTelegram(context, {
      method: METHODS[as],
      multipart: [
        { name: 'chat_id', text: String(chat) },
        ...(caption === undefined ? [] : [{ name: 'caption', text: caption }]),
        { name: as, bytes, fileName: file.name, contentType: file.contentType },
      ],
      timeoutMs: 120_000,
      answer: messageSchema,
    })
  },
})
