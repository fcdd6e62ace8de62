import { action, fileRefSchema, StepError, z } from '@inlay/sdk/connector'
import { chatFields, chatModelOptions } from '../chat-completion.js'
import { respond, responseUsageSchema } from '../responses.js'

const IMAGES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp'])
const MAX_BYTES = 32 * 1024 * 1024

/** Asks about a file. */
export const readDocument = action({
  name: 'Ask about a file',
  description: 'Asks a model about a PDF, a picture or another document.',
  input: z.strictObject({
    model: chatFields.model,
    system: chatFields.system,
    prompt: chatFields.prompt,
    file: fileRefSchema,
    maxTokens: chatFields.maxTokens,
  }),
  output: z.object({
    text: z.string().meta({ title: 'Answer' }),
    isCutOff: z.boolean().meta({ title: 'Is cut off', description: 'The answer reached its number of tokens.' }),
    usage: responseUsageSchema,
  }),
  sampleInput: {
    model: 'gpt-4.1-mini',
    prompt: 'What is the total of this invoice?',
    file: { $file: 'file_1', name: 'invoice.pdf', contentType: 'application/pdf', size: 48_000 },
  },
  sampleOutput: {
    text: 'The total is 42.00 EUR.',
    isCutOff: false,
    usage: { input_tokens: 1500, output_tokens: 12, total_tokens: 1512 },
  },
  options: { model: chatModelOptions },
  run: async (context) => {
    const { model, system, prompt, file, maxTokens } = context.input
    if (file.size > MAX_BYTES) {
      throw new StepError('limit', `"${file.name}" is too large for the model`, {
        detail: `At most ${MAX_BYTES} bytes.`,
      })
    }
    const type = file.contentType.split(';')[0]?.trim() ?? ''
    const data = `data:${type};base64,${Buffer.from(await context.files.read(file)).toString('base64')}`
    const part = IMAGES.has(type)
      ? { type: 'input_image', image_url: data, detail: 'auto' }
      : { type: 'input_file', filename: file.name, file_data: data }
    const content = [part, { type: 'input_text', text: prompt }]
    const { text, isCutOff, usage } = await respond(context, { model, instructions: system, content, maxTokens })
    return { text, isCutOff, usage }
  },
})
