import type { HttpMethod, HttpRequest } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import { encodeBody } from './encode-body.js'

/** A request as it goes onto the wire. */
export interface Outgoing {
  readonly url: URL
  readonly method: HttpMethod
  /** Names in lower case. */
  readonly headers: Record<string, string>
  readonly body: string | Uint8Array | null
}

/** These follow from the URL, the body and the connection; set by hand they only lie about them. */
const RESERVED_HEADERS = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
  'expect',
  'te',
  'trailer',
])

/**
 * What may go along to another origin. Everything else stays behind: services take keys in headers of any name, so a
 * list of those to drop would never be complete.
 */
const HEADERS_FOR_ANY_ORIGIN = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'idempotency-key',
  'range',
  'user-agent',
])

/** @throws StepError `validation` for a URL or header that cannot be sent */
export function toOutgoing(request: HttpRequest, userAgent: string): Outgoing {
  const url = parseUrl(request.url)
  if (request.query !== undefined) appendQuery(url, request.query)
  const headers: Record<string, string> = {
    'user-agent': userAgent,
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
  }
  const body = encodeBody(request)
  if (body?.contentType !== undefined) headers['content-type'] = body.contentType
  for (const given in request.headers) {
    const name = given.toLowerCase()
    if (RESERVED_HEADERS.has(name)) throw reservedHeader(given)
    headers[name] = request.headers[given] ?? ''
  }
  // Set by hand it lacks the boundary, without which nobody can read the body.
  if (request.multipart !== undefined) headers['content-type'] = body?.contentType ?? ''
  return { url, method: request.method ?? 'GET', headers, body: body?.content ?? null }
}

/**
 * The request that a redirect asks for (RFC 9110 section 15.4).
 *
 * @throws StepError `rejected` for a way from https to http, `communication` for a location that is no URL
 */
export function toRedirected(from: Outgoing, status: number, location: string): Outgoing {
  const url = redirectTarget(from.url, location)
  if (from.url.protocol === 'https:' && url.protocol === 'http:') {
    throw new StepError('rejected', `${from.url.host} redirects from https to http`, {
      detail: 'That would send the call in clear text. Call the address it should go to directly.',
    })
  }
  const becomesGet = status === 303 ? from.method !== 'HEAD' : status < 303 && from.method === 'POST'
  const staysHere = url.origin === from.url.origin
  const kept = Object.entries(from.headers).filter(
    ([name]) => (staysHere || HEADERS_FOR_ANY_ORIGIN.has(name)) && !(becomesGet && name === 'content-type'),
  )
  return {
    url,
    headers: Object.fromEntries(kept),
    method: becomesGet ? 'GET' : from.method,
    body: becomesGet ? null : from.body,
  }
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) {
    throw new StepError('validation', `"${shownUrl(text)}" is not a URL`, {
      detail: 'A URL begins with https:// or http://, then the host.',
    })
  }
  return assertCallable(url)
}

/** Errors are shown and logged: what keys hide in, the query and the user's part, is cut. */
function shownUrl(text: string): string {
  const [withoutQuery = ''] = text.split(/[?#]/)
  return withoutQuery.replace(/\/\/[^/]*@/, '//').slice(0, 200)
}

function redirectTarget(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) {
    throw new StepError('communication', `${from.host} redirects to something that is not a URL`, {
      detail: `It says: ${shownUrl(location)}`,
    })
  }
  return assertCallable(new URL(location, from))
}

function assertCallable(url: URL): URL {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new StepError('validation', `Only http and https can be called, not ${url.protocol}`)
  }
  // Credentials in a URL end up in logs; they belong in a connection.
  if (url.username === '' && url.password === '') return url
  throw new StepError('validation', 'A URL must not hold a user name or password', {
    detail: 'Put them into a connection instead.',
  })
}

function appendQuery(url: URL, query: NonNullable<HttpRequest['query']>): void {
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    if (typeof value !== 'object') url.searchParams.append(name, String(value))
    else for (const item of value) url.searchParams.append(name, String(item))
  }
}

function reservedHeader(name: string): StepError {
  return new StepError('validation', `The header ${name.slice(0, 100)} cannot be set`, {
    detail: 'It follows from the URL and the body. Remove it.',
  })
}
