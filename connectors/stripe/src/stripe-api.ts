import {
  type ActionContext,
  collectPages,
  type ErrorKind,
  type HttpResponse,
  type JsonValue,
  jsonOf,
  type QueryValue,
  responseError,
  type ServiceContext,
  type StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/** The version of Stripe's API that this connector was written for; webhooks are asked for in it too. */
export const API_VERSION = '2025-09-30.clover'

/**
 * Stripe's API (version 2025-09-30.clover), as https://docs.stripe.com/api and https://github.com/stripe/openapi describe
 * it; errors as https://docs.stripe.com/error-low-level says.
 */
export const stripe = service({ name: 'Stripe', refusal })

/** A value of a form as Stripe understands them: objects and lists become `name[key]` and `name[0]`. */
export type FormValue = JsonValue | undefined | readonly FormValue[] | { readonly [name: string]: FormValue }

/** The fields of a form with nested names, without those that are undefined. */
export function stripeForm(value: { readonly [name: string]: FormValue }): Record<string, string> {
  const fields: Record<string, string> = {}
  const add = (name: string, each: FormValue): void => {
    if (each === undefined) return
    if (each === null || typeof each !== 'object') {
      // An empty text unsets a field; Stripe has no other way to write null in a form.
      fields[name] = each === null ? '' : String(each)
      return
    }
    for (const [key, inner] of Object.entries(each)) add(`${name}[${key}]`, inner)
  }
  for (const [name, each] of Object.entries(value)) add(name, each)
  return fields
}

/** A request that changes something. */
export interface Change<Answer extends z.ZodType> {
  readonly url: string
  readonly body?: { readonly [name: string]: FormValue }
  readonly answer: Answer
  /** Tells apart the requests of one action. @default '' */
  readonly part?: string
}

/** Changes something at most once, however often the step is repeated. @throws StepError by Stripe's error */
export function change<Answer extends z.ZodType>(
  context: ServiceContext & Pick<ActionContext, 'idempotencyKey'>,
  { url, body = {}, answer, part = '' }: Change<Answer>,
): Promise<z.output<Answer>> {
  return stripe.call(context, {
    method: 'POST',
    url,
    form: stripeForm(body),
    headers: { 'idempotency-key': `${context.idempotencyKey}${part}` },
    answer,
  })
}

/** A list that is read over pages. */
export interface ListRequest<Item extends z.ZodType> {
  readonly url: string
  readonly query: Readonly<Record<string, QueryValue | undefined>>
  readonly item: Item
  readonly limit: number
}

const PAGE_SIZE = 100
const identified = z.object({ id: z.string() })

/** Reads a list page by page: each page begins after the last item of the one before. */
export function listAll<Item extends z.ZodType>(context: ServiceContext, request: ListRequest<Item>) {
  const { url, query, item, limit } = request
  const page = z.object({ data: z.array(z.unknown()), has_more: z.boolean() })
  const read = async (after: string) => {
    const { data, has_more } = await stripe.call(context, {
      url,
      query: { ...query, limit: Math.min(limit, PAGE_SIZE), starting_after: after === '' ? undefined : after },
      answer: page.extend({ data: z.array(item) }),
    })
    const last = identified.safeParse(data.at(-1)).data?.id
    return { items: data, next: has_more ? last : undefined }
  }
  return collectPages(read, '', { maxItems: limit })
}

/** A search that is read over pages. */
export interface SearchRequest<Item extends z.ZodType> extends Pick<ListRequest<Item>, 'item' | 'limit'> {
  readonly url: string
  /** In Stripe's search words. */
  readonly query: string
}

/** Searches page by page. */
export function searchAll<Item extends z.ZodType>(context: ServiceContext, request: SearchRequest<Item>) {
  const { url, query, item, limit } = request
  const found = z.object({ data: z.array(item), has_more: z.boolean(), next_page: z.string().nullish() })
  const read = async (page: string) => {
    const { data, has_more, next_page } = await stripe.call(context, {
      url,
      query: { query, limit: Math.min(limit, PAGE_SIZE), page: page === '' ? undefined : page },
      answer: found,
    })
    return { items: data, next: has_more ? (next_page ?? undefined) : undefined }
  }
  return collectPages(read, '', { maxItems: limit })
}

const errorBody = z.object({
  error: z.object({
    type: z.string(),
    code: z.string().nullish(),
    decline_code: z.string().nullish(),
    message: z.string().nullish(),
    param: z.string().nullish(),
  }),
})

const KIND_OF_CODE: Readonly<Record<string, ErrorKind>> = {
  rate_limit: 'rate_limited',
  lock_timeout: 'rate_limited',
  // The first try of the same step is still under way at Stripe.
  idempotency_key_in_use: 'communication',
  api_key_expired: 'authentication',
  platform_api_key_expired: 'authentication',
}

const ADVICE: Readonly<Record<string, string>> = {
  card_error: 'The card was not accepted.',
  idempotency_error: 'The same step was sent before with other values. Start a new run.',
}

function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const told = errorBody.safeParse(jsonOf(response)).data?.error
  if (told === undefined) return undefined
  const { type, code, decline_code, message, param } = told
  // 402 and 409 are refusals too; 424 tells that somebody behind Stripe did not answer.
  const ofStatus = response.status === 424 ? 'communication' : undefined
  const said = [
    ADVICE[type],
    message,
    param ? `Field: ${param}.` : undefined,
    decline_code && `Reason: ${decline_code}.`,
  ]
  return responseError('Stripe', response, {
    kind: KIND_OF_CODE[code ?? ''] ?? ofStatus,
    title: `Stripe refused: ${code ?? type}`,
    detail: said.filter(Boolean).join(' '),
    data: { type, code: code ?? null, declineCode: decline_code ?? null, param: param ?? null },
    retryable: shouldRetry(response),
  })
}

/** Stripe knows better than a status whether the same request may succeed, and says so where it does. */
function shouldRetry({ headers }: HttpResponse): boolean | undefined {
  const told = headers['stripe-should-retry']
  return told === 'true' || told === 'false' ? told === 'true' : undefined
}
