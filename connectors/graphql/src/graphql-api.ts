import {
  type AuthValues,
  type ErrorKind,
  type HttpClient,
  type HttpResponse,
  type JsonObject,
  jsonOf,
  jsonValue,
  responseError,
  StepError,
  z,
} from '@inlay/sdk/connector'

/** What a call takes of the context of an action or trigger. */
export interface GraphqlContext {
  readonly http: HttpClient
  readonly auth: AuthValues
  readonly signal: AbortSignal
}

/** An operation as it is sent (GraphQL over HTTP). */
export interface Operation {
  readonly query: string
  readonly variables?: JsonObject | undefined
  readonly operationName?: string | undefined
}

const graphqlError = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
  extensions: z.looseObject({ code: z.string().optional().catch(undefined) }).nullish(),
})

const answerSchema = z.object({
  data: z.record(z.string(), jsonValue).nullish(),
  errors: z.array(graphqlError).nullish(),
})

/** What an operation gave; `errors` are those beside data. */
export interface OperationResult {
  readonly data: JsonObject | null
  readonly errors: readonly { readonly message: string; readonly path: string }[]
}

/** Codes that servers have in common (Apollo, Hasura, Shopify and others). */
const KIND_OF_CODE: Readonly<Record<string, ErrorKind>> = {
  UNAUTHENTICATED: 'authentication',
  FORBIDDEN: 'authorization',
  ACCESS_DENIED: 'authorization',
  THROTTLED: 'rate_limited',
  RATE_LIMITED: 'rate_limited',
  INTERNAL_SERVER_ERROR: 'communication',
  BAD_USER_INPUT: 'validation',
  GRAPHQL_PARSE_FAILED: 'validation',
  GRAPHQL_VALIDATION_FAILED: 'validation',
}

/** Sends an operation. @throws StepError when there is no data, by the code of the first error */
export async function runOperation(context: GraphqlContext, operation: Operation): Promise<OperationResult> {
  // The address of the connection is the API itself: nothing is appended to it.
  const { origin, pathname, search } = new URL(String(context.auth.fields['endpoint'] ?? ''))
  const response = await context.http.request({
    method: 'POST',
    url: `${origin}${pathname}${search}`,
    headers: { accept: 'application/graphql-response+json, application/json;q=0.9' },
    json: { ...operation },
    signal: context.signal,
  })
  const answer = readAnswer(response)
  const [first] = answer.errors ?? []
  // Null data beside errors means that nothing was done.
  if (first !== undefined && (answer.data ?? null) === null) throw refused(first, answer.errors ?? [])
  return { data: answer.data ?? null, errors: (answer.errors ?? []).map(toProblem) }
}

/** Servers answer errors of GraphQL with status 200 or 400; both have the same body. */
function readAnswer(response: HttpResponse): z.infer<typeof answerSchema> {
  const parsed = answerSchema.safeParse(jsonOf(response))
  const isAnswer = parsed.success && (parsed.data.data !== undefined || parsed.data.errors != null)
  if (isAnswer && (response.status < 300 || response.status === 400 || response.status === 422)) return parsed.data
  if (response.status < 200 || response.status > 299) throw responseError('The GraphQL API', response)
  throw new StepError('communication', 'The address does not answer as a GraphQL API does', {
    detail: `It begins with: ${response.text.trim().slice(0, 200)}`,
    retryable: false,
  })
}

function refused(first: z.infer<typeof graphqlError>, all: readonly z.infer<typeof graphqlError>[]): StepError {
  const code = first.extensions?.code
  const kind = (code === undefined ? undefined : KIND_OF_CODE[code]) ?? 'rejected'
  return new StepError(kind, `The GraphQL API refused: ${first.message.slice(0, 300)}`, {
    detail: all
      .map((error) => `${toProblem(error).path || 'operation'}: ${error.message}`)
      .join('; ')
      .slice(0, 1000),
    data: { code: code ?? null },
  })
}

function toProblem({ message, path }: z.infer<typeof graphqlError>) {
  return { message, path: (path ?? []).join('.') }
}
