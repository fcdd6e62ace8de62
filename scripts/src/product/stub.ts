/**
 * The demo's third-party service: answers every call and keeps the last ones. `GET /calls` shows them. It has a loopback
 * address of its own where the system allows, so that automations may call it and nothing else on this machine.
 */
import { createServer, type IncomingMessage } from 'node:http'

const MAX_CALLS = 1000
const calls: { at: string; method: string; path: string; idempotencyKey: string | null; body: string }[] = []

const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  if (request.method === 'GET' && request.url === '/calls') {
    response.end(JSON.stringify({ calls }))
    return
  }
  void readText(request).then((body) => {
    const key = request.headers['idempotency-key']
    calls.push({
      at: new Date().toISOString(),
      method: request.method ?? '',
      path: request.url ?? '',
      idempotencyKey: typeof key === 'string' ? key : null,
      body,
    })
    if (calls.length > MAX_CALLS) calls.shift()
    response.end(JSON.stringify({ ok: true, received: body.length }))
  })
})

async function readText(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text.slice(0, 100_000)
}

server.listen(Number(process.env['STUB_PORT'] ?? 0), process.env['STUB_HOST'] ?? '127.0.0.1', () => {
  process.send?.('ready')
})
process.on('SIGTERM', () => {
  server.closeAllConnections()
  server.close(() => process.exit(0))
})
