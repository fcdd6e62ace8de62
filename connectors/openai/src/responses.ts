import { type JsonInput, StepError, z } from '@inlay/sdk/connector'
import { openai } from './openai-api.js'

/** How long a model may think, in milliseconds. */
const TIMEOUT_MS = 280_000

/** What was used of the account's allowance. */
export const responseUsageSchema = z
  .object({
    input_tokens: z.number().meta({ title: 'Tokens of the question' }),
    output_tokens: z.number().meta({ title: 'Tokens of the answer' }),
    total_tokens: z.number().meta({ title: 'Tokens in all' }),
  })
  .nullable()
  .meta({ title: 'Use' })

const citation = z.object({ type: z.literal('url_citation'), url: z.string(), title: z.string().nullish() })
const part = z.union([
  z.object({
    type: z.literal('output_text'),
    text: z.string(),
    annotations: z.array(z.union([citation, z.object({ type: z.string() })])).default([]),
  }),
  z.object({ type: z.literal('refusal'), refusal: z.string() }),
])

const response = z.object({
  id: z.string(),
  model: z.string(),
  status: z.string().nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string() }).nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  // Kinds of items that come later, such as thoughts and calls of tools, are none of ours.
  output: z.array(
    z.union([z.object({ type: z.literal('message'), content: z.array(part) }), z.object({ type: z.string() })]),
  ),
  usage: responseUsageSchema.optional(),
})

/** What is asked. */
export interface ResponseRequest {
  readonly model: string
  readonly instructions?: string | undefined
  readonly content: readonly JsonInput[]
  readonly maxTokens?: number | undefined
  readonly tools?: readonly JsonInput[]
}

/**
 * Asks a model by the Responses API, and keeps nothing at the service.
 *
 * @throws StepError `rejected` when the model refuses to answer
 */
export async function respond(context: Parameters<typeof openai.call>[0], request: ResponseRequest) {
  const { model, instructions, content, maxTokens, tools } = request
  const answer = await openai.call(context, {
    method: 'POST',
    url: '/responses',
    json: {
      model,
      instructions,
      input: [{ role: 'user', content }],
      max_output_tokens: maxTokens,
      tools,
      store: false,
    },
    timeoutMs: TIMEOUT_MS,
    answer: response,
  })
  checkAnswered(answer)
  const parts = answer.output.flatMap((item) => ('content' in item ? item.content : []))
  const texts = parts.flatMap((each) => (each.type === 'output_text' ? [each] : []))
  const annotations = texts.flatMap((each) => each.annotations)
  return {
    id: answer.id,
    model: answer.model,
    text: texts.map(({ text }) => text).join(''),
    sources: annotations.flatMap((each) => ('url' in each ? [{ url: each.url, title: each.title ?? null }] : [])),
    isCutOff: answer.incomplete_details?.reason === 'max_output_tokens',
    usage: answer.usage ?? null,
  }
}

function checkAnswered({ error, incomplete_details, output }: z.output<typeof response>): void {
  // The service answers with success even when the model has failed.
  if (error) throw new StepError('communication', 'The model failed', { detail: error.message })
  if (incomplete_details?.reason === 'content_filter') {
    throw new StepError('rejected', 'The answer was held back by the content filter of the service')
  }
  for (const item of output) {
    const refusal = 'content' in item ? item.content.find((each) => each.type === 'refusal') : undefined
    if (refusal !== undefined)
      throw new StepError('rejected', 'The model refused to answer', { detail: refusal.refusal })
  }
}
