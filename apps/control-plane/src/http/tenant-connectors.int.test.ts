import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Connector, RunId } from '@inlay/engine'
import { importOpenApi } from '@inlay/openapi'
import { action, defineConnector, productEventTrigger, z } from '@inlay/sdk/connector'
import { type ServedConnector, serveConnector, toNodeHandler } from '@inlay/sdk/serve'
import { type StubServer, startStubServer } from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasServers, startTestServer, type TestServer } from './test-server.js'

const SECRET = 'test-secret-of-the-shop-and-us'

function shop(version: string, id = 'our-shop', description = 'Orders of the shop.'): Connector {
  return defineConnector({
    id,
    version,
    name: 'Our shop',
    description,
    auth: { kind: 'none' },
    actions: {
      ship: action({
        name: 'Ship',
        description: 'Ships an order.',
        input: z.strictObject({ order: z.string().min(1).meta({ title: 'Order' }) }),
        output: z.object({ shipped: z.string(), for: z.string() }),
        sampleInput: { order: 'A-1' },
        sampleOutput: { shipped: 'A-1', for: 'acme' },
        run: async ({ input, caller }) => ({ shipped: input.order, for: caller?.externalId ?? '' }),
      }),
    },
    triggers: {
      placed: productEventTrigger({
        name: 'Order placed',
        description: 'Starts for each order.',
        event: 'order.placed',
        input: z.strictObject({ channel: z.string().optional().meta({ title: 'Channel' }) }),
        output: z.object({ order: z.string(), channel: z.string() }),
        sampleOutput: { order: 'A-1', channel: 'web' },
      }),
    },
  })
}

describe.skipIf(!hasServers())('connectors of a tenant’s own', () => {
  let server: TestServer
  let backend: Server
  let url: string
  let stub: StubServer
  let served: ServedConnector

  beforeAll(async () => {
    served = serveConnector(shop('1.0.0'), { secret: SECRET })
    backend = createServer((request, response) => toNodeHandler(served)(request, response))
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
    // A server that listens on TCP has an AddressInfo, never a pipe's name.
    url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}/inlay`
    stub = await startStubServer({ 'GET /orders/A-1': { json: { id: 'A-1', total: 42 } } })
    const options = { egressAllow: '127.0.0.0/8' }
    server = await startTestServer(options)
  })

  afterAll(async () => {
    await server?.close()
    await stub?.close()
    backend?.close()
  })

  async function run(definition: object, input: unknown = {}) {
    const { customerId } = server.demo
    const created = await server.post('/v1/workflows', { customerId, name: 'Own', definition })
    if (created.status >= 400) return { created, result: undefined }
    await server.post(`/v1/workflows/${created.body.id}/publish`)
    const { body } = await server.post(`/v1/workflows/${created.body.id}/runs`, { input })
    await server.plane.engine.execute([body.id as RunId])
    return { created, result: (await server.get(`/v1/runs/${body.id}`)).body }
  }

  const shipping = (version?: string) => ({
    schema: 'inlay/workflow@1',
    name: 'Own',
    trigger: { type: 'manual' },
    steps: [
      {
        id: 'ship',
        type: 'action',
        connector: 'our-shop',
        ...(version === undefined ? {} : { version }),
        action: 'ship',
        input: { order: '{{ trigger.order }}' },
      },
    ],
  })

  it('are registered by their address, shown like others, and run where they are served, for a known customer', async () => {
    const registered = await server.post('/v1/tenant-connectors/remote', { url, secret: SECRET })
    expect(registered).toMatchObject({
      status: 200,
      body: { connector: 'our-shop', status: 'ok', detail: null, versions: ['1.0.0'], secret: SECRET },
    })
    const shown = await server.get(`/v1/tenant-connectors/${registered.body.id}`)
    expect(shown.body).not.toHaveProperty('secret')
    const listed = await server.get('/v1/connectors?search=our-shop')
    expect(listed.body.data).toMatchObject([{ id: 'our-shop', version: '1.0.0', counts: { actions: 1, triggers: 1 } }])
    expect((await server.get('/v1/connectors/our-shop')).body.actions).toMatchObject([
      { id: 'ship', inputSchema: { properties: { order: { title: 'Order' } } } },
    ])
    const { result } = await run(shipping(), { order: 'A-7' })
    expect(result).toMatchObject({ status: 'succeeded', output: { shipped: 'A-7', for: expect.stringMatching(/.+/) } })
  })

  it('start workflows on events of the product, when the payload is as the trigger says', async () => {
    const { customerId } = server.demo
    const trigger = { type: 'connector', connector: 'our-shop', trigger: 'placed', input: { channel: 'web' } }
    const definition = { schema: 'inlay/workflow@1', name: 'On order', trigger, steps: [] }
    const { body: workflow } = await server.post('/v1/workflows', { customerId, name: 'On order', definition })
    expect((await server.post(`/v1/workflows/${workflow.id}/publish`)).status).toBe(201)
    // What a worker finds out; there is none here.
    await server.test
      .admin`UPDATE inlay.connector_triggers SET status = 'active', kind = 'event', event = 'order.placed'
      WHERE workflow_id = ${workflow.id}`
    for (const [id, channel] of [
      ['e1', 'web'],
      ['e2', 'phone'],
    ]) {
      await server.post('/v1/events', { id, name: 'order.placed', customerId, payload: { order: 'A-1', channel } })
    }
    const { data } = (await server.get(`/v1/runs?workflowId=${workflow.id}`)).body
    expect(data).toHaveLength(1)
  })

  it('keep what a version says of itself, and stand side by side', async () => {
    const [{ id }] = (await server.get('/v1/tenant-connectors')).body.data
    served = serveConnector(shop('1.0.0', 'our-shop', 'Something else.'), { secret: SECRET })
    expect((await server.post(`/v1/tenant-connectors/${id}/refresh`)).body).toMatchObject({
      status: 'failing',
      detail: expect.stringContaining('Raise the version'),
    })
    served = serveConnector(shop('1.10.0'), { secret: SECRET, versions: [shop('1.0.0')] })
    expect((await server.post(`/v1/tenant-connectors/${id}/refresh`)).body).toMatchObject({
      status: 'ok',
      versions: ['1.10.0', '1.0.0'],
    })
    expect((await run(shipping('1.0.0'), { order: 'old' })).result).toMatchObject({ status: 'succeeded' })
    const { created } = await run(shipping('3.0.0'))
    expect(JSON.stringify(created.body)).toContain('3.0.0')
    served = serveConnector(shop('1.10.0', 'other-shop'), { secret: SECRET })
    expect((await server.post(`/v1/tenant-connectors/${id}/refresh`)).body).toMatchObject({
      status: 'failing',
      detail: expect.stringContaining('"our-shop"'),
    })
    served = serveConnector(shop('1.10.0'), { secret: SECRET })
  })

  it('change their secret without a moment in which nobody understands each other', async () => {
    const [{ id }] = (await server.get('/v1/tenant-connectors')).body.data
    const { body } = await server.post(`/v1/tenant-connectors/${id}/rotate-secret`)
    expect(body.secret).toMatch(/^ics_/)
    expect((await run(shipping(), { order: 'before' })).result).toMatchObject({ status: 'succeeded' })
    served = serveConnector(shop('1.10.0'), { secret: body.secret })
    expect((await run(shipping(), { order: 'after' })).result).toMatchObject({ status: 'succeeded' })
    served = serveConnector(shop('1.10.0'), { secret: 'a-secret-that-nobody-else-knows' })
    expect((await run(shipping(), { order: 'x' })).result).toMatchObject({
      status: 'failed',
      error: { kind: 'authentication' },
    })
    served = serveConnector(shop('1.10.0'), { secret: body.secret })
  })

  it('neither take the place of the deployment’s own nor come from addresses that are none', async () => {
    served = serveConnector(shop('1.0.0', 'slack'), { secret: SECRET })
    const taken = await server.post('/v1/tenant-connectors/remote', { url, secret: SECRET })
    expect(taken.body).toMatchObject({ status: 'pending', connector: null, detail: expect.stringContaining('"slack"') })
    await server.call(`/v1/tenant-connectors/${taken.body.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${server.demo.apiKey}` },
    })
    for (const wrong of ['ftp://x', 'http://shop.example/inlay', 'https://a:b@shop.example', 'nonsense']) {
      const refused = await server.post('/v1/tenant-connectors/remote', { url: wrong })
      expect([refused.status, refused.body.code]).toEqual([400, 'tenant_connector.url'])
    }
    const silent = await server.post('/v1/tenant-connectors/remote', { url: 'http://127.0.0.1:9/inlay' })
    expect(silent.body).toMatchObject({ status: 'pending', detail: expect.stringContaining('127.0.0.1') })
  })

  it('are nobody else’s: another tenant neither sees nor runs them', async () => {
    const { services } = server.plane
    const other = { name: 'Other', slug: `other-${Date.now()}`, allowedOrigins: [] }
    const scope = { tenantId: await services.tenancy.createTenant(other) }
    expect(await services.tenantConnectors.list(scope)).toEqual([])
    await expect(services.catalog.get(scope, 'our-shop')).rejects.toMatchObject({ code: 'connector.not_found' })
  })

  it('can be made of an OpenAPI document', async () => {
    const document = {
      openapi: '3.1.0',
      info: { title: 'Warehouse', version: '2.0.0' },
      servers: [{ url: stub.url }],
      paths: {
        '/orders/{id}': {
          get: {
            operationId: 'getOrder',
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
            responses: {
              200: {
                description: 'The order',
                content: {
                  'application/json': { schema: { type: 'object', properties: { total: { type: 'number' } } } },
                },
              },
            },
          },
        },
      },
    }
    const { connector } = await importOpenApi(document, { id: 'warehouse' })
    const definition = JSON.parse(JSON.stringify(connector))
    const added = await server.post('/v1/tenant-connectors/openapi', { definition })
    expect(added).toMatchObject({ status: 200, body: { source: 'openapi', connector: 'warehouse', status: 'ok' } })
    const steps = [{ id: 'get', type: 'action', connector: 'warehouse', action: 'getOrder', input: { id: 'A-1' } }]
    const { result } = await run({ schema: 'inlay/workflow@1', name: 'W', trigger: { type: 'manual' }, steps })
    expect(result).toMatchObject({ status: 'succeeded' })
    expect(stub.requests.at(-1)?.url).toBe('/orders/A-1')
    expect((await server.post('/v1/tenant-connectors/openapi', { definition: { x: 1 } })).status).toBe(400)
  })
})
