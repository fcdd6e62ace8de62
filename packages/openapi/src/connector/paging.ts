import { type HttpResponse, type JsonObject, type JsonValue, StepError } from '@inlay/engine'
import { collectPages, nextLink, type PageOf } from '@inlay/sdk/connector'
import { DEFAULT_MAX_ITEMS } from '../import/operation.js'
import type { ImportedOperation, ImportedPaging } from '../imported-connector.js'
import { listOr, own, valueAt, withValueAt } from '../json.js'
import { readResponse } from './answer.js'
import { type CallContext, toRequest } from './request.js'

/** What a call of an operation is told. */
export interface Call {
  readonly service: string
  readonly operation: ImportedOperation
  readonly input: JsonObject
  readonly context: CallContext
}

/** Calls an operation once, or page after page when the input asks for all. */
export async function callOperation(call: Call): Promise<JsonValue> {
  const { paging } = call.operation
  const wantsAll = paging !== undefined && own(call.input, paging.allField) === true
  return wantsAll ? callAllPages(call, paging) : (await callOnce(call, { input: call.input })).output
}

/** How a page is asked for: by the fields of the input, or by an address. */
interface PageRequest {
  readonly input: JsonObject
  readonly url?: string
}

async function callOnce(
  { service, operation, context }: Call,
  page: PageRequest,
): Promise<{ readonly output: JsonValue; readonly response: HttpResponse }> {
  const request = await toRequest(operation, page.input, context)
  const response = await context.http.request(page.url === undefined ? request : { ...request, url: page.url })
  return { response, output: await readResponse(service, operation, response, context.files) }
}

/** The first page's answer with the items of all pages in it. */
async function callAllPages(call: Call, paging: ImportedPaging): Promise<JsonValue> {
  const wanted = own(call.input, paging.maxField)
  let first: JsonValue | undefined
  const read = async (key: string): Promise<PageOf<JsonValue, string>> => {
    // Pages are told apart by what asks for them, so that one that names itself as the next ends the list.
    const page = JSON.parse(key) as PageRequest
    const { output, response } = await callOnce(call, page)
    first ??= output
    const items = listOr(valueAt(output, paging.items))
    const next = nextPage(paging, page, { output, response, items })
    return { items, next: next === undefined ? undefined : JSON.stringify(next) }
  }
  const items = await collectPages(read, JSON.stringify({ input: startOf(paging, call.input) }), {
    maxItems: typeof wanted === 'number' ? wanted : DEFAULT_MAX_ITEMS,
  })
  return withValueAt(first ?? null, paging.items, items)
}

function startOf(paging: ImportedPaging, input: JsonObject): JsonObject {
  if (paging.kind === 'page' && own(input, paging.field) === undefined)
    return { ...input, [paging.field]: paging.first }
  return input
}

interface ReadPage {
  readonly output: JsonValue
  readonly response: HttpResponse
  readonly items: readonly JsonValue[]
}

function nextPage(paging: ImportedPaging, page: PageRequest, read: ReadPage): PageRequest | undefined {
  if (paging.kind === 'nextUrl' || paging.kind === 'link') return nextByUrl(paging, page, read)
  const value = nextValue(paging, own(page.input, paging.field), read)
  return value === undefined ? undefined : { input: { ...page.input, [paging.field]: value } }
}

/** What the field that asks for a page holds for the next one; undefined after the last. */
function nextValue(
  paging: Exclude<ImportedPaging, { readonly kind: 'nextUrl' | 'link' }>,
  given: JsonValue | undefined,
  { output, items }: ReadPage,
): JsonValue | undefined {
  switch (paging.kind) {
    case 'cursor':
      return settled(valueAt(output, paging.next))
    case 'lastId':
      return valueAt(output, paging.hasMore) === true ? settled(valueAt(items.at(-1), paging.id)) : undefined
    case 'page':
      return items.length === 0 ? undefined : Number(given ?? paging.first) + 1
    case 'offset':
      return items.length === 0 ? undefined : Number(given ?? 0) + items.length
  }
}

function nextByUrl(
  paging: Extract<ImportedPaging, { readonly kind: 'nextUrl' | 'link' }>,
  { input }: PageRequest,
  { output, response }: ReadPage,
): PageRequest | undefined {
  const next = paging.kind === 'link' ? nextLink(response) : valueAt(output, paging.next)
  return typeof next === 'string' && next !== '' ? { input, url: nextUrl(next) } : undefined
}

function settled(value: JsonValue | undefined): JsonValue | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? value : undefined
}

/** A page's address is the service's word: absolute, so that credentials go along to its own origin alone. */
function nextUrl(url: string): string {
  if (/^https?:\/\//i.test(url)) return url
  throw new StepError('communication', 'The service names a next page without its whole address', {
    detail: `It says: ${url.slice(0, 200)}. Read page by page instead of all at once.`,
    retryable: false,
  })
}
