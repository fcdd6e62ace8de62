import { action, fileRefSchema, z } from '@inlay/sdk/connector'
import { modelOptions, openai } from '../openai-api.js'

const TIMEOUT_MS = 280_000

/** Writes down what is said. */
export const transcribe = action({
  name: 'Write down speech',
  description: 'Makes a text of a recording (mp3, mp4, m4a, wav, webm and others, up to 25 MB).',
  input: z.strictObject({
    file: fileRefSchema.meta({ title: 'Recording' }),
    model: z.string().min(1).default('gpt-4o-mini-transcribe').meta({ title: 'Model' }),
    language: z
      .string()
      .max(10)
      .optional()
      .meta({ title: 'Language', description: 'Two letters, such as de; it is guessed otherwise.' }),
    prompt: z.string().optional().meta({ title: 'Hint', description: 'Names and words that may occur.' }),
  }),
  output: z.object({ text: z.string().meta({ title: 'Text' }) }),
  sampleInput: { file: { $file: 'file_1', name: 'call.mp3', contentType: 'audio/mpeg', size: 48_000 } },
  sampleOutput: { text: 'Hello, this is Kim.' },
  options: { model: modelOptions((id) => /transcribe|whisper/.test(id)) },
  run: async (context) => {
    const { file, model, language, prompt } = context.input
    const bytes = await context.files.read(file)
    const fields = Object.entries({ model, language, prompt, response_format: 'json' })
    return openai.call(context, {
      method: 'POST',
      url: '/audio/transcriptions',
      multipart: [
        { name: 'file', bytes, fileName: file.name, contentType: file.contentType },
        ...fields.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }])),
      ],
      timeoutMs: TIMEOUT_MS,
      answer: z.object({ text: z.string() }),
    })
  },
})
