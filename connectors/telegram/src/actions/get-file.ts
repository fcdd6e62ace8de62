import { action, fileRefSchema, responseError, StepError, z } from '@inlay/sdk/connector'
import { callTelegram } from '../telegram-api.js'

const MAX_BYTES = 20 * 1024 * 1024

/** Fetches a file that people have sent. */
export const getFile = action({
  name: 'Get a file',
  description: 'Fetches a file of up to 20 MB that somebody has sent to the bot.',
  input: z.strictObject({
    fileId: z
      .string()
      .min(1)
      .meta({ title: 'Id of the file', description: 'From the message.', examples: ['AgACAgIAAxkBAAI'] }),
  }),
  output: z.object({ file: fileRefSchema }),
  sampleInput: { fileId: 'AgACAgIAAxkBAAI' },
  sampleOutput: { file: { $file: 'file_1', name: 'photo.jpg', contentType: 'image/jpeg', size: 48_000 } },
  run: async (context) => {
    const { file_path } = await callTelegram(context, {
      method: 'getFile',
      json: { file_id: context.input.fileId },
      answer: z.object({ file_path: z.string().optional() }),
    })
    if (file_path === undefined) throw new StepError('limit', 'The file is too large for a bot to fetch')
    const response = await context.http.request({
      url: `/file/bot/${file_path.split('/').map(encodeURIComponent).join('/')}`,
      maxResponseBytes: MAX_BYTES,
      signal: context.signal,
    })
    if (response.status !== 200) throw responseError('Telegram', response)
    const name = file_path.split('/').at(-1) ?? 'file'
    const contentType = response.headers['content-type'] ?? 'application/octet-stream'
    return { file: await context.files.write({ name, contentType, bytes: response.bytes }) }
  },
})
