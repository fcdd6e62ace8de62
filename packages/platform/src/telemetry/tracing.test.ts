import { createServer } from 'node:http'
import { createEgress } from '@inlay/engine/http'
import { describe, expect, it } from 'vitest'
import { startTracing } from './tracing.js'

/** A collector that keeps what it is sent. */
async function startCollector() {
  const received: { path: string; body: string }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ path: `${request.method} ${request.url}`, body: Buffer.concat(chunks).toString('latin1') })
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { received, endpoint: `http://127.0.0.1:${port}`, close }
}

describe('tracing', () => {
  it('sends the spans of outbound calls to the collector, under the name of the process', async () => {
    const { received, endpoint, close } = await startCollector()
    const tracing = await startTracing({ service: 'worker', endpoint: `${endpoint}/` })
    const egress = createEgress({ allow: ['127.0.0.1/32'] })
    await egress.http.request({ url: `${endpoint}/orders?key=canary` })
    await egress.close()
    await tracing.stop()
    const [traces] = received.filter(({ path }) => path === 'POST /v1/traces')
    expect(traces?.body).toContain('service.name')
    expect(traces?.body).toContain('worker')
    expect(traces?.body).toContain('http.request.method')
    expect(traces?.body).not.toContain('canary')
    close()
  })

  it('does nothing without a collector', async () => {
    const tracing = await startTracing({ service: 'worker', endpoint: undefined })
    await expect(tracing.stop()).resolves.toBeUndefined()
  })
})
