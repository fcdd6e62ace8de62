import {
  type AuthValues,
  collectPages,
  type HttpResponse,
  jsonOf,
  type OptionsPage,
  type QueryValue,
  responseError,
  type SelectOption,
  type ServiceContext,
  type StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/**
 * Zendesk's Ticketing API (v2), as https://developer.zendesk.com/zendesk/oas.yaml and
 * https://developer.zendesk.com/api-reference/ticketing/introduction/ describe it.
 */
export const zendesk = service({ name: 'Zendesk', refusal })

/** Where the account of a connection is. */
export function accountUrl({ fields }: AuthValues): string {
  return `https://${String(fields['subdomain'] ?? '')}.zendesk.com`
}

/** How a page says whether there is another (cursor pagination). */
const pageMeta = z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() })

/** A list in pages of a cursor. */
export interface ListRequest<Item extends z.ZodType> {
  readonly url: string
  readonly query?: Readonly<Record<string, QueryValue | undefined>>
  /** Under which name an answer holds the items. */
  readonly name: string
  readonly item: Item
}

const PAGE_SIZE = 100

/** Reads one page; `after` is empty for the first. */
async function readPage<Item extends z.ZodType>(
  context: ServiceContext,
  { url, query, name, item }: ListRequest<Item>,
  after: string,
): Promise<{ readonly items: z.output<Item>[]; readonly next: string | undefined }> {
  // Each list has a name of its own.
  const listed = z
    .looseObject({})
    .transform((body) => ({ meta: body['meta'], items: body[name] }))
    .pipe(z.object({ meta: pageMeta, items: z.array(item) }))
  const { meta, items } = await zendesk.call(context, {
    url,
    query: { ...query, 'page[size]': PAGE_SIZE, 'page[after]': after === '' ? undefined : after },
    answer: listed,
  })
  return { items, next: meta.has_more ? (meta.after_cursor ?? undefined) : undefined }
}

/** Reads a list over as many pages as it takes for `limit` items. */
export function listAll<Item extends z.ZodType>(
  context: ServiceContext,
  { limit, ...request }: ListRequest<Item> & { readonly limit: number },
): Promise<z.output<Item>[]> {
  return collectPages((after: string) => readPage(context, request, after), '', { maxItems: limit })
}

/** What people search for, and how many of it. */
export interface Search<Item extends z.ZodType> {
  readonly type: 'ticket' | 'user' | 'organization'
  readonly query: string
  readonly item: Item
  readonly limit: number
}

/** Searches by Zendesk's search words, beyond the thousand results that its plain search ends at. */
export function search<Item extends z.ZodType>(context: ServiceContext, { type, query, ...rest }: Search<Item>) {
  const url = '/api/v2/search/export'
  return listAll(context, { url, query: { query, 'filter[type]': type }, name: 'results', ...rest })
}

/** One page of choices. */
export async function optionsPage<Item extends z.ZodType>(
  context: ServiceContext & { readonly cursor?: string },
  request: ListRequest<Item> & { readonly toOption: (item: z.output<Item>) => SelectOption },
): Promise<OptionsPage> {
  const { items, next } = await readPage(context, request, context.cursor ?? '')
  return { options: items.map(request.toOption), ...(next === undefined ? {} : { nextCursor: next }) }
}

const problem = z.object({ description: z.string() })
const errorBody = z.object({
  error: z.string().or(z.object({ title: z.string(), message: z.string() })),
  description: z.string().nullish(),
  message: z.string().nullish(),
  details: z.record(z.string(), z.array(problem)).nullish(),
})
/** The Webhooks API tells in the way of JSON:API. */
const errorsBody = z.object({
  errors: z.array(z.object({ code: z.string(), title: z.string().nullish(), detail: z.string().nullish() })).min(1),
})

/** Zendesk names the fields that it refuses in `details`. */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const told = toldOf(response)
  if (told === undefined) return undefined
  return responseError('Zendesk', response, {
    // 409 is a collision of two writes, of which Zendesk asks to send this one again.
    kind: response.status === 409 ? 'communication' : undefined,
    title: `Zendesk refused: ${told.code}`,
    detail: told.said,
    data: { error: told.code },
  })
}

function toldOf(response: HttpResponse): { readonly code: string; readonly said: string } | undefined {
  const body = jsonOf(response)
  const several = errorsBody.safeParse(body).data?.errors
  if (several !== undefined) {
    const said = several.map(({ title, detail }) => detail ?? title).filter(Boolean)
    return { code: several[0]?.code ?? 'error', said: said.join(' ') }
  }
  const told = errorBody.safeParse(body).data
  if (told === undefined) return undefined
  const fields = Object.entries(told.details ?? {}).flatMap(([name, problems]) =>
    problems.map((each) => `${name}: ${each.description}`),
  )
  const { error, description, message } = told
  const [code, general] = typeof error === 'string' ? [error, description ?? message] : [error.title, error.message]
  return { code, said: [general, ...fields].filter(Boolean).join(' ') }
}
