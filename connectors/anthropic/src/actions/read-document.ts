import { action, fileRefSchema, StepError, z } from '@inlay/sdk/connector'
import { modelOptions } from '../anthropic-api.js'
import { ask, askFields, usageSchema } from '../ask.js'

const IMAGES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp'])
const MAX_BYTES = 20 * 1024 * 1024

/** Asks about a file. */
export const readDocument = action({
  name: 'Ask about a file',
  description: 'Asks Claude about a PDF, a picture or a text file.',
  input: z.strictObject({ ...askFields, file: fileRefSchema }),
  output: z.object({
    text: z.string().meta({ title: 'Answer' }),
    isCutOff: z.boolean().meta({ title: 'Is cut off' }),
    usage: usageSchema,
  }),
  sampleInput: {
    model: 'claude-sonnet-4-5',
    prompt: 'What is the total of this invoice?',
    file: { $file: 'file_1', name: 'invoice.pdf', contentType: 'application/pdf', size: 48_000 },
  },
  sampleOutput: { text: 'The total is 42.00 EUR.', isCutOff: false, usage: { input_tokens: 1500, output_tokens: 12 } },
  options: { model: modelOptions },
  run: async (context) => {
    const { prompt, file, ...rest } = context.input
    if (file.size > MAX_BYTES) {
      throw new StepError('limit', `"${file.name}" is too large for Claude`, { detail: `At most ${MAX_BYTES} bytes.` })
    }
    const part = partOf(file.contentType, await context.files.read(file))
    const content = [part, { type: 'text', text: prompt }]
    const { text, isCutOff, usage } = await ask(context, { ...rest, messages: [{ role: 'user', content }] })
    return { text, isCutOff, usage }
  },
})

function partOf(contentType: string, bytes: Uint8Array) {
  const type = contentType.split(';')[0]?.trim() ?? ''
  const data = Buffer.from(bytes)
  if (IMAGES.has(type)) {
    return { type: 'image', source: { type: 'base64', media_type: type, data: data.toString('base64') } }
  }
  const source =
    type === 'application/pdf'
      ? { type: 'base64', media_type: type, data: data.toString('base64') }
      : { type: 'text', media_type: 'text/plain', data: data.toString('utf8') }
  return { type: 'document', source }
}
