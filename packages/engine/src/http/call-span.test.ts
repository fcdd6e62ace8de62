import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId, TenantId } from '../contracts/ids.js'
import { governedDoors } from '../policies/governed-doors.js'
import { createMemoryGovernor } from '../policies/memory-governor.js'
import { systemClock } from '../run/system-clock.js'
import { createEgress, type Egress } from './egress.js'

const CANARY = 'canary-7f3a'
const exporter = new InMemorySpanExporter()
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
let seen: IncomingHttpHeaders = {}
let server: Server
let port = 0
let egress: Egress

beforeAll(async () => {
  provider.register()
  server = createServer((request, response) => {
    seen = request.headers
    if (request.url?.startsWith('/hang') !== true) response.writeHead(request.url?.startsWith('/no') ? 404 : 200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  egress = createEgress({ allow: ['127.0.0.1/32'], traceHosts: [`127.0.0.1:${port}`] })
})

beforeEach(() => exporter.reset())

afterAll(async () => {
  await egress.close()
  server.closeAllConnections()
  server.close()
  await provider.shutdown()
  for (const api of [trace, context, propagation]) api.disable()
})

const spans = () =>
  exporter.getFinishedSpans().map(({ name, kind, attributes, status }) => ({ name, kind, attributes, status }))

function doors() {
  const clock = systemClock()
  const caller = {
    tenantId: 'ten_1' as TenantId,
    connectorId: 'crm',
    connectionId: 'con_1' as ConnectionId,
    attempt: 3,
  }
  return governedDoors(egress, { clock, governor: createMemoryGovernor({ clock }) }, caller)
}

describe('the span of a call', () => {
  it('says whose call it was, where it went and how it ended', async () => {
    await doors().http.request({ method: 'POST', url: `http://127.0.0.1:${port}/no`, json: {} })
    expect(spans()).toEqual([
      {
        name: 'POST',
        kind: SpanKind.CLIENT,
        status: { code: SpanStatusCode.ERROR },
        attributes: {
          'http.request.method': 'POST',
          'http.request.resend_count': 2,
          'http.response.status_code': 404,
          'server.address': '127.0.0.1',
          'server.port': port,
          'error.type': '404',
          'inlay.connector.id': 'crm',
          'inlay.connection.id': 'con_1',
        },
      },
    ])
  })

  it('is there for sockets and for calls that fail, too', async () => {
    await egress.http.request({ url: `http://127.0.0.1:${port}/hang`, timeoutMs: 30 }).catch(() => undefined)
    await egress.http.request({ url: 'http://10.0.0.1/' }).catch(() => undefined)
    const socket = await doors().net.connect({ host: '127.0.0.1', port })
    socket.destroy()
    const told = spans().map(({ name, attributes, status }) => [name, attributes['error.type'], status.code])
    expect(told).toEqual([
      ['GET', 'step.timeout', SpanStatusCode.ERROR],
      ['GET', 'step.rejected', SpanStatusCode.ERROR],
      ['connect', undefined, SpanStatusCode.UNSET],
    ])
  })

  it('holds nothing of the query, the headers and the body', async () => {
    const url = `http://127.0.0.1:${port}/${CANARY}?key=${CANARY}`
    await doors().http.request({ method: 'PUT', url, headers: { authorization: CANARY }, text: CANARY })
    expect(spans()).toHaveLength(1)
    expect(JSON.stringify(spans())).not.toContain(CANARY)
  })

  it('is continued by hosts that are ours, and by nobody else', async () => {
    await doors().http.request({ url: `http://127.0.0.1:${port}/` })
    const [span] = exporter.getFinishedSpans()
    expect(seen['traceparent']).toBe(`00-${span?.spanContext().traceId}-${span?.spanContext().spanId}-01`)
    const plain = createEgress({ allow: ['127.0.0.1/32'] })
    await plain.http.request({ url: `http://127.0.0.1:${port}/` })
    expect(seen['traceparent']).toBeUndefined()
    await plain.close()
  })
})
