import { action, z } from '@inlay/sdk/connector'
import { chatFields, chatModelOptions, completeChat, usageSchema } from '../chat-completion.js'

/** Asks a model. */
export const chat = action({
  name: 'Ask a model',
  description: 'Sends a question, or a whole conversation, to a language model and gives its answer.',
  input: z.strictObject({
    ...chatFields,
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
  sampleInput: { model: 'gpt-4.1-mini', prompt: 'Say hello.' },
  sampleOutput: {
    id: 'chatcmpl-1',
    model: 'gpt-4.1-mini-2025-04-14',
    text: 'Hello!',
    isCutOff: false,
    usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
  },
  options: { model: chatModelOptions },
  run: (context) => {
    const { model, system, prompt, history, temperature, maxTokens } = context.input
    const first = system === undefined ? [] : [{ role: 'system' as const, content: system }]
    const messages = [...first, ...history, { role: 'user' as const, content: prompt }]
    return completeChat(context, { model, messages, temperature, maxTokens })
  },
})
