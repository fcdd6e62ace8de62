import {
  collectPages,
  type ErrorKind,
  type HttpResponse,
  type JsonInput,
  jsonOf,
  misfits,
  responseError,
  type ServiceContext,
  StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/**
 * Shopify's GraphQL Admin API (version 2026-10), as https://shopify.dev/docs/api/admin-graphql/2026-10 describes it; its
 * throttle as https://shopify.dev/docs/api/usage/limits and its `@idempotent` as
 * https://shopify.dev/docs/api/usage/idempotent-requests say.
 */
const shopify = service({ name: 'Shopify', refusal })

const ENDPOINT = '/admin/api/2026-10/graphql.json'

/** A query or mutation. */
export interface Document<Data extends z.ZodType> {
  readonly query: string
  readonly variables?: { readonly [name: string]: JsonInput | undefined }
  readonly data: Data
}

/** Asks the API. @throws StepError by the errors that it tells of */
export async function ask<Data extends z.ZodType>(
  context: ServiceContext,
  document: Document<Data>,
): Promise<z.output<Data>> {
  const { query, variables = {}, data } = document
  const schema: z.ZodType = data
  const answer = z.object({ data: schema })
  const given = await shopify.call(context, { method: 'POST', url: ENDPOINT, json: { query, variables }, answer })
  // What the schema of the data has parsed; the type is lost in the object around it.
  return given.data as z.output<Data>
}

const userErrors = z.array(z.object({ field: z.array(z.string()).nullish(), message: z.string() })).default([])

/** Changes something by a mutation whose result is called `result`. @throws StepError `rejected` with its user errors */
export async function change<Result extends z.ZodType>(context: ServiceContext, document: Document<Result>) {
  const { query, variables = {} } = document
  const outcome = z.object({ result: z.looseObject({ userErrors }) })
  const { result } = await ask(context, { query, variables, data: outcome })
  if (result.userErrors.length > 0) {
    throw new StepError('rejected', 'Shopify refused the change', {
      detail: result.userErrors
        .map(({ field, message }) => `${field ? `${field.join('.')}: ` : ''}${message}`)
        .join(' '),
    })
  }
  const read = document.data.safeParse(result)
  if (read.success) return read.data
  throw new StepError('communication', 'Shopify gave an answer that is not understood', {
    detail: misfits(read.error, 'answer').join('; '),
    retryable: false,
  })
}

/** A search that is read over pages. */
export interface Search<Node extends z.ZodType> {
  /** Takes `$query`, `$first` and `$after`; its connection is called `found`. */
  readonly document: string
  readonly query: string | undefined
  readonly node: Node
  readonly limit: number
}

/** With what is asked of each item, a page costs less than the 1,000 points that one query may. */
const PAGE_SIZE = 20

/** Reads what a search finds, page by page. */
export function searchAll<Node extends z.ZodType>(
  context: ServiceContext,
  { document, query, node, limit }: Search<Node>,
) {
  const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })
  const data = z.object({ found: z.object({ nodes: z.array(node), pageInfo }) })
  const read = async (after: string) => {
    const variables = { query, first: Math.min(limit, PAGE_SIZE), after: after === '' ? undefined : after }
    const { found } = await ask(context, { query: document, variables, data })
    const { hasNextPage, endCursor } = found.pageInfo
    return { items: found.nodes, next: hasNextPage ? (endCursor ?? undefined) : undefined }
  }
  return collectPages(read, '', { maxItems: limit })
}

/** The global id of something that people may name by its number. */
export function globalId(type: string, id: string): string {
  return id.startsWith('gid://') ? id : `gid://shopify/${type}/${id}`
}

const KIND_OF_CODE: Readonly<Record<string, ErrorKind>> = {
  THROTTLED: 'rate_limited',
  ACCESS_DENIED: 'authorization',
  SHOP_INACTIVE: 'authorization',
  INTERNAL_SERVER_ERROR: 'communication',
  TIMEOUT: 'communication',
}

const refusedAnswer = z.object({
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string().nullish() }).nullish() }))
    .min(1),
  extensions: z.unknown(),
})

const costSchema = z.object({
  cost: z.object({
    requestedQueryCost: z.number(),
    throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
  }),
})

/** Shopify tells of most errors with status 200. */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status >= 400) return responseError('Shopify', response)
  const told = refusedAnswer.safeParse(jsonOf(response)).data
  if (told === undefined) return undefined
  const code = told.errors.find(({ extensions }) => extensions?.code)?.extensions?.code ?? 'UNKNOWN'
  const kind = KIND_OF_CODE[code] ?? 'rejected'
  const retryAfterMs = kind === 'rate_limited' ? untilRestored(told.extensions) : undefined
  return new StepError(kind, `Shopify refused: ${code}`, {
    detail: told.errors.map(({ message }) => message).join(' '),
    data: { code },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

/** The shop's allowance fills up at a steady rate: this long until the query can be afforded. */
function untilRestored(extensions: unknown): number {
  const { cost } = costSchema.safeParse(extensions).data ?? {}
  if (cost === undefined) return 1000
  const missing = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable
  return Math.max(0, Math.ceil((missing / cost.throttleStatus.restoreRate) * 1000))
}
