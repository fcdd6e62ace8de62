import { type AuthValues, type HttpResponse, responseError, StepError, service, z } from '@inlay/sdk/connector'

/** Zendesk's Ticketing API (v2). */
export const zendesk = service({ name: 'Zendesk', refusal })

/** Where the account of a connection is. */
export function accountUrl({ fields }: AuthValues): string {
  return `https://${String(fields['subdomain'] ?? '')}.zendesk.com`
}

const problem = z.object({ description: z.string() })
const errorBody = z.object({
  error: z.string().or(z.object({ title: z.string(), message: z.string() })),
  description: z.string().nullish(),
  details: z.record(z.string(), z.array(problem)).nullish(),
})

/** Zendesk names the fields that it refuses in `details`. */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const general = responseError('Zendesk', response)
  const told = errorBody.safeParse(bodyOf(response)).data
  if (told === undefined) return general
  const { error, description, details } = told
  const fields = Object.entries(details ?? {}).flatMap(([name, problems]) =>
    problems.map((each) => `${name}: ${each.description}`),
  )
  const [code, said] = typeof error === 'string' ? [error, description] : [error.title, error.message]
  return new StepError(general.kind, `Zendesk refused: ${code}`, {
    detail: [said, ...fields].filter(Boolean).join(' '),
    data: { status: response.status, error: code },
    ...(general.retryAfterMs === undefined ? {} : { retryAfterMs: general.retryAfterMs }),
  })
}

function bodyOf(response: HttpResponse): unknown {
  try {
    return response.json()
  } catch {
    return undefined
  }
}
