import { action, z } from '@inlay/sdk/connector'
import { modelOptions, openai } from '../openai-api.js'

const answer = z.object({
  model: z.string(),
  data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()) })),
  usage: z.object({ prompt_tokens: z.number(), total_tokens: z.number() }).optional(),
})

/** Makes vectors that say what texts mean. */
export const createEmbeddings = action({
  name: 'Make embeddings',
  description: 'Makes a vector for each text: texts of like meaning have vectors close to each other.',
  input: z.strictObject({
    model: z
      .string()
      .min(1)
      .meta({ title: 'Model', examples: ['text-embedding-3-small'] }),
    texts: z
      .array(z.string().min(1))
      .min(1)
      .max(2048)
      .meta({ title: 'Texts', examples: [['red shoes']] }),
    dimensions: z.coerce
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ title: 'Dimensions', description: 'Fewer than usual.' }),
  }),
  output: z.object({
    embeddings: z.array(z.array(z.number())).meta({ title: 'Vectors', description: 'In the order of the texts.' }),
    model: z.string().meta({ title: 'Model' }),
    tokens: z.number().nullable().meta({ title: 'Tokens used' }),
  }),
  sampleInput: { model: 'text-embedding-3-small', texts: ['red shoes'] },
  sampleOutput: { embeddings: [[0.0023, -0.0093, 0.0157]], model: 'text-embedding-3-small', tokens: 2 },
  options: { model: modelOptions((id) => id.includes('embed')) },
  run: async (context) => {
    const { model, texts, dimensions } = context.input
    const given = await openai.call(context, {
      method: 'POST',
      url: '/embeddings',
      json: { model, input: texts, dimensions, encoding_format: 'float' },
      answer,
    })
    const ordered = [...given.data].sort((a, b) => a.index - b.index)
    return {
      embeddings: ordered.map(({ embedding }) => embedding),
      model: given.model,
      tokens: given.usage?.total_tokens ?? null,
    }
  },
})
