import { createServer, type IncomingHttpHeaders } from 'node:http'
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

export interface StubAnswer {
  /** @default 200 */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: JsonValue
  readonly text?: string
}

/** Stands in for a third party's service: answers as told and keeps what it was asked. */
export interface StubServer {
  readonly url: string
  readonly requests: readonly StubRequest[]
  close(): Promise<void>
}

/** Starts a stub on a free port of this machine. An answer of `'hang'` is never sent. */
export async function startStubServer(answer: (request: StubRequest) => StubAnswer | 'hang'): Promise<StubServer> {
  const requests: StubRequest[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = 'GET', url = '/', headers } = incoming
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() }
      requests.push(request)
      const given = answer(request)
      if (given === 'hang') return
      const isJson = given.json !== undefined
      outgoing.writeHead(given.status ?? 200, {
        ...(isJson ? { 'content-type': 'application/json' } : {}),
        ...given.headers,
      })
      outgoing.end(isJson ? JSON.stringify(given.json) : (given.text ?? ''))
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
