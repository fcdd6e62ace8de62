import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CustomerId, TenantId } from '@inlay/engine'
import { createFileBlobStore } from '@inlay/engine/blobs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/test-database.js'
import { brandSchema, createTenancyService, type TenancyService } from './index.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined)('tenancy', () => {
  let test: TestDatabase
  let tenancy: TenancyService
  let tenantId: TenantId
  let strangerId: TenantId

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    tenancy = createTenancyService(test.database)
    tenantId = await tenancy.createTenant({
      name: 'Shop',
      slug: 'shop',
      allowedOrigins: ['https://b.example', 'https://a.example'],
    })
    strangerId = await tenancy.createTenant({ name: 'Other', slug: 'other', allowedOrigins: [] })
  })

  afterAll(() => test.drop())

  it("keeps a tenant's origins, and knows whether any tenant has one", async () => {
    expect((await tenancy.getTenant({ tenantId })).allowedOrigins).toEqual(['https://a.example', 'https://b.example'])
    const changed = await tenancy.updateTenant(
      { tenantId },
      { allowedOrigins: ['https://c.example', 'https://c.example'] },
    )
    expect(changed).toEqual({ id: tenantId, name: 'Shop', slug: 'shop', allowedOrigins: ['https://c.example'] })
    const known = await Promise.all(
      ['https://c.example', 'https://a.example', ''].map((origin) => tenancy.isAllowedOrigin(origin)),
    )
    expect(known).toEqual([true, false, false])
  })

  it('refuses a short name that is taken', async () => {
    const taken = tenancy.createTenant({ name: 'Shop 2', slug: 'shop', allowedOrigins: [] })
    await expect(taken).rejects.toMatchObject({ code: 'tenant.slug_taken', reason: 'conflict' })
  })

  it('pages through customers without missing or repeating one', async () => {
    const scope = { tenantId: await tenancy.createTenant({ name: 'P', slug: 'p', allowedOrigins: [] }) }
    const made = new Set<string>()
    for (let index = 0; index < 7; index++) {
      made.add((await tenancy.createCustomer(scope, { externalId: `c${index}`, name: `C ${index}` })).id)
    }
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<TenancyService['listCustomers']>> = await tenancy.listCustomers(scope, {
        limit: 3,
        ...(cursor === null ? {} : { cursor }),
      })
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toHaveLength(7)
    expect(new Set(seen)).toEqual(made)
  })

  it('searches names and external ids literally, whatever their case and accents', async () => {
    const scope = { tenantId: await tenancy.createTenant({ name: 'S', slug: 's', allowedOrigins: [] }) }
    await tenancy.createCustomer(scope, { externalId: '100%', name: 'Ærø' })
    await tenancy.createCustomer(scope, { externalId: 'a_b', name: "O'Neill; DROP TABLE" })
    const found = async (search: string): Promise<string[]> =>
      (await tenancy.listCustomers(scope, { limit: 10, search })).data.map(({ externalId }) => externalId)
    expect(await found('%')).toEqual(['100%'])
    expect(await found('_')).toEqual(['a_b'])
    expect(await found("o'neill;")).toEqual(['a_b'])
    expect(await found('ærø')).toEqual(['100%'])
    await tenancy.createCustomer(scope, { externalId: 'cafe', name: 'Café Müller' })
    expect(await found('cafe muller')).toEqual(['cafe'])
    expect(await found('CÄFÉ')).toEqual(['cafe'])
  })

  it('makes one customer of many first sights', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => tenancy.ensureCustomer({ tenantId }, { externalId: 'first' })),
    )
    expect(new Set(ids).size).toBe(1)
    const again = tenancy.createCustomer({ tenantId }, { externalId: 'first', name: 'First' })
    await expect(again).rejects.toMatchObject({ code: 'customer.exists' })
  })

  it('has the same external id for two tenants', async () => {
    const own = await tenancy.ensureCustomer({ tenantId }, { externalId: 'shared' })
    const other = await tenancy.ensureCustomer({ tenantId: strangerId }, { externalId: 'shared' })
    expect(own).not.toBe(other)
  })

  it("knows nothing of another tenant's customer, nor of another customer of a narrower scope", async () => {
    const id = await tenancy.ensureCustomer({ tenantId }, { externalId: 'mine' })
    const scopes = [{ tenantId: strangerId }, { tenantId, customerId: 'cus_other' as CustomerId }]
    for (const scope of scopes) {
      const unknown = { code: 'customer.not_found' }
      await expect(tenancy.getCustomer(scope, id)).rejects.toMatchObject(unknown)
      await expect(tenancy.updateCustomer(scope, id, 'Taken')).rejects.toMatchObject(unknown)
      await expect(tenancy.deleteCustomer(scope, id)).rejects.toMatchObject(unknown)
    }
    expect((await tenancy.getCustomer({ tenantId }, id)).name).toBe('mine')
    await tenancy.deleteCustomer({ tenantId }, id)
    await expect(tenancy.getCustomer({ tenantId }, id)).rejects.toMatchObject({ code: 'customer.not_found' })
  })

  it('erases the large outputs of a customer with it, and leaves those of others', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'inlay-blobs-'))
    const blobs = createFileBlobStore({ folder })
    const own = await tenancy.ensureCustomer({ tenantId }, { externalId: 'erased' })
    const other = await tenancy.ensureCustomer({ tenantId }, { externalId: 'kept' })
    for (const id of [own, other]) await blobs.put(`${tenantId}/${id}/run_1/a/0/x`, Buffer.from('{}'))
    const erasing = createTenancyService(test.database, { blobs })
    await expect(erasing.deleteCustomer({ tenantId: strangerId }, other)).rejects.toMatchObject({
      code: 'customer.not_found',
    })
    await erasing.deleteCustomer({ tenantId }, own)
    expect(await blobs.get(`${tenantId}/${own}/run_1/a/0/x`)).toBeUndefined()
    expect(await blobs.get(`${tenantId}/${other}/run_1/a/0/x`)).toBeDefined()
    rmSync(folder, { recursive: true, force: true })
  })

  it('has a brand that its customers may read, and nobody else', async () => {
    const scope = { tenantId: await tenancy.createTenant({ name: 'B', slug: 'b', allowedOrigins: [] }) }
    expect((await tenancy.getBrand(scope)).productName).toBeNull()
    const appearance = {
      tokens: { colorPrimary: '#0f766e', fontFamily: 'Georgia, serif' },
      density: 'compact' as const,
    }
    const brand = brandSchema.parse({ productName: 'Bookshelf Flows', appearance, texts: { de: { 'ui.close': 'Zu' } } })
    await tenancy.setBrand(scope, brand)
    expect(await tenancy.getBrand({ ...scope, customerId: 'cus_any' as CustomerId })).toEqual(brand)
    expect((await tenancy.getBrand({ tenantId: strangerId })).productName).toBeNull()
  })

  it.each([
    ['a value that ends its declaration', { appearance: { tokens: { colorPrimary: 'red; background: blue' } } }],
    ['a value that fetches', { appearance: { tokens: { shadowCard: 'url(https://example.com/x)' } } }],
    ['a value with an escape', { appearance: { dark: { colorText: '\\75rl(x)' } } }],
    ['a token that is none', { appearance: { tokens: { '--x': 'red' } } }],
    ['a logo from elsewhere', { logo: 'https://example.com/logo.svg' }],
    ['a logo that is a page', { logo: 'data:text/html;base64,PGI+' }],
    ['a link that runs', { supportUrl: 'javascript:alert(1)' }],
    ['a language that is none', { texts: { __proto__x: { a: 'b' } } }],
    ['what nobody knows', { logoo: null }],
  ])('is not branded with %s', (_what, brand) => {
    expect(brandSchema.safeParse(brand).success).toBe(false)
  })
})
