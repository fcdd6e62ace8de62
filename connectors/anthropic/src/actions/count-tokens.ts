import { action, z } from '@inlay/sdk/connector'
import { anthropic, modelOptions } from '../anthropic-api.js'
import { askFields } from '../ask.js'

/** Counts before asking. */
export const countTokens = action({
  name: 'Count tokens',
  description: 'How many tokens a question has, without asking it.',
  input: z.strictObject({ model: askFields.model, system: askFields.system, prompt: askFields.prompt }),
  output: z.object({ tokens: z.number().meta({ title: 'Tokens' }) }),
  sampleInput: { model: 'claude-sonnet-4-5', prompt: 'Say hello.' },
  sampleOutput: { tokens: 10 },
  options: { model: modelOptions },
  run: async (context) => {
    const { model, system, prompt } = context.input
    const { input_tokens } = await anthropic.call(context, {
      method: 'POST',
      url: '/v1/messages/count_tokens',
      json: { model, system, messages: [{ role: 'user', content: prompt }] },
      answer: z.object({ input_tokens: z.number() }),
    })
    return { tokens: input_tokens }
  },
})
