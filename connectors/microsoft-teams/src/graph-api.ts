import {
  type AuthValues,
  type HttpResponse,
  jsonOf,
  responseError,
  type ServiceCall,
  type ServiceContext,
  StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/** Microsoft Graph for code that has a connection by sign-in for sure: subscriptions are of such alone. */
export const graph = service({ name: 'Microsoft Teams', refusal })

/**
 * Where Microsoft Graph (v1.0) is. Shapes follow https://learn.microsoft.com/graph/api/resources/teams-api-overview,
 * changes https://learn.microsoft.com/graph/delta-query-overview and
 * https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
 */
export const GRAPH = 'https://graph.microsoft.com/v1.0'

/** What a call of Graph needs of the context of an action, trigger or loader. */
export interface GraphContext extends ServiceContext {
  readonly auth: AuthValues
}

/**
 * Calls Microsoft Graph.
 *
 * @throws StepError `validation` for connections that are the address of a webhook; else as `Service.call`
 */
export async function callGraph<Answer extends z.ZodType>(
  context: GraphContext,
  call: ServiceCall<Answer> & { readonly answer: Answer },
): Promise<z.output<Answer>> {
  if (context.auth.kind === 'oauth2') return graph.call(context, call)
  throw new StepError('validation', 'This needs a connection by "Sign in with Microsoft"', {
    detail: 'The address of a webhook can only be posted to.',
  })
}

const answered = z.object({ status: z.number(), code: z.string().nullish() })

/** Whether Graph has lost track of where a reader of changes was, and wants it to begin again. */
export function isForgotten(error: unknown): boolean {
  if (!(error instanceof StepError)) return false
  const { status, code } = answered.safeParse(error.data).data ?? {}
  return status === 410 || (status !== undefined && status < 500 && /^(syncState|resync)/i.test(code ?? ''))
}

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

/** Graph gives each error a code and a message. */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const told = errorBody.safeParse(jsonOf(response)).data?.error
  if (told === undefined) return undefined
  const { code, message } = told
  const title = `Microsoft Teams refused with ${code}`
  return responseError('Microsoft Teams', response, { title, detail: message, data: { code } })
}
