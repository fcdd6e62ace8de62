import {
  type ErrorKind,
  type HttpResponse,
  jsonOf,
  responseError,
  type StepError,
  service,
  z,
} from '@inlay/sdk/connector'

const SERVICE = 'Notion'

/** Sent with every request: databases hold data sources since this version. */
export const NOTION_VERSION = '2025-09-03'

/** Notion's API (version 2025-09-03). */
export const notion = service({ name: SERVICE, refusal })

const refused = z.object({ object: z.literal('error'), code: z.string(), message: z.string() })

const KIND_OF_CODE: Readonly<Record<string, ErrorKind>> = {
  unauthorized: 'authentication',
  restricted_resource: 'authorization',
  object_not_found: 'rejected',
  validation_error: 'rejected',
  invalid_json: 'rejected',
  invalid_request: 'rejected',
  // Two writes met: the same request may well succeed a moment later.
  conflict_error: 'communication',
}

const ADVICE: Readonly<Record<string, string>> = {
  unauthorized: 'Renew the connection.',
  restricted_resource: 'The connection lacks a capability: see the settings of the integration in Notion.',
  object_not_found: 'It does not exist, or is not shared with the connection: open it in Notion, "…", Connections.',
}

/** Notion says what is wrong by a code and a sentence. */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400 || response.status === 429 || response.status >= 500) return undefined
  const { data } = refused.safeParse(jsonOf(response))
  const kind = data && KIND_OF_CODE[data.code]
  if (data === undefined || kind === undefined) return undefined
  return responseError(SERVICE, response, {
    kind,
    detail: [data.message, ADVICE[data.code]].filter((text) => text !== undefined).join(' '),
    data: { code: data.code },
  })
}

/** The fields that tell of the next page of a list. */
export const listFields = { next_cursor: z.string().nullable(), has_more: z.boolean() }

/** How the page after this one is asked for; undefined after the last. */
export function nextCursor(list: { readonly next_cursor: string | null; readonly has_more: boolean }) {
  return list.has_more ? (list.next_cursor ?? undefined) : undefined
}
