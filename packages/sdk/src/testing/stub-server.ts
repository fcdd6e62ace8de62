import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonValue } from '@inlay/engine'

/** A request as the stub received it. */
export interface StubRequest {
  readonly method: string
  /** With the query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What a stub server answers. */
export interface StubAnswer {
  /** @default 200 */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: JsonValue
  readonly text?: string
}

/** Decides on the answer to a request; `'hang'` is never sent. */
export type StubHandler = (request: StubRequest) => StubAnswer | 'hang'

/** Answers by method and path without query, such as `'POST /chat.postMessage'`; anything else is a 404. */
export type StubRoutes = Readonly<Record<string, StubAnswer | 'hang' | StubHandler>>

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
    incoming.on('end', () => {
      const { method = 'GET', url = '/', headers } = incoming
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() }
      requests.push(request)
      send(outgoing, safely(handle, request))
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

function toHandler(routes: StubRoutes): StubHandler {
  return (request) => {
    const route = `${request.method} ${request.url.split('?')[0]}`
    const answer = Object.hasOwn(routes, route) ? routes[route] : undefined
    if (answer === undefined) return { status: 404, text: `The stub has no route ${route}.` }
    return typeof answer === 'function' ? answer(request) : answer
  }
}

/** A handler that throws would otherwise end the test's process instead of failing its test. */
function safely(handle: StubHandler, request: StubRequest): StubAnswer | 'hang' {
  try {
    return handle(request)
  } catch (error) {
    return { status: 500, text: `The stub's handler threw: ${error instanceof Error ? error.message : String(error)}` }
  }
}

function send(outgoing: ServerResponse, answer: StubAnswer | 'hang'): void {
  if (answer === 'hang') return
  const isJson = answer.json !== undefined
  outgoing.writeHead(answer.status ?? 200, {
    ...(isJson ? { 'content-type': 'application/json' } : {}),
    ...answer.headers,
  })
  outgoing.end(isJson ? JSON.stringify(answer.json) : (answer.text ?? ''))
}
