import { importOpenApi } from '@inlay/openapi'
import { createMarketplaceReview } from '@inlay/platform/marketplace'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasServers, startTestServer, type TestServer } from './test-server.js'

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Warehouse', version: '2.0.0' },
  servers: [{ url: 'https://warehouse.example' }],
  paths: { '/stock': { get: { operationId: 'getStock', responses: { 200: { description: 'The stock' } } } } },
}

describe.skipIf(!hasServers())('the marketplace', () => {
  let server: TestServer
  let others: (path: string, body?: unknown) => Promise<{ status: number; body: never }>
  let othersCustomer: string

  beforeAll(async () => {
    server = await startTestServer()
    const { tenancy, identity } = server.plane.services
    const tenantId = await tenancy.createTenant({ name: 'Other', slug: `other-${Date.now()}`, allowedOrigins: [] })
    const { secret } = await identity.createApiKey({ tenantId }, { name: 'Key', scopes: ['*'] })
    othersCustomer = await tenancy.ensureCustomer({ tenantId }, { externalId: 'x', name: 'X' })
    const headers = { authorization: `Bearer ${secret}` }
    others = (path, body) =>
      server.call(path, body === undefined ? { headers } : { method: 'POST', body, headers }) as Promise<never>
  })

  afterAll(() => server?.close())

  const review = () => createMarketplaceReview(server.plane.database)
  const listing = { name: 'Stock', description: 'How much there is.', version: '1.0.0' }

  const OFFERED = {
    useCase: 'Stock',
    sample: { sku: 'A-1' },
    settings: { type: 'object', properties: { least: { type: 'number', default: 3 } } },
  }

  async function submitTemplate(): Promise<string> {
    const call = {
      id: 'call',
      type: 'action',
      connector: 'http',
      action: 'request',
      connection: 'con_mine',
      input: { url: 'https://a.example' },
    }
    const definition = { schema: 'inlay/workflow@1', name: 'T', trigger: { type: 'manual' }, steps: [call] }
    const template = await server.post('/v1/templates', { name: 'T', definition, ...OFFERED })
    expect(JSON.stringify(template.body.definition)).not.toContain('con_mine')
    const submitted = await server.post('/v1/marketplace/submissions', {
      ...listing,
      kind: 'template',
      sourceId: template.body.id,
    })
    expect(submitted).toMatchObject({ status: 200, body: { state: 'submitted' } })
    return submitted.body.id
  }

  it('shows others nothing before an operator has approved it, and then exactly what was looked at', async () => {
    const id = await submitTemplate()
    expect((await others('/v1/marketplace')).body).toMatchObject({ data: [] })
    expect((await others(`/v1/marketplace/listings/${id}/install`, {})).status).toBe(404)
    expect(await review().pending()).toMatchObject([{ id, publisher: 'Northwind Orders', kind: 'template' }])
    await review().approve(id)
    await expect(review().approve(id)).rejects.toMatchObject({ code: 'marketplace.not_in_review' })
    expect((await others('/v1/marketplace?search=stock')).body).toMatchObject({
      data: [{ id, publisher: 'Northwind Orders', version: '1.0.0', installedVersion: null }],
    })
    const again = { ...listing, id, kind: 'template', sourceId: (await server.get('/v1/templates')).body.data[0].id }
    expect((await server.post('/v1/marketplace/submissions', again)).body.code).toBe('marketplace.version')
    await server.post('/v1/marketplace/submissions', { ...again, version: '1.1.0', name: 'Stock now' })
    expect((await others('/v1/marketplace')).body).toMatchObject({ data: [{ name: 'Stock', version: '1.0.0' }] })
    await review().reject(id, 'Say what it does.')
    expect((await server.get('/v1/marketplace/submissions')).body.data).toMatchObject([
      { id, state: 'rejected', note: 'Say what it does.', version: '1.1.0' },
    ])
  })

  it('copies a template to the tenant that installs it, from which drafts are made', async () => {
    const { data } = (await others('/v1/marketplace')).body as { data: { id: string }[] }
    const [{ id } = { id: '' }] = data
    expect((await others(`/v1/marketplace/listings/${id}/install`, {})).body).toMatchObject({
      installedVersion: '1.0.0',
    })
    const templates = (await others('/v1/templates')).body as { data: { id: string; listingId: string }[] }
    expect(templates.data).toMatchObject([{ listingId: id, ...OFFERED }])
    expect((await others(`/v1/marketplace/listings/${id}`)).body).toMatchObject({ template: OFFERED })
    const used = await others(`/v1/templates/${templates.data[0]?.id}/use`, { customerId: othersCustomer })
    expect(used).toMatchObject({ status: 200, body: { name: 'Stock', customerId: othersCustomer } })
    const source = (await server.get('/v1/templates')).body.data.find(({ name }: { name: string }) => name === 'T').id
    const newer = { ...listing, id, kind: 'template', sourceId: source, version: '2.0.0', name: 'Stock anew' }
    await server.post('/v1/marketplace/submissions', newer)
    await review().approve(id)
    await others(`/v1/marketplace/listings/${id}/install`, {})
    // The copy has become the newer version: there is no second one beside it.
    const [copy, ...more] = ((await others('/v1/templates')).body as { data: { id: string; name: string }[] }).data
    expect([copy, more]).toMatchObject([{ id: templates.data[0]?.id, name: 'Stock anew' }, []])
    await server.post(`/v1/marketplace/submissions/${id}/withdraw`)
    expect((await others('/v1/marketplace')).body).toMatchObject({ data: [] })
    expect(((await others('/v1/templates')).body as { data: unknown[] }).data).toHaveLength(1)
    await others(`/v1/marketplace/listings/${id}/uninstall`, {})
    expect(((await others('/v1/templates')).body as { data: unknown[] }).data).toHaveLength(0)
  })

  it('copies a connector that was made of a document, and shares none that a backend serves', async () => {
    const { connector } = await importOpenApi(DOCUMENT, { id: 'warehouse' })
    const own = await server.post('/v1/tenant-connectors/openapi', { definition: connector })
    const submission = { ...listing, kind: 'connector', sourceId: own.body.id }
    const { body } = await server.post('/v1/marketplace/submissions', submission)
    await review().approve(body.id)
    await others(`/v1/marketplace/listings/${body.id}/install`, {})
    expect((await others('/v1/connectors/warehouse')).body).toMatchObject({
      id: 'warehouse',
      actions: [{ id: 'getStock' }],
    })
    const served = await server.post('/v1/tenant-connectors/remote', { url: 'https://shop.example/inlay' })
    const refused = await server.post('/v1/marketplace/submissions', { ...submission, sourceId: served.body.id })
    expect([refused.status, refused.body.code]).toEqual([422, 'marketplace.not_shareable'])
    await others(`/v1/marketplace/listings/${body.id}/uninstall`, {})
    expect((await others('/v1/connectors/warehouse')).status).toBe(404)
  })
})
