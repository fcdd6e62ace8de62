import { type Dispatcher, request as send } from 'undici'
import type { HttpClient, HttpMethod, HttpRequest, HttpResponse } from '../contracts/connector.js'
import { isInlayError, StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import { type AddressPolicy, literalAddress } from './address-policy.js'
import { createDeadline } from './deadline.js'
import { readBody } from './read-body.js'
import { addressRefused, unreachable } from './safe-lookup.js'

const DEFAULT_TIMEOUT_MS = 30_000
const DEFAULT_MAX_BYTES = 10 * 1024 * 1024
const DEFAULT_MAX_REDIRECTS = 5
const PUBLIC_PORTS = new Set(['', '80', '443', '8080', '8443'])
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const SECRET_HEADERS = ['authorization', 'cookie', 'proxy-authorization']

/** HTTP through a dispatcher whose sockets connect to permitted addresses only. */
export class SafeHttpClient implements HttpClient {
  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly policy: AddressPolicy,
    private readonly userAgent: string,
  ) {}

  async request(request: HttpRequest): Promise<HttpResponse> {
    const deadline = createDeadline(request.timeoutMs ?? DEFAULT_TIMEOUT_MS, hostOf(request.url), request.signal)
    try {
      return await this.follow(toOutgoing(request, this.userAgent), request, deadline.signal)
    } catch (error) {
      if (deadline.signal.aborted) throw deadline.signal.reason
      throw toStepError(error, request.url)
    } finally {
      deadline.clear()
    }
  }

  private async follow(first: Outgoing, request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    let outgoing = first
    const maxRedirects = request.maxRedirects ?? DEFAULT_MAX_REDIRECTS
    for (let hop = 0; ; hop++) {
      this.assertPermitted(outgoing.url)
      const { url, method, headers, body } = outgoing
      const answer = await send(url, { method, headers, body: body ?? null, dispatcher: this.dispatcher, signal })
      const location = answer.headers['location']
      if (maxRedirects > 0 && REDIRECTS.has(answer.statusCode) && typeof location === 'string') {
        await answer.body.dump()
        if (hop >= maxRedirects) throw tooManyRedirects(url, maxRedirects)
        outgoing = redirected(outgoing, answer.statusCode, location)
      } else return toResponse(answer, request.maxResponseBytes ?? DEFAULT_MAX_BYTES)
    }
  }

  /** Sockets check names as they resolve; what is decided by the URL alone is decided here. */
  private assertPermitted(url: URL): void {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new StepError('validation', `Only http and https can be called, not ${url.protocol}`)
    }
    const address = literalAddress(url.hostname)
    if (address !== undefined && !this.policy.permits(address)) throw addressRefused(url.hostname)
    const anyPort = address !== undefined && this.policy.isAllowListed(address)
    if (!anyPort && !PUBLIC_PORTS.has(url.port)) {
      throw new StepError('rejected', `Port ${url.port} of ${url.hostname} is not allowed`, {
        detail: 'Public services are called on the ports 80, 443, 8080 and 8443.',
      })
    }
  }
}

interface Outgoing {
  readonly url: URL
  readonly method: HttpMethod
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

function toOutgoing(request: HttpRequest, userAgent: string): Outgoing {
  const url = parseUrl(request.url)
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.append(name, String(value))
  const { body, contentType } = encodeBody(request)
  const given = lowerCased(request.headers ?? {})
  const headers = {
    'user-agent': userAgent,
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...given,
  }
  return { url, method: request.method ?? 'GET', headers, body }
}

function parseUrl(text: string): URL {
  try {
    const url = new URL(text)
    // Credentials in a URL end up in logs; they belong in a connection.
    if (url.username === '' && url.password === '') return url
  } catch {
    throw new StepError('validation', `"${text.slice(0, 200)}" is not a URL`, {
      detail: 'A URL begins with https:// or http://, then the host.',
    })
  }
  throw new StepError('validation', 'A URL must not hold a user name or password', {
    detail: 'Put them into a connection instead.',
  })
}

function encodeBody(request: HttpRequest): { body: string | undefined; contentType: string | undefined } {
  if (request.json !== undefined) return { body: JSON.stringify(request.json), contentType: 'application/json' }
  if (request.form !== undefined) {
    return { body: new URLSearchParams(request.form).toString(), contentType: 'application/x-www-form-urlencoded' }
  }
  return { body: request.text, contentType: request.text === undefined ? undefined : 'text/plain; charset=utf-8' }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** The request that a redirect asks for (RFC 9110 section 15.4). Secrets never travel to another origin. */
function redirected(from: Outgoing, status: number, location: string): Outgoing {
  const url = new URL(location, from.url)
  if (from.url.protocol === 'https:' && url.protocol === 'http:') {
    throw new StepError('rejected', `${from.url.host} redirects from https to http`, {
      detail: 'That would send the call in clear text.',
    })
  }
  const becomesGet = status === 303 || ((status === 301 || status === 302) && from.method === 'POST')
  const dropped = [
    ...(url.origin === from.url.origin ? [] : SECRET_HEADERS),
    ...(becomesGet ? ['content-type', 'content-length'] : []),
  ]
  const headers = Object.fromEntries(Object.entries(from.headers).filter(([name]) => !dropped.includes(name)))
  return { url, headers, method: becomesGet ? 'GET' : from.method, body: becomesGet ? undefined : from.body }
}

async function toResponse(answer: Dispatcher.ResponseData, maxBytes: number): Promise<HttpResponse> {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
  const text = await readBody(answer.body, headers['content-encoding'] ?? '', maxBytes)
  return { status: answer.statusCode, headers, text, json: () => parseJson(text) }
}

function parseJson(text: string): JsonValue {
  try {
    // What JSON.parse gives is a JSON value by definition.
    return JSON.parse(text) as JsonValue
  } catch (error) {
    throw new StepError('communication', 'The answer is not JSON', {
      detail: `It begins with: ${text.slice(0, 100)}`,
      cause: error,
    })
  }
}

function tooManyRedirects(url: URL, most: number): StepError {
  return new StepError('rejected', `${url.host} redirects too often`, {
    detail: `At most ${most} redirects are followed.`,
  })
}

/** Deliberate refusals come through undici as the cause of its own errors. */
function toStepError(error: unknown, url: string): unknown {
  if (isInlayError(error)) return error
  if (error instanceof Error && isInlayError(error.cause)) return error.cause
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (code === 'UND_ERR_INVALID_ARG') {
    return new StepError('validation', 'The request is not valid', {
      detail: error instanceof Error ? error.message : code,
    })
  }
  return unreachable(hostOf(url), error)
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'The service'
}
