/** `node:http`, `node:https` and `fetch` whose requests the parent makes. */
import http from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import { Readable, Writable } from 'node:stream'

/** @import { DoorAnswer, DoorQuestion } from '../protocol.js' */
/** @typedef {(question: Extract<DoorQuestion, { op: 'http' }>) => Promise<DoorAnswer>} AskDoor */

const NULL_BODY_STATUSES = [101, 204, 205, 304]

/**
 * Replaces what makes requests.
 *
 * @param {AskDoor} ask
 */
export function openHttpDoor(ask) {
  const modules = /** @type {const} */ ([
    [http, 'http:'],
    [https, 'https:'],
  ])
  for (const [target, protocol] of modules) {
    /** @param {unknown[]} given */
    const request = (...given) => new DoorRequest(ask, protocol, given)
    /** @param {unknown[]} given */
    const get = (...given) => {
      const made = request(...given)
      made.end()
      return made
    }
    Object.assign(target, { request, get })
  }
  Object.assign(http, { ClientRequest: DoorRequest })
  globalThis.fetch = (input, init) => fetchThroughDoor(ask, input, init)
  syncBuiltinESMExports()
}

/**
 * @param {AskDoor} ask
 * @param {Parameters<typeof fetch>[0]} input
 * @param {Parameters<typeof fetch>[1]} init
 */
async function fetchThroughDoor(ask, input, init) {
  const request = new Request(input, init)
  request.signal.throwIfAborted()
  const bytes = Buffer.from(await request.arrayBuffer())
  const answer = await ask({
    op: 'http',
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: bytes.toString('base64'),
    isRedirected: request.redirect === 'follow',
  })
  request.signal.throwIfAborted()
  if (!('status' in answer)) throw new TypeError('fetch failed', { cause: doorError(answer) })
  const body = NULL_BODY_STATUSES.includes(answer.status) ? null : Buffer.from(answer.body, 'base64')
  const response = new Response(body, { status: answer.status, headers: answer.headers })
  Object.defineProperty(response, 'url', { value: request.url })
  return response
}

/** @param {Exclude<DoorAnswer, { status: number }>} answer */
function doorError(answer) {
  const message = 'error' in answer ? answer.error : 'The parent gave no answer.'
  return Object.assign(new Error(message), { code: 'ERR_INLAY_DOOR' })
}

/** As much of `http.ClientRequest` as HTTP clients use: the body is collected, and sent when it is complete. */
class DoorRequest extends Writable {
  /** @type {AskDoor} */ #ask
  /** @type {string} */ #url
  /** @type {Map<string, string>} */ #headers = new Map()
  /** @type {Buffer[]} */ #chunks = []
  /** @type {NodeJS.Timeout | undefined} */ #timer
  aborted = false
  reusedSocket = false

  /**
   * @param {AskDoor} ask
   * @param {string} protocol
   * @param {unknown[]} given
   */
  constructor(ask, protocol, given) {
    // A request is done when it is answered, not when it is sent.
    super({ autoDestroy: false })
    const { url, options, callback } = readArguments(protocol, given)
    this.#ask = ask
    this.#url = url.href
    this.method = String(options['method'] ?? 'GET').toUpperCase()
    this.protocol = url.protocol
    this.host = url.hostname
    this.path = `${url.pathname}${url.search}`
    this.#takeHeaders(options['headers'])
    if (typeof options['auth'] === 'string' && !this.hasHeader('authorization')) {
      this.setHeader('authorization', `Basic ${Buffer.from(options['auth']).toString('base64')}`)
    }
    if (callback !== undefined) this.once('response', callback)
    if (typeof options['timeout'] === 'number') this.setTimeout(options['timeout'])
    const { signal } = options
    if (signal instanceof AbortSignal)
      signal.addEventListener('abort', () => this.destroy(signal.reason), { once: true })
  }

  /** @param {unknown} headers */
  #takeHeaders(headers) {
    if (typeof headers !== 'object' || headers === null) return
    if (!Array.isArray(headers)) {
      for (const [name, value] of Object.entries(headers)) if (value !== undefined) this.setHeader(name, value)
      return
    }
    const pairs = headers.every(Array.isArray) ? headers.flat() : headers
    for (let index = 0; index + 1 < pairs.length; index += 2) this.setHeader(pairs[index], pairs[index + 1])
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  setHeader(name, value) {
    this.#headers.set(String(name).toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value))
    return this
  }

  /** @param {string} name */
  getHeader(name) {
    return this.#headers.get(name.toLowerCase())
  }

  /** @param {string} name */
  hasHeader(name) {
    return this.#headers.has(name.toLowerCase())
  }

  /** @param {string} name */
  removeHeader(name) {
    this.#headers.delete(name.toLowerCase())
  }

  getHeaders() {
    return Object.fromEntries(this.#headers)
  }

  getHeaderNames() {
    return [...this.#headers.keys()]
  }

  /** Nothing is sent before the body is complete. */
  flushHeaders() {}
  setNoDelay() {}
  setSocketKeepAlive() {}

  /**
   * @param {number} ms
   * @param {() => void} [callback]
   */
  setTimeout(ms, callback) {
    clearTimeout(this.#timer)
    if (callback !== undefined) this.once('timeout', callback)
    if (ms > 0 && Number.isFinite(ms)) this.#timer = setTimeout(() => this.emit('timeout'), ms).unref()
    return this
  }

  abort() {
    if (this.aborted) return
    this.aborted = true
    this.emit('abort')
    this.destroy()
  }

  /**
   * @override
   * @param {Buffer | string} chunk
   * @param {BufferEncoding} encoding
   * @param {(error?: Error | null) => void} done
   */
  _write(chunk, encoding, done) {
    this.#chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk))
    done()
  }

  /**
   * @override
   * @param {(error?: Error | null) => void} done
   */
  _final(done) {
    done()
    this.#send().catch((error) => this.destroy(error))
  }

  /**
   * @override
   * @param {Error | null} error
   * @param {(error?: Error | null) => void} done
   */
  _destroy(error, done) {
    clearTimeout(this.#timer)
    done(error)
  }

  async #send() {
    const answer = await this.#ask({
      op: 'http',
      method: this.method,
      url: this.#url,
      headers: this.getHeaders(),
      body: Buffer.concat(this.#chunks).toString('base64'),
      isRedirected: false,
    })
    clearTimeout(this.#timer)
    if (this.destroyed) return
    if (!('status' in answer)) throw doorError(answer)
    const response = Object.assign(Readable.from([Buffer.from(answer.body, 'base64')], { objectMode: false }), {
      statusCode: answer.status,
      statusMessage: http.STATUS_CODES[answer.status] ?? '',
      headers: splitCookies(answer.headers),
      rawHeaders: Object.entries(answer.headers).flat(),
      trailers: {},
      rawTrailers: [],
      httpVersion: '1.1',
      httpVersionMajor: 1,
      httpVersionMinor: 1,
      complete: true,
      aborted: false,
      req: this,
      setTimeout: () => response,
    })
    Object.assign(this, { res: response })
    if (!this.emit('response', response)) response.resume()
  }
}

/** @param {Readonly<Record<string, string>>} headers */
function splitCookies({ 'set-cookie': cookie, ...headers }) {
  return cookie === undefined ? headers : { ...headers, 'set-cookie': [cookie] }
}

/**
 * @param {string} protocol
 * @param {unknown[]} given `url`, `options` and `callback`, the first two as one or both
 */
function readArguments(protocol, given) {
  const rest = [...given]
  const base = typeof rest[0] === 'string' || rest[0] instanceof URL ? new URL(String(rest.shift())) : undefined
  const last = rest.pop()
  const callback = typeof last === 'function' ? /** @type {(response: unknown) => void} */ (last) : undefined
  const found = callback === undefined ? last : rest.pop()
  const options = /** @type {Record<string, unknown>} */ (typeof found === 'object' && found !== null ? found : {})
  if (options['socketPath'] !== undefined && options['socketPath'] !== null) {
    throw doorError({ error: 'Pieces cannot talk to sockets of this machine.' })
  }
  return { url: urlOf(base, protocol, options), options, callback }
}

/**
 * @param {URL | undefined} base
 * @param {string} protocol
 * @param {Record<string, unknown>} options
 */
function urlOf(base, protocol, options) {
  if (base !== undefined) {
    if (typeof options['path'] === 'string') return new URL(options['path'], base)
    return base
  }
  const host = String(options['hostname'] ?? options['host'] ?? 'localhost')
  const name = host.includes(':') && !host.startsWith('[') && host.split(':').length > 2 ? `[${host}]` : host
  const port =
    options['port'] === undefined || options['port'] === null || name.endsWith(`:${options['port']}`)
      ? ''
      : `:${options['port']}`
  const origin = `${options['protocol'] ?? protocol}//${name}${port}`
  const path = String(options['path'] ?? '/')
  return path.startsWith('/') ? new URL(`${origin}${path}`) : new URL(path, origin)
}
