import { action, fileRefSchema, StepError, z } from '@inlay/sdk/connector'
import { modelOptions, openai } from '../openai-api.js'

const TIMEOUT_MS = 280_000
const MAX_BYTES = 40 * 1024 * 1024

const answer = z.object({
  data: z.array(z.object({ b64_json: z.string().optional(), url: z.string().optional() })).min(1),
})

/** Makes a picture. */
export const generateImage = action({
  name: 'Make an image',
  description: 'Makes an image of a description.',
  input: z.strictObject({
    model: z.string().min(1).default('gpt-image-1').meta({ title: 'Model' }),
    prompt: z
      .string()
      .min(1)
      .max(32_000)
      .meta({ title: 'Description', format: 'multiline', examples: ['A red shoe on a white table'] }),
    size: z.enum(['auto', '1024x1024', '1536x1024', '1024x1536']).default('auto').meta({ title: 'Size' }),
  }),
  output: z.object({ image: fileRefSchema }),
  sampleInput: { prompt: 'A red shoe on a white table' },
  sampleOutput: { image: { $file: 'file_1', name: 'image.png', contentType: 'image/png', size: 1_048_576 } },
  options: { model: modelOptions((id) => /image|dall-e/.test(id)) },
  run: async (context) => {
    const { model, prompt, size } = context.input
    const isOld = model.startsWith('dall-e')
    const { data } = await openai.call(context, {
      method: 'POST',
      url: '/images/generations',
      // Older models give an address unless they are told otherwise, and know no "auto"; newer ones refuse to be told.
      json: isOld
        ? { model, prompt, size: size === 'auto' ? undefined : size, response_format: 'b64_json' }
        : { model, prompt, size },
      timeoutMs: TIMEOUT_MS,
      maxResponseBytes: MAX_BYTES,
      answer,
    })
    const image = data[0]?.b64_json
    if (image === undefined) throw new StepError('communication', 'The service gave no image', { retryable: false })
    const bytes = Buffer.from(image, 'base64')
    return { image: await context.files.write({ name: 'image.png', contentType: 'image/png', bytes }) }
  },
})
