import {
  type AuthValues,
  type HttpResponse,
  responseError,
  type ServiceCall,
  type ServiceContext,
  StepError,
  service,
  z,
} from '@inlay/sdk/connector'

const graph = service({ name: 'Microsoft Teams', refusal })

/** Where Microsoft Graph (v1.0) is. */
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

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

/** Graph gives each error a code and a message. */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const general = responseError('Microsoft Teams', response)
  const told = errorBody.safeParse(jsonOf(response)).data?.error
  if (told === undefined) return general
  return new StepError(general.kind, `Microsoft Teams refused with ${told.code}`, {
    detail: told.message,
    data: { status: response.status, code: told.code },
    ...(general.retryAfterMs === undefined ? {} : { retryAfterMs: general.retryAfterMs }),
  })
}

function jsonOf(response: HttpResponse): unknown {
  try {
    return response.json()
  } catch {
    return undefined
  }
}
