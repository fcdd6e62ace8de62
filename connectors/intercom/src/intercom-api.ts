import {
  type AuthValues,
  type ErrorKind,
  type HttpResponse,
  jsonOf,
  type PageOf,
  parseRetryAfter,
  responseError,
  type ServiceContext,
  type StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/** The version of Intercom's API that this connector was written for. */
export const INTERCOM_VERSION = '2.11'

/**
 * Intercom's REST API (version 2.11), as descriptions/2.11/api.intercom.io.yaml of
 * https://github.com/intercom/Intercom-OpenAPI describes it.
 */
export const intercom = service({ name: 'Intercom', refusal })

const HOSTS: Readonly<Record<string, string>> = {
  eu: 'https://api.eu.intercom.io',
  au: 'https://api.au.intercom.io',
}

/** Where the workspace of a connection is. */
export function apiUrl({ fields }: AuthValues): string {
  return HOSTS[String(fields['region'])] ?? 'https://api.intercom.io'
}

/** What a search is asked for. */
export interface Search<Item extends z.ZodType> {
  readonly url: '/contacts/search' | '/conversations/search'
  readonly query: SearchQuery
  readonly item: Item
  readonly pageSize: number
  /** As the page before gave it; empty for the first. */
  readonly after: string
}

/** One comparison, or several that are joined. */
export type SearchQuery =
  | { readonly field: string; readonly operator: string; readonly value: string | number | boolean }
  | { readonly operator: 'AND' | 'OR'; readonly value: SearchQuery[] }

/** Reads a page of a search, newest first. */
export async function searchPage<Item extends z.ZodType>(
  context: ServiceContext,
  { url, query, item, pageSize, after }: Search<Item>,
): Promise<PageOf<z.output<Item>, string>> {
  const items = z.array(item)
  const contacts = z.object({ data: items, pages: pageMark }).transform(({ data, pages }) => ({ items: data, pages }))
  const conversations = z
    .object({ conversations: items, pages: pageMark })
    .transform(({ conversations: found, pages }) => ({ items: found, pages }))
  const found = await intercom.call(context, {
    method: 'POST',
    url,
    json: {
      query,
      pagination: { per_page: pageSize, ...(after === '' ? {} : { starting_after: after }) },
      sort: { field: 'created_at', order: 'descending' },
    },
    answer: url === '/contacts/search' ? contacts : conversations,
  })
  return { items: found.items, next: found.pages?.next?.starting_after ?? undefined }
}

const pageMark = z.object({ next: z.object({ starting_after: z.string().nullish() }).nullish() }).nullish()

const errorList = z.object({
  errors: z.array(z.object({ code: z.string(), message: z.string().nullish(), field: z.string().nullish() })),
})

const KIND_OF_CODE: Readonly<Record<string, ErrorKind>> = {
  token_revoked: 'authentication',
  token_blocked: 'authentication',
  token_expired: 'authentication',
  api_plan_restricted: 'authorization',
  rate_limit_exceeded: 'rate_limited',
}

function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const told = errorList.safeParse(jsonOf(response)).data?.errors ?? []
  const code = told[0]?.code
  const said = told.map((each) => `${each.field ? `${each.field}: ` : ''}${each.message || each.code}`).join(' ')
  return responseError('Intercom', response, {
    kind: KIND_OF_CODE[code ?? ''],
    title: code === undefined ? undefined : `Intercom refused: ${code}`,
    detail: said || undefined,
    data: { error: code ?? null },
    retryAfterMs: parseRetryAfter(response.headers['retry-after'], Date.now()) ?? untilReset(response),
  })
}

/** Intercom tells in Unix seconds when it counts anew. */
function untilReset({ status, headers }: HttpResponse): number | undefined {
  const reset = Number(headers['x-ratelimit-reset'] || Number.NaN)
  return status === 429 && Number.isFinite(reset) ? Math.max(reset * 1000 - Date.now(), 0) : undefined
}
