import { type JsonInput, StepError, z } from '@inlay/sdk/connector'
import { anthropic } from './anthropic-api.js'

/** How long a model may think, in milliseconds. */
const TIMEOUT_MS = 280_000

/** The fields that forms have in common. */
export const askFields = {
  model: z
    .string()
    .min(1)
    .meta({ title: 'Model', examples: ['claude-sonnet-4-5'] }),
  system: z
    .string()
    .optional()
    .meta({ title: 'Instructions', format: 'multiline', description: 'How the model is to behave.' }),
  prompt: z
    .string()
    .min(1)
    .meta({ title: 'Question', format: 'multiline', examples: ['Sum up this ticket in one sentence: …'] }),
  maxTokens: z.coerce.number().int().min(1).max(200_000).default(1024).meta({ title: 'Tokens at most' }),
  temperature: z.coerce
    .number()
    .min(0)
    .max(1)
    .optional()
    .meta({ title: 'Temperature', description: '0 is steady. Models after Claude Opus 4.6 take none.' }),
}

/** What was used of the account's allowance. */
export const usageSchema = z
  .object({
    input_tokens: z.number().meta({ title: 'Tokens of the question' }),
    output_tokens: z.number().meta({ title: 'Tokens of the answer' }),
  })
  .meta({ title: 'Use' })

const block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('tool_use'), name: z.string(), input: z.json() }),
])

const answerSchema = z.object({
  id: z.string(),
  model: z.string(),
  stop_reason: z.string().nullable(),
  stop_details: z.object({ explanation: z.string().nullish() }).nullish(),
  // Kinds of blocks that come later, such as thoughts, are none of ours.
  content: z.array(z.union([block, z.object({ type: z.string() })])),
  usage: usageSchema,
})

/** The answer reached its number of tokens, or what the model can hold. */
const CUT_OFF = new Set(['max_tokens', 'model_context_window_exceeded'])

/** What is asked. */
export interface Question {
  readonly model: string
  readonly system?: string | undefined
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: JsonInput }[]
  readonly maxTokens: number
  readonly temperature?: number | undefined
  readonly tools?: JsonInput
  readonly toolChoice?: JsonInput
  readonly outputConfig?: JsonInput
}

/** Asks Claude. @throws StepError `rejected` when the model refuses to answer */
export async function ask(context: Parameters<typeof anthropic.call>[0], question: Question) {
  const { maxTokens, toolChoice, outputConfig, messages, ...rest } = question
  const answer = await anthropic.call(context, {
    method: 'POST',
    url: '/v1/messages',
    json: {
      ...rest,
      messages: messages.map((message) => ({ ...message })),
      max_tokens: maxTokens,
      tool_choice: toolChoice,
      output_config: outputConfig,
    },
    timeoutMs: TIMEOUT_MS,
    answer: answerSchema,
  })
  if (answer.stop_reason === 'refusal') {
    const why = answer.stop_details?.explanation
    throw new StepError('rejected', 'The model refused to answer', why ? { detail: why } : {})
  }
  const known = answer.content.flatMap((part) => block.safeParse(part).data ?? [])
  return {
    id: answer.id,
    model: answer.model,
    text: known.flatMap((part) => (part.type === 'text' ? part.text : [])).join(''),
    toolInput: known.find((part) => part.type === 'tool_use')?.input,
    isCutOff: CUT_OFF.has(answer.stop_reason ?? ''),
    usage: answer.usage,
  }
}
