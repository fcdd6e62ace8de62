import { action, z } from '@inlay/sdk/connector'
import { chatFields, chatModelOptions } from '../chat-completion.js'
import { respond, responseUsageSchema } from '../responses.js'

/** Asks a model that may search the web. */
export const searchWeb = action({
  name: 'Ask with web search',
  description: 'Asks a model that may search the web, and tells which pages it used.',
  input: z.strictObject({
    model: chatFields.model,
    system: chatFields.system,
    prompt: chatFields.prompt,
    domains: z
      .array(z.string().min(1))
      .max(100)
      .default([])
      .meta({ title: 'Only these sites', examples: [['example.com']] }),
    maxTokens: chatFields.maxTokens,
  }),
  output: z.object({
    text: z.string().meta({ title: 'Answer' }),
    sources: z
      .array(
        z.object({
          url: z.string().meta({ title: 'Address' }),
          title: z.string().nullable().meta({ title: 'Title' }),
        }),
      )
      .meta({ title: 'Pages' }),
    isCutOff: z.boolean().meta({ title: 'Is cut off', description: 'The answer reached its number of tokens.' }),
    usage: responseUsageSchema,
  }),
  sampleInput: { model: 'gpt-4.1-mini', prompt: 'What did Acme announce this week?' },
  sampleOutput: {
    text: 'Acme announced a new shoe.',
    sources: [{ url: 'https://example.com/news', title: 'News' }],
    isCutOff: false,
    usage: { input_tokens: 300, output_tokens: 40, total_tokens: 340 },
  },
  options: { model: chatModelOptions },
  run: async (context) => {
    const { model, system, prompt, domains, maxTokens } = context.input
    const filters = domains.length === 0 ? undefined : { allowed_domains: domains }
    const { text, sources, isCutOff, usage } = await respond(context, {
      model,
      instructions: system,
      content: [{ type: 'input_text', text: prompt }],
      maxTokens,
      tools: [{ type: 'web_search', filters }],
    })
    return { text, sources, isCutOff, usage }
  },
})
