import {
  collectPages,
  type ErrorKind,
  type HttpResponse,
  jsonOf,
  type QueryValue,
  responseError,
  type ServiceContext,
  StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/** Mailchimp's Marketing API (version 3.0), as described by https://mailchimp.com/developer/marketing/api/ */
export const mailchimp = service({ name: 'Mailchimp', refusal })

/** A list that is read over pages. */
export interface ListRequest<Item extends z.ZodType> {
  readonly url: string
  /** What the answer calls the list. */
  readonly list: string
  readonly item: Item
  readonly query?: Readonly<Record<string, QueryValue | undefined>>
  /** How many are read at most. */
  readonly limit: number
}

/** The most that Mailchimp gives at once. */
const PAGE_SIZE = 1000

/** One page of a list, beginning after `offset` items. */
export async function readPage<Item extends z.ZodType>(
  context: ServiceContext,
  { url, list, item, query, limit }: ListRequest<Item>,
  offset: number,
) {
  const answer = z
    .looseObject({ total_items: z.number().default(0) })
    .transform((page) => ({ total: page.total_items, items: page[list] }))
    .pipe(z.object({ total: z.number(), items: z.array(item) }))
  const count = Math.min(limit, PAGE_SIZE)
  const { total, items } = await mailchimp.call(context, { url, query: { ...query, count, offset }, answer })
  const read = offset + items.length
  return { items, next: items.length > 0 && read < total ? read : undefined }
}

/** Reads a list page by page. */
export function listAll<Item extends z.ZodType>(context: ServiceContext, request: ListRequest<Item>) {
  return collectPages((offset: number) => readPage(context, request, offset), 0, { maxItems: request.limit })
}

const problem = z.object({
  title: z.string(),
  detail: z.string().nullish(),
  errors: z.array(z.object({ field: z.string().nullish(), message: z.string() })).nullish(),
})

/** Titles that say more than their status, whichever it comes with. */
const KIND_OF_TITLE: Readonly<Record<string, ErrorKind>> = {
  'API Key Invalid': 'authentication',
  'API Key Missing': 'authentication',
  'Wrong Datacenter': 'authentication',
  WrongDatacenter: 'authentication',
}

/** Refusals are problem documents (RFC 9457), with each field that Mailchimp does not like. */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  if (response.status === 403 && isBare(response)) return throttled(response.status)
  const general = responseError('Mailchimp', response)
  const told = problem.safeParse(jsonOf(response)).data
  const kind = KIND_OF_TITLE[told?.title ?? ''] ?? general.kind
  return responseError('Mailchimp', response, {
    kind,
    detail: told === undefined ? undefined : said(told),
    data: { title: told?.title ?? null },
    retryAfterMs: general.retryAfterMs ?? (kind === 'rate_limited' ? A_WHILE_MS : undefined),
  })
}

/** Mailchimp limits calls at once, and does not say when there is room again. */
const A_WHILE_MS = 5000

/** Mailchimp's own refusals are documents: one without any comes from what guards it from too many calls. */
function isBare(response: HttpResponse): boolean {
  return response.text.trim() === '' || /^\s*</.test(response.text)
}

function throttled(status: number): StepError {
  return new StepError('rate_limited', 'Mailchimp takes no more calls for now', {
    detail: 'An account may make ten calls at once. A retry policy on the step tries again later.',
    data: { status },
    retryAfterMs: A_WHILE_MS,
  })
}

function said({ title, detail, errors }: z.output<typeof problem>): string {
  const fields = (errors ?? []).map(({ field, message }) => (field ? `${field}: ${message}` : message))
  return [`${title}.`, detail, fields.join('; ')].filter(Boolean).join(' ')
}
