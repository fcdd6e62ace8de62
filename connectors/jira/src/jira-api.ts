import {
  type AuthValues,
  type HttpClient,
  type HttpResponse,
  jsonOf,
  responseError,
  type ServiceCall,
  type ServiceContext,
  StepError,
  service,
  z,
} from '@inlay/sdk/connector'

const SERVICE = 'Jira'
const GATEWAY = 'https://api.atlassian.com'

const api = service({ name: SERVICE, refusal })

/** What a call needs of a context: the credentials say which site it is for. */
export interface JiraContext extends ServiceContext {
  readonly auth: AuthValues
}

/**
 * Jira Cloud's REST API (version 3), at the site of the connection, as
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/ and, for webhooks of admins,
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/ describe it.
 */
export const jira = {
  /** Calls an address such as `/rest/api/3/issue`. @throws StepError by Jira's own words */
  call: async <Answer extends z.ZodType>(
    context: JiraContext,
    call: ServiceCall<Answer>,
  ): Promise<z.output<Answer>> => {
    const { prefix } = await siteOf(context)
    return api.call(context, { ...call, url: `${prefix}${call.url}` })
  },
}

/** A site, and what its addresses in the API begin with. */
interface JiraSite {
  readonly prefix: string
  /** Where people find it, without `/` at its end. */
  readonly url: string
}

/** Where the API is: tokens of people go to the site itself, those of OAuth to a gateway. */
export function baseUrlOf(auth: AuthValues): string {
  return auth.kind === 'oauth2' ? GATEWAY : `https://${siteName(auth)}`
}

function siteName({ fields: { site } }: AuthValues): string {
  return typeof site === 'string' ? site.trim().toLowerCase() : ''
}

/** A client lives as long as a step: the site is asked for once in that time. */
const known = new WeakMap<HttpClient, Promise<JiraSite>>()

/** The site of the connection. @throws StepError `authorization` when the sign-in reaches none, or it is not clear which */
export function siteOf(context: JiraContext): Promise<JiraSite> {
  const { auth, http } = context
  if (auth.kind !== 'oauth2') return Promise.resolve({ prefix: '', url: baseUrlOf(auth) })
  const before = known.get(http)
  if (before !== undefined) return before
  const found = findSite(context)
  known.set(http, found)
  // A failure is not kept: the next call asks again.
  found.catch(() => known.delete(http))
  return found
}

const resources = z.array(z.object({ id: z.string(), url: z.string(), scopes: z.array(z.string()).default([]) }))

async function findSite(context: JiraContext): Promise<JiraSite> {
  const reachable = await api.call(context, { url: '/oauth/token/accessible-resources', answer: resources })
  const sites = jiraSites(reachable)
  const wanted = siteName(context.auth)
  const fitting = wanted === '' ? sites : sites.filter(({ url }) => new URL(url).host === wanted)
  const [site, another] = fitting
  if (site !== undefined && another === undefined)
    return { prefix: `/ex/jira/${encodeURIComponent(site.id)}`, url: site.url }
  const reached = sites.map(({ url }) => url).join(', ')
  throw new StepError('authorization', 'It is not clear which Jira site is meant', {
    detail:
      reached === '' ? 'The sign-in reaches no site.' : `The sign-in reaches ${reached}. Name one in the connection.`,
  })
}

/** A site is listed once for each of its products that the app asks for, and sites without Jira are listed too. */
function jiraSites(reachable: z.output<typeof resources>) {
  const ofJira = reachable.filter(({ scopes }) => scopes.length === 0 || scopes.some((scope) => /\bjira\b/.test(scope)))
  return [...new Map(ofJira.map((site) => [site.id, site])).values()]
}

const refused = z
  .object({
    errorMessages: z.array(z.string()),
    errors: z.record(z.string(), z.string()),
    message: z.string(),
  })
  .partial()

/** Jira names what is wrong in sentences and by field. */
function refusal(response: HttpResponse): StepError | undefined {
  const { status } = response
  if (status < 400 || status === 429 || status >= 500) return undefined
  const { errorMessages = [], errors = {}, message } = refused.safeParse(jsonOf(response)).data ?? {}
  const fields = Object.entries(errors).map(([field, problem]) => `${field}: ${problem}`)
  const said = [...errorMessages, ...fields, ...(message === undefined ? [] : [message])]
  if (said.length === 0) return undefined
  // The token is good; the sign-in did not ask for what the call needs.
  const kind = status === 401 && /scope/i.test(message ?? '') ? 'authorization' : undefined
  return responseError(SERVICE, response, { kind, detail: said.join('; ') })
}

/** The path of an issue in the API. */
export function issuePath(issue: string): string {
  return `/rest/api/3/issue/${encodeURIComponent(issue)}`
}
