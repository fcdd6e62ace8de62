/** What tenants bring: OpenAPI documents that are read, templates that are changed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasServers, startTestServer, type TestServer } from './test-server.js'

const DOCUMENT = `
openapi: 3.0.3
info: { title: Desk, version: 1.2.0 }
servers: [{ url: https://api.example.com }]
paths:
  /tickets:
    get:
      operationId: listTickets
      responses: { '200': { description: All of them } }
`

describe.skipIf(!hasServers())('what tenants bring', () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer()
  })

  afterAll(() => server?.close())

  it('may be an OpenAPI document, which is looked at before it is added', async () => {
    const read = await server.post('/v1/tenant-connectors/openapi/read', { document: DOCUMENT })
    expect(read).toMatchObject({ status: 200, body: { definition: { id: 'desk', version: '1.2.0' } } })
    expect((await server.get('/v1/tenant-connectors')).body.data).toEqual([])
    const added = await server.post('/v1/tenant-connectors/openapi', { definition: read.body.definition })
    expect(added.body).toMatchObject({ connector: 'desk', source: 'openapi', versions: ['1.2.0'] })
    const refused = await server.post('/v1/tenant-connectors/openapi/read', { document: 'not: a document' })
    expect([refused.status, refused.body.code]).toEqual([422, 'openapi.unknown_format'])
  })

  it('may be a template, which says something else of itself later', async () => {
    const definition = { schema: 'inlay/workflow@1', name: 'Tell', trigger: { type: 'manual' }, steps: [] }
    const made = await server.post('/v1/templates', { name: 'Tell', definition, useCase: 'Orders' })
    const change = (body: object) =>
      server.call(`/v1/templates/${made.body.id}`, {
        method: 'PATCH',
        body,
        headers: { authorization: `Bearer ${server.demo.apiKey}` },
      })
    const settings = { type: 'object', properties: {} }
    expect((await change({ name: 'Tell all', settings })).body).toMatchObject({
      name: 'Tell all',
      useCase: 'Orders',
      settings,
    })
    expect((await change({ settings: null })).body.settings).toBeNull()
    expect(await change({ definition })).toMatchObject({ status: 400 })
  })
})
