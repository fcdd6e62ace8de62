import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from '../../runs/test-platform.js'
import { serviceConnector } from '../testing/accounts.js'
import { createOAuthClientsService } from './service.js'
import { OAuthClientStore } from './store.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

const service = serviceConnector({
  issuer: 'https://service.test',
  authorizationUrl: 'https://service.test/authorize',
  tokenUrl: 'https://service.test/token',
  revocationUrl: 'https://service.test/revoke',
})

describe.skipIf(serverUrl === undefined)('the app whose secret deliveries are verified with', () => {
  let platform: TestPlatform

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: [service] })
  })

  afterAll(() => platform?.close())

  it('is the tenant’s own before the operator’s, and each reading of either is recorded', async () => {
    const { vault, audit, test } = platform
    const { tenantId } = await platform.addTenant()
    const clients = createOAuthClientsService({
      ...{
        vault,
        audit,
        store: new OAuthClientStore(test.database),
        addresses: {
          baseUrl: 'http://plane.test',
          baseOf: () => 'http://plane.test',
          basesOf: () => ['http://plane.test'],
        },
      },
      registry: { list: () => [{ id: 'service', version: '1.0.0' }], load: async () => service },
      operatorClients: new Map([['service', { clientId: 'operators', clientSecret: 'test-operators-secret' }]]),
      isShared: (connector) => connector === 'service',
    })
    expect(await clients.appOf(tenantId, 'other')).toBeUndefined()
    const operators = await clients.appOf(tenantId, 'service')
    expect([operators?.clientId, operators?.clientSecret?.reveal()]).toEqual(['operators', 'test-operators-secret'])
    await clients.set({ tenantId }, 'service', { clientId: 'own', clientSecret: 'test-own-secret' })
    const own = await clients.appOf(tenantId, 'service')
    expect([own?.clientId, own?.clientSecret?.reveal()]).toEqual(['own', 'test-own-secret'])
    expect(JSON.stringify([operators, own])).not.toContain('secret')
    await clients.set({ tenantId }, 'service', { clientId: 'public', clientSecret: null })
    expect(await clients.appOf(tenantId, 'service')).toEqual({ clientId: 'public', clientSecret: undefined })
    const reads = await test.admin`
      SELECT target_id, details FROM inlay.audit_log WHERE action = 'secret.read' AND tenant_id = ${tenantId} ORDER BY id`
    expect(reads).toEqual([
      { target_id: 'oauth_client/service', details: { purpose: 'app events', source: 'operator' } },
      { target_id: 'oauth_client/service', details: { purpose: 'app events' } },
    ])
  })
})
