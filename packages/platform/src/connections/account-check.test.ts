import { type ApiKeyAuth, type Connector, createMemoryGovernor, type HttpClient, type TenantId } from '@inlay/engine'
import { createVirtualClock } from '@inlay/engine/memory'
import { describe, expect, it } from 'vitest'
import { checkAccount } from './account-check.js'

const method: ApiKeyAuth = {
  id: 'key',
  name: 'Key',
  kind: 'apiKey',
  test: async ({ http }) => void (await http.request({ url: '/me' })),
}

const connector: Connector = {
  ...{ id: 'acme', version: '1.0.0', name: 'Acme', description: '', categories: [], connection: 'required' as const },
  ...{ auth: [method], actions: {}, triggers: {} },
  api: { baseUrl: 'https://api.acme.test', pace: { requests: 2, perMs: 3_600_000 } },
}

describe('a check of an account', () => {
  it('is a call of the connection: it keeps to the pace of its service', async () => {
    const called: string[] = []
    const http: HttpClient = {
      request: async ({ url }) => {
        called.push(url)
        return { status: 200, headers: {}, text: '', bytes: new Uint8Array(), json: () => null }
      },
    }
    const net = { connect: () => Promise.reject(new Error('There is no network here.')) }
    const governor = createMemoryGovernor({ clock: createVirtualClock() })
    const check = (customerId: string) => {
      const scope = { tenantId: 'ten_1' as TenantId, customerId }
      const open = async () => ({ kind: 'apiKey' as const, apiKey: 'test-key', fields: {} })
      return checkAccount({ connector, method, open, scope }, { http, net, governor: () => governor })
    }
    expect([await check('cus_1'), await check('cus_1')]).toMatchObject([{ ok: true }, { ok: true }])
    expect(await check('cus_1')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('more often than the service allows'),
    })
    expect(await check('cus_2')).toMatchObject({ ok: true })
    expect(called).toHaveLength(3)
  })
})
