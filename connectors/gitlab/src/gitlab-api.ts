import {
  type AuthValues,
  type HttpResponse,
  jsonOf,
  responseError,
  type StepError,
  service,
  z,
} from '@inlay/sdk/connector'

const SERVICE = 'GitLab'

/** The host of everybody who has no GitLab of their own. */
export const GITLAB_COM = 'gitlab.com'

/** GitLab's REST API (version 4), as https://docs.gitlab.com/api/rest/ and https://docs.gitlab.com/api/project_webhooks/ describe it. */
export const gitlab = service({ name: SERVICE, refusal })

/** The host of the connection: gitlab.com, or one of people's own. */
export function hostOf({ fields: { host } }: AuthValues): string {
  return typeof host === 'string' && host.trim() !== '' ? host.trim().toLowerCase() : GITLAB_COM
}

/** Where the API is. */
export function baseUrlOf(auth: AuthValues): string {
  return `https://${hostOf(auth)}/api/v4`
}

const problems = z.union([
  z.string().transform((problem) => [problem]),
  z.array(z.string()),
  z
    .record(z.string(), z.union([z.string().transform((problem) => [problem]), z.array(z.string())]))
    .transform((fields) => Object.entries(fields).map(([field, found]) => `${field}: ${found.join(', ')}`)),
])

const refused = z
  .object({ message: problems, error: problems, error_description: z.string(), scope: z.string() })
  .partial()

/** GitLab says what is wrong in a sentence, a list, or by field; of OAuth scopes in the words of OAuth. */
function refusal(response: HttpResponse): StepError | undefined {
  const { status } = response
  if (status < 400 || status === 429 || status >= 500) return undefined
  const { message, error, error_description, scope } = refused.safeParse(jsonOf(response)).data ?? {}
  const said = [error_description ?? [], message ?? error ?? []].flat()
  if (said.length === 0) return undefined
  const needs = scope === undefined ? [] : [`The token needs the scope: ${scope}.`]
  return responseError(SERVICE, response, { detail: [...said, ...needs].join('; ') })
}

/** The number of the next page of a list; undefined after the last. */
export function nextPage({ headers }: Pick<HttpResponse, 'headers'>): number | undefined {
  const next = Number(headers['x-next-page'] ?? '')
  return Number.isInteger(next) && next > 0 ? next : undefined
}
