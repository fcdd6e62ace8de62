import { action, z } from '@inlay/sdk/connector'
import { modelOptions } from '../anthropic-api.js'
import { ask, askFields, usageSchema } from '../ask.js'

/** Asks Claude. */
export const message = action({
  name: 'Ask Claude',
  description: 'Sends a question, or a whole conversation, to Claude and gives its answer.',
  input: z.strictObject({
    ...askFields,
    history: z
      .array(
        z.strictObject({
          role: z.enum(['user', 'assistant']).meta({ title: 'Who' }),
          content: z.string().meta({ title: 'Text' }),
        }),
      )
      .max(1000)
      .default([])
      .meta({ title: 'What was said before' }),
  }),
  output: z.object({
    id: z.string().meta({ title: 'Id' }),
    model: z.string().meta({ title: 'Model' }),
    text: z.string().meta({ title: 'Answer' }),
    isCutOff: z.boolean().meta({ title: 'Is cut off', description: 'The answer reached its number of tokens.' }),
    usage: usageSchema,
  }),
  sampleInput: { model: 'claude-sonnet-4-5', prompt: 'Say hello.' },
  sampleOutput: {
    id: 'msg_1',
    model: 'claude-sonnet-4-5',
    text: 'Hello!',
    isCutOff: false,
    usage: { input_tokens: 10, output_tokens: 4 },
  },
  options: { model: modelOptions },
  run: async (context) => {
    const { prompt, history, ...rest } = context.input
    const messages = [...history, { role: 'user' as const, content: prompt }]
    const { toolInput: _none, ...answer } = await ask(context, { ...rest, messages })
    return answer
  },
})
