import {
  type ErrorKind,
  type HttpResponse,
  type JsonInput,
  jsonOf,
  responseError,
  type ServiceContext,
  type StepError,
  service,
  z,
} from '@inlay/sdk/connector'

const SERVICE = 'Linear'

const linear = service({ name: SERVICE, refusal })

const envelope = z.object({ data: z.unknown() }).transform(({ data }) => data)

/** A GraphQL document, what its variables are, and what its answer must hold. */
interface LinearRequest<Answer extends z.ZodType> {
  readonly query: string
  readonly variables?: { readonly [name: string]: JsonInput | undefined }
  readonly answer: Answer
}

/**
 * Asks Linear's GraphQL API, whose schema is packages/sdk/src/schema.graphql of https://github.com/linear/linear; its
 * limits are at https://linear.app/developers/rate-limiting, its webhooks at https://linear.app/developers/webhooks.
 *
 * @throws StepError also for errors in answers with status 200
 */
export async function ask<Answer extends z.ZodType>(
  context: ServiceContext,
  { query, variables = {}, answer }: LinearRequest<Answer>,
): Promise<z.output<Answer>> {
  const json = { query, variables }
  const held = envelope.pipe(answer)
  return linear.call(context, { method: 'POST', url: '/graphql', json, answer: held })
}

const failed = z.object({
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z
          .object({ type: z.string(), code: z.string(), userPresentableMessage: z.string() })
          .partial()
          .optional(),
      }),
    )
    .min(1),
})

const KIND_OF_TYPE: Readonly<Record<string, ErrorKind>> = {
  'authentication error': 'authentication',
  forbidden: 'authorization',
  'feature not accessible': 'authorization',
  ratelimited: 'rate_limited',
  'invalid input': 'rejected',
  'user error': 'rejected',
  'graphql error': 'rejected',
  'usage limit exceeded': 'rejected',
  'internal error': 'communication',
  'network error': 'communication',
  'lock timeout': 'communication',
}

const KIND_OF_CODE: Readonly<Record<string, ErrorKind>> = {
  RATELIMITED: 'rate_limited',
  AUTHENTICATION_ERROR: 'authentication',
  FORBIDDEN: 'authorization',
}

/** Linear tells of errors in a list, with status 200 or 400; of its rate limits too, with the moment they are over in milliseconds. */
function refusal(response: HttpResponse): StepError | undefined {
  const { data } = failed.safeParse(jsonOf(response))
  const [first] = data?.errors ?? []
  if (first === undefined) return undefined
  const { type = '', code = '', userPresentableMessage } = first.extensions ?? {}
  const kind = KIND_OF_CODE[code] ?? KIND_OF_TYPE[type.toLowerCase()]
  return responseError(SERVICE, response, {
    kind,
    title: `${SERVICE} refused the request`,
    detail: userPresentableMessage ?? first.message,
    data: { type, code },
    retryAfterMs: kind === 'rate_limited' ? untilReset(response.headers) : undefined,
  })
}

/** The first of Linear's budgets that is used up says when it is filled again. */
function untilReset(headers: HttpResponse['headers']): number | undefined {
  const empty = ['requests', 'complexity', 'endpoint-requests'].find(
    (budget) => headers[`x-ratelimit-${budget}-remaining`] === '0',
  )
  const reset = Number(headers[`x-ratelimit-${empty ?? 'requests'}-reset`] ?? Number.NaN)
  return Number.isFinite(reset) ? Math.max(0, reset - Date.now()) : undefined
}

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() })

/** What a list of nodes must hold. */
export function connectionOf<Node extends z.ZodType>(node: Node) {
  return z.object({ nodes: z.array(node), pageInfo })
}

/** How the page after this one is asked for; undefined after the last. */
export function nextCursor({ pageInfo: { hasNextPage, endCursor } }: { pageInfo: z.infer<typeof pageInfo> }) {
  return hasNextPage ? (endCursor ?? undefined) : undefined
}

/** The part of a query that `nextCursor` reads. */
export const PAGE_INFO = 'pageInfo { hasNextPage endCursor }'
