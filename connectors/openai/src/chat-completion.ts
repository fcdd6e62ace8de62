import { type JsonInput, StepError, z } from '@inlay/sdk/connector'
import { modelOptions, openai } from './openai-api.js'

/** How long a model may think, in milliseconds. */
const TIMEOUT_MS = 280_000

/** What was used of the account's allowance. */
export const usageSchema = z
  .object({
    prompt_tokens: z.number().meta({ title: 'Tokens of the question' }),
    completion_tokens: z.number().meta({ title: 'Tokens of the answer' }),
    total_tokens: z.number().meta({ title: 'Tokens in all' }),
  })
  .nullable()
  .meta({ title: 'Use' })

/** The fields that forms of chat models share. */
export const chatFields = {
  model: z
    .string()
    .min(1)
    .meta({ title: 'Model', examples: ['gpt-4.1-mini'] }),
  system: z
    .string()
    .optional()
    .meta({ title: 'Instructions', format: 'multiline', description: 'How the model is to behave.' }),
  prompt: z
    .string()
    .min(1)
    .meta({ title: 'Question', format: 'multiline', examples: ['Sum up this ticket in one sentence: …'] }),
  temperature: z.coerce
    .number()
    .min(0)
    .max(2)
    .optional()
    .meta({ title: 'Temperature', description: '0 is steady, 2 is wild. Some models take none.' }),
  maxTokens: z.coerce.number().int().min(1).optional().meta({ title: 'Tokens at most' }),
}

/** Chat models, for forms. */
export const chatModelOptions = modelOptions(
  (id) => /^(?:gpt|o\d|chatgpt)/.test(id) && !/audio|realtime|image|tts|transcribe/.test(id),
)

const completion = z.object({
  id: z.string(),
  model: z.string(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullable(),
        message: z.object({ content: z.string().nullable(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: usageSchema.optional(),
})

/** A message of a conversation. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** What is asked of a model. */
export interface ChatRequest {
  readonly model: string
  readonly messages: readonly ChatMessage[]
  readonly temperature?: number | undefined
  readonly maxTokens?: number | undefined
  readonly responseFormat?: JsonInput
}

/** Asks a chat model. @throws StepError `rejected` when the model refuses to answer */
export async function completeChat(context: Parameters<typeof openai.call>[0], request: ChatRequest) {
  const { model, messages, temperature, maxTokens, responseFormat } = request
  const {
    id,
    model: answeredBy,
    choices,
    usage,
  } = await openai.call(context, {
    method: 'POST',
    url: '/chat/completions',
    json: {
      model,
      messages: messages.map((message) => ({ ...message })),
      temperature,
      // Models that reason take this name alone; compatible services that know only the old one ignore it.
      max_completion_tokens: maxTokens,
      response_format: responseFormat,
    },
    timeoutMs: TIMEOUT_MS,
    answer: completion,
  })
  // The schema demands at least one.
  const [{ finish_reason, message } = { finish_reason: null, message: { content: null, refusal: null } }] = choices
  if (message.refusal) throw new StepError('rejected', 'The model refused to answer', { detail: message.refusal })
  if (finish_reason === 'content_filter') {
    throw new StepError('rejected', 'The answer was held back by the content filter of the service')
  }
  return {
    id,
    model: answeredBy,
    text: message.content ?? '',
    isCutOff: finish_reason === 'length',
    usage: usage ?? null,
  }
}
