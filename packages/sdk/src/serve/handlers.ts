import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ServedConnector } from './serve-connector.js'

/** Room for the files that may come along with a call, in Base64. */
const MAX_BODY_BYTES = 20 * 1024 * 1024

/**
 * A handler for servers that speak `fetch`: Hono, Next.js, Deno, Bun, Workers.
 *
 * @example
 * export const POST = toFetchHandler(serveConnector(connector, { secret }))
 */
export function toFetchHandler(served: ServedConnector): (request: Request) => Promise<Response> {
  return async (request) => {
    const { status, headers, body } = await served.answer({
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
      signal: request.signal,
    })
    return new Response(body, { status, headers })
  }
}

/** What Express adds to Node's request, when a body parser came before. */
type ParsedRequest = IncomingMessage & { readonly body?: unknown }

/**
 * A handler for Express and for Node's own server. Mount it before any body parser: signatures are of the bytes as they
 * came.
 *
 * @example
 * app.post('/inlay', toNodeHandler(serveConnector(connector, { secret })))
 */
export function toNodeHandler(
  served: ServedConnector,
): (request: ParsedRequest, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const body = await readBody(request)
    if (typeof body !== 'string') return send(response, body)
    const gone = new AbortController()
    // A caller that hangs up waits no longer: the connector may stop.
    response.once('close', () => gone.abort())
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, textOf(value)]))
    send(response, await served.answer({ method: request.method ?? 'GET', headers, body, signal: gone.signal }))
  }
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The body as it came; or why it cannot be taken. */
async function readBody(request: ParsedRequest): Promise<string | Answer> {
  if (typeof request.body === 'string') return request.body
  if (request.body instanceof Uint8Array) return Buffer.from(request.body).toString()
  if (request.body !== undefined) return problem(500, 'A body parser came first: mount the connector before it.')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) return problem(413, 'The call is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function problem(status: number, title: string): Answer {
  return { status, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify({ status, title }) }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'cache-control': 'no-store' }).end(body)
}

function textOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
