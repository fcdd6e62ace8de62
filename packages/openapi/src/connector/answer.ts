import {
  type FileStore,
  type HttpResponse,
  isInlayError,
  type JsonObject,
  type JsonValue,
  StepError,
} from '@inlay/engine'
import { responseError } from '@inlay/sdk/connector'
import type { ImportedOperation } from '../imported-connector.js'
import { isObject, own, textOr } from '../json.js'

/** What an answer comes to as an action's output. @throws StepError for refusals, and for answers that cannot be read */
export async function readResponse(
  service: string,
  operation: ImportedOperation,
  response: HttpResponse,
  files: FileStore,
): Promise<JsonValue> {
  assertGood(service, operation, response)
  const isEmpty = response.bytes.length === 0
  switch (operation.output.kind) {
    case 'none':
      assertType(service, operation, response)
      return null
    case 'text':
      assertType(service, operation, response)
      return isEmpty ? '' : response.text
    case 'json':
      return assertKind(service, operation, response.text.trim() === '' ? null : readJson(service, response))
    case 'file':
      assertType(service, operation, response)
      if (isEmpty) return null
      return {
        ...(await files.write({
          name: fileName(operation, response),
          contentType: contentType(response),
          bytes: response.bytes,
        })),
      }
  }
}

/**
 * Services add fields and leave some out, whatever their documents say; but a list in place of an object is something
 * that later steps cannot work with.
 */
function assertKind(service: string, { output }: ImportedOperation, answer: JsonValue): JsonValue {
  const { kinds = [] } = output
  const kind = answer === null ? 'null' : Array.isArray(answer) ? 'array' : typeof answer
  if (kinds.length === 0 || kinds.includes(kind)) return answer
  throw new StepError('communication', `${service} gave an answer that is not understood`, {
    detail: `It gave ${kind}, and its document says ${kinds.join(' or ')}.`,
    retryable: false,
  })
}

/** @throws StepError by the status, in the service's words, or the document's when it says nothing */
export function assertGood(service: string, { errors }: ImportedOperation, response: HttpResponse): void {
  if (response.status >= 200 && response.status <= 299) return
  const plain = responseError(service, response)
  const said = problemOf(response)
  const documented = errors[String(response.status)] ?? errors[`${String(response.status)[0]}XX`] ?? errors['default']
  const what = said?.title ?? documented
  if (what === undefined) throw plain
  const detail = [said?.detail, plain.detail].filter((text) => text !== undefined).join(' ')
  throw new StepError(plain.kind, `${plain.message}: ${what.slice(0, 200)}`, {
    detail,
    retryable: plain.retryable,
    ...(plain.data === undefined ? {} : { data: plain.data }),
    ...(plain.retryAfterMs === undefined ? {} : { retryAfterMs: plain.retryAfterMs }),
  })
}

/** Title and detail of a problem document (RFC 9457), or of what services write in its place. */
function problemOf(response: HttpResponse): { readonly title: string; readonly detail?: string } | undefined {
  if (!/json/.test(response.headers['content-type'] ?? 'json')) return undefined
  let body: JsonValue
  try {
    body = response.json()
  } catch {
    // Not JSON after all: the plain error quotes it.
    return undefined
  }
  if (!isObject(body)) return undefined
  const inner = own(body, 'error')
  const title =
    firstText(body, ['title', 'message', 'error_description', 'error']) ??
    (isObject(inner) ? firstText(inner, ['message', 'title', 'code']) : undefined)
  const detail = textOr(own(body, 'detail'))
  if (title === undefined) return detail === undefined ? undefined : { title: detail.slice(0, 200) }
  return { title, ...(detail === undefined ? {} : { detail: detail.slice(0, 500) }) }
}

function firstText(body: JsonObject, names: readonly string[]): string | undefined {
  return names.map((name) => textOr(own(body, name))).find((text) => text !== undefined && text !== '')
}

/** A page or a broken message in place of what was asked for comes from somebody in between. */
function assertType(service: string, { headers }: ImportedOperation, response: HttpResponse): void {
  const type = contentType(response)
  const isAsked = (headers['accept'] ?? '').includes(type)
  if (response.bytes.length > 0 && !isAsked && /html|json/i.test(type)) readJson(service, response)
}

function readJson(service: string, response: HttpResponse): JsonValue {
  try {
    return response.json()
  } catch (cause) {
    if (!isInlayError(cause)) throw cause
    const isPage = /html/i.test(response.headers['content-type'] ?? '') || /^\s*</.test(response.text)
    throw new StepError(
      'communication',
      `${service} answered with ${isPage ? 'a web page' : 'a text'} instead of JSON`,
      {
        detail: `It begins with: ${response.text.trim().slice(0, 200)}`,
        cause,
      },
    )
  }
}

function contentType({ headers }: HttpResponse): string {
  return headers['content-type']?.split(';')[0]?.trim().slice(0, 200) || 'application/octet-stream'
}

/** The name that the service gives its file (RFC 6266), without any folders. */
function fileName({ id }: ImportedOperation, response: HttpResponse): string {
  const disposition = response.headers['content-disposition'] ?? ''
  const given = /filename="?([^";]+)"?/i.exec(disposition)?.[1]?.split(/[\\/]/).at(-1)?.trim()
  if (given !== undefined && given !== '') return given.slice(0, 300)
  const extension =
    contentType(response)
      .split('/')
      .at(-1)
      ?.replace(/[^a-z0-9]/gi, '')
      .slice(0, 10) ?? ''
  return `${id}.${extension === '' || extension === 'octetstream' ? 'bin' : extension}`
}
