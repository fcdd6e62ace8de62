import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonValue } from '@inlay/engine'

/** A request as the stub received it. */
export interface StubRequest {
  readonly method: string
  /** With the query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** As text. */
  readonly body: string
  readonly bytes: Uint8Array
  /** The body's data. @throws SyntaxError when it is not JSON */
  json(): JsonValue
  /** The body of a form, or the query of a request without one. */
  form(): URLSearchParams
}

/** What a stub server answers. */
export interface StubAnswer {
  /** @default 200 */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** At most one of `json`, `text`, `bytes`. */
  readonly json?: JsonValue
  readonly text?: string
  readonly bytes?: Uint8Array
  /** Milliseconds before the answer is sent. @default 0 */
  readonly delayMs?: number
}

/** Instead of an answer: `'hang'` never sends one, `'reset'` drops the connection, `'cut'` drops it in the middle of a body. */
export type StubFailure = 'hang' | 'reset' | 'cut'

/** Decides on the answer to a request. */
export type StubHandler = (request: StubRequest) => StubAnswer | StubFailure | Promise<StubAnswer | StubFailure>

/** Answers by method and path without query, such as `'POST /chat.postMessage'`; anything else is a 404. */
export type StubRoutes = Readonly<Record<string, StubAnswer | StubFailure | StubHandler>>

/** Stands in for a third party's service: answers as told and keeps what it was asked. */
export interface StubServer {
  readonly url: string
  readonly requests: readonly StubRequest[]
  /** Ends the server and the connections to it. */
  close(): Promise<void>
}

/** Starts a stub on a free port of this machine. @param answers a table of routes, or one handler for all requests */
export async function startStubServer(answers: StubRoutes | StubHandler): Promise<StubServer> {
  const handle = typeof answers === 'function' ? answers : toHandler(answers)
  const requests: StubRequest[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    // A client that went away in the middle of its request needs no answer.
    incoming.on('error', () => {})
    incoming.on('end', async () => {
      const request = toRequest(incoming, Buffer.concat(chunks))
      requests.push(request)
      send(outgoing, await safely(handle, request))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an AddressInfo, never a pipe's name.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function toRequest({ method = 'GET', url = '/', headers }: IncomingMessage, bytes: Buffer): StubRequest {
  const body = bytes.toString()
  return {
    method,
    url,
    headers,
    body,
    bytes,
    // What JSON.parse gives is a JSON value by definition.
    json: () => JSON.parse(body) as JsonValue,
    form: () => new URLSearchParams(body === '' ? (url.split('?')[1] ?? '') : body),
  }
}

function toHandler(routes: StubRoutes): StubHandler {
  return (request) => {
    const route = `${request.method} ${request.url.split('?')[0]}`
    const answer = Object.hasOwn(routes, route) ? routes[route] : undefined
    if (answer === undefined) return { status: 404, text: `The stub has no route ${route}.` }
    return typeof answer === 'function' ? answer(request) : answer
  }
}

/** A handler that throws would otherwise end the test's process instead of failing its test. */
async function safely(handle: StubHandler, request: StubRequest): Promise<StubAnswer | StubFailure> {
  try {
    return await handle(request)
  } catch (error) {
    return { status: 500, text: `The stub's handler threw: ${error instanceof Error ? error.message : String(error)}` }
  }
}

function send(outgoing: ServerResponse, answer: StubAnswer | StubFailure): void {
  if (answer === 'hang') return
  if (answer === 'reset') return void outgoing.socket?.resetAndDestroy()
  if (answer === 'cut') {
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    return void outgoing.write('{"cut":', () => outgoing.socket?.destroy())
  }
  const { status = 200, headers, json, text = '', bytes, delayMs = 0 } = answer
  const body = json === undefined ? (bytes ?? text) : JSON.stringify(json)
  const write = (): void => {
    outgoing.writeHead(status, { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers })
    outgoing.end(body)
  }
  if (delayMs === 0) write()
  else setTimeout(write, delayMs).unref()
}
