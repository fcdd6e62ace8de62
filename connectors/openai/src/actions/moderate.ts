import { action, z } from '@inlay/sdk/connector'
import { openai } from '../openai-api.js'

const answer = z.object({
  model: z.string(),
  results: z
    .array(
      z.object({
        flagged: z.boolean(),
        categories: z.record(z.string(), z.boolean()),
        category_scores: z.record(z.string(), z.number()),
      }),
    )
    .min(1),
})

/** Finds harmful texts. */
export const moderate = action({
  name: 'Check for harm',
  description: 'Says whether a text is hateful, violent, sexual or otherwise harmful.',
  input: z.strictObject({
    text: z
      .string()
      .min(1)
      .meta({ title: 'Text', format: 'multiline', examples: ['What a day!'] }),
    model: z.string().default('omni-moderation-latest').meta({ title: 'Model' }),
  }),
  output: z.object({
    isFlagged: z.boolean().meta({ title: 'Is harmful' }),
    categories: z.array(z.string()).meta({ title: 'In which way' }),
    scores: z.record(z.string(), z.number()).meta({ title: 'How sure', description: '0 to 1 for each category.' }),
  }),
  sampleInput: { text: 'What a day!' },
  sampleOutput: { isFlagged: false, categories: [], scores: { violence: 0.0001 } },
  run: async (context) => {
    const { text, model } = context.input
    const { results } = await openai.call(context, {
      method: 'POST',
      url: '/moderations',
      json: { model, input: text },
      answer,
    })
    const scores = results[0]?.category_scores ?? {}
    const categories = Object.entries(results[0]?.categories ?? {}).flatMap(([name, found]) => (found ? [name] : []))
    return { isFlagged: results[0]?.flagged ?? false, categories, scores }
  },
})
