import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createEgress } from '@inlay/engine/http'
import { createVault, openKeyWrapper } from '@inlay/platform/vault'
import { createWebhookMetrics, startWebhookDeliveries } from '@inlay/platform/webhooks'
import { verify } from '@inlay/sdk/webhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from './test-server.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const redisUrl = process.env['INLAY_TEST_REDIS_URL']
const CLI = fileURLToPath(new URL('../../../../packages/sdk/src/cli/main.ts', import.meta.url))

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A vendor's backend that takes webhooks. */
async function startBackend(): Promise<{ server: Server; url: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(202).end('taken')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an AddressInfo.
  return { server, received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks` }
}

describe.skipIf(serverUrl === undefined || redisUrl === undefined)('webhooks of the API', () => {
  let server: TestServer
  let backend: Awaited<ReturnType<typeof startBackend>>

  beforeAll(async () => {
    server = await startTestServer({ serverUrl: serverUrl ?? '', redisUrl: redisUrl ?? '' })
    backend = await startBackend()
  })

  afterAll(async () => {
    backend?.server.close()
    await server?.close()
  })

  async function publish(): Promise<string> {
    const definition = { schema: 'inlay/workflow@1', name: 'Told', trigger: { type: 'manual' }, steps: [] }
    const { body } = await server.post('/v1/workflows', {
      ...{ customerId: server.demo.customerId, name: 'Told', definition },
    })
    expect((await server.post(`/v1/workflows/${body.id}/publish`)).status).toBe(201)
    return body.id
  }

  it('are sent to an address, where our own SDK knows them for ours', async () => {
    const made = await server.post('/v1/webhook-endpoints', { url: backend.url, eventTypes: ['workflow.published'] })
    expect([made.status, made.body.secret]).toEqual([201, expect.stringMatching(/^whsec_/)])
    const { id, secret } = made.body
    const workflowId = await publish()
    const { database, log, config, services, metrics } = server.plane
    const egress = createEgress({ allow: ['127.0.0.0/8'] })
    const sending = startWebhookDeliveries({
      ...{ database, log, audit: services.audit, metrics: createWebhookMetrics(metrics.registry) },
      vault: createVault({ database, wrapper: openKeyWrapper(config), audit: services.audit }),
      http: egress.http,
      leader: { isLeader: async () => true, resign: async () => undefined },
    })
    await expect.poll(() => backend.received.length, { timeout: 10_000 }).toBe(1)
    await sending.stop()
    await egress.close()
    const counted = await (await fetch(`${server.base}/metrics`)).text()
    expect(counted).toContain('inlay_webhook_deliveries_total{outcome="succeeded",service="control-plane"} 1')
    expect(counted).toContain('inlay_webhook_deliveries_waiting{when="due",service="control-plane"} 0')
    const [{ headers, body } = { headers: {}, body: '' }] = backend.received
    expect(verify(body, headers, { secrets: secret })).toMatchObject({ ok: true })
    expect(JSON.parse(body)).toMatchObject({ type: 'workflow.published', data: { workflowId, version: 1 } })
    const { body: log1 } = await server.get(`/v1/webhook-endpoints/${id}/deliveries`)
    expect(log1.data).toMatchObject([{ status: 'succeeded', responseStatus: 202, responseBody: 'taken', body }])
    expect(JSON.stringify((await server.get('/v1/webhook-endpoints')).body)).not.toContain(secret)
    const again = await server.post(`/v1/webhook-endpoints/${id}/deliveries/${log1.data[0].id}/redeliver`)
    expect(again.body).toMatchObject({ status: 'pending', messageId: log1.data[0].messageId })
    const { body: removed } = await server.call(`/v1/webhook-endpoints/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${server.demo.apiKey}` },
    })
    expect(removed).toEqual({})
  })

  it('are fetched and forwarded by `inlay listen`, until Ctrl-C', async () => {
    backend.received.length = 0
    const refused = startListen({ INLAY_API_KEY: 'test-key', INLAY_URL: server.base }, backend.url)
    const program = startListen({ INLAY_API_KEY: server.demo.apiKey, INLAY_URL: server.base }, backend.url)
    try {
      await expect.poll(() => program.output(), { timeout: 20_000 }).toContain('Ctrl-C ends it.')
      const secret = /Signed with (whsec_\S+)/.exec(program.output())?.[1] ?? ''
      await publish()
      await expect.poll(() => program.output(), { timeout: 10_000 }).toMatch(/workflow\.published +202 +\d+ ms/)
      const [{ headers, body } = { headers: {}, body: '' }] = backend.received
      expect(verify(body, headers, { secrets: secret })).toMatchObject({ ok: true })
      program.child.kill('SIGINT')
      expect(await program.ended).toBe(0)
      expect((await server.get('/v1/webhook-endpoints')).body.data).toEqual([])
      expect(await refused.ended).toBe(1)
      expect(refused.output()).toContain('unknown, has expired or was revoked')
      expect(refused.output()).not.toContain('test-key')
    } finally {
      for (const { child } of [program, refused]) child.kill('SIGKILL')
    }
  })
})

function startListen(env: Record<string, string>, forward: string) {
  const options = ['--conditions=inlay-source', '--import', 'tsx']
  const child: ChildProcess = spawn(process.execPath, [...options, CLI, 'listen', '--forward', forward], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, ended, output: () => output }
}
