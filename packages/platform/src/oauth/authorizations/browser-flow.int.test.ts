import { randomBytes } from 'node:crypto'
import type { CustomerId, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../database/test-database.js'
import type { ApiKeyCaller } from '../../identity/index.js'
import { createTenancyService } from '../../tenancy/index.js'
import { type Accounts, openAccounts } from '../testing/accounts.js'
import { type AuthorizationServer, startAuthorizationServer } from '../testing/authorization-server.js'
import { TestBrowser } from '../testing/browser.js'
import type { BrowserRequest } from './browser-flow.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const CLIENT = { clientId: 'service-client', clientSecret: 'service-secret' }
const CALLBACK = 'http://plane.test/oauth/callback/service'

interface Vendor {
  readonly caller: ApiKeyCaller
  readonly tenantId: TenantId
  readonly customerId: CustomerId
}

describe.skipIf(serverUrl === undefined)('the way of a browser', () => {
  let test: TestDatabase
  let service: AuthorizationServer
  let accounts: Accounts
  let [first, second]: Vendor[] = []

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    const tenancy = createTenancyService(test.database)
    const vendors = await Promise.all(
      ['first', 'second'].map(async (slug): Promise<Vendor> => {
        const tenantId = await tenancy.createTenant({ name: slug, slug, allowedOrigins: [] })
        const customerId = await tenancy.ensureCustomer({ tenantId }, { externalId: 'c1' })
        const caller: ApiKeyCaller = { kind: 'apiKey', id: `key_${slug}`, scope: { tenantId }, permissions: [] }
        return { caller, tenantId, customerId }
      }),
    )
    first = vendors[0]
    second = vendors[1]
    const own = `${CALLBACK}/${first?.tenantId}`
    service = await startAuthorizationServer({
      clients: [
        { ...CLIENT, redirectUris: [CALLBACK], authentication: 'client_secret_basic' },
        { clientId: 'own', clientSecret: 'own-secret', redirectUris: [own] },
      ],
    })
    const { issuer, authorizationUrl, tokenUrl, revocationUrl } = service
    accounts = openAccounts({
      ...{ databaseUrl: test.databaseUrl, engineDatabaseUrl: test.engineDatabaseUrl },
      masterKey: randomBytes(32).toString('base64'),
      service: { issuer, authorizationUrl, tokenUrl, revocationUrl },
      clientAuthentication: 'basic',
      clients: { service: CLIENT },
    })
  })

  afterAll(async () => {
    await accounts?.close()
    await service?.close()
    await test?.drop()
  })

  const browserWith = (secret: string): BrowserRequest => ({
    ...{ at: 'http://plane.test', cookieOf: () => secret, memberId: undefined },
  })

  async function go(vendor: Vendor | undefined) {
    if (vendor === undefined) throw new Error('There is no vendor.')
    const { authorizations } = accounts.oauth
    const given = { customerId: vendor.customerId, connector: 'service', name: 'Kim' }
    const { id, url } = await authorizations.begin(vendor.caller, given)
    const token = url?.split('/').at(-1) ?? ''
    const { redirectTo, browserSecret } = await authorizations.browser.start(token, browserWith(''))
    const back = await service.consent(new TestBrowser(), redirectTo, 'kim')
    const read = (name: string): string => back.searchParams.get(name) ?? ''
    const callback = {
      ...{ connector: 'service', tenantId: undefined as string | undefined, error: undefined },
      ...{ state: read('state'), code: read('code'), issuer: read('iss') },
    }
    return { id, token, redirectTo, browserSecret, back, callback }
  }

  it('leaves nothing secret in a log, the audit log, or a column that is not sealed', async () => {
    const { authorizations } = accounts.oauth
    const [done, failed] = [await go(first), await go(first)]
    await authorizations.browser.complete(done.callback, browserWith(done.browserSecret))
    await authorizations.browser.decide(done.id, true, browserWith(done.browserSecret))
    const spent = { ...failed.callback, code: done.callback.code }
    await expect(authorizations.browser.complete(spent, browserWith(failed.browserSecret))).rejects.toMatchObject({
      code: 'step.authentication',
    })
    const scope = first?.caller.scope
    if (scope === undefined) throw new Error('There is no scope.')
    const [made] = (await accounts.connections.list(scope, { limit: 10 })).data
    const stored = await accounts.connections.tokens.readTokens(scope, made?.id ?? '')
    const rows = await test.admin<{ text: string }[]>`
      SELECT to_jsonb(a)::text AS text FROM inlay.oauth_authorizations a UNION ALL
      SELECT to_jsonb(c)::text FROM inlay.connections c UNION ALL
      SELECT to_jsonb(g)::text FROM inlay.oauth_grants g UNION ALL
      SELECT to_jsonb(l)::text FROM inlay.audit_log l`
    const seen = [...accounts.lines, ...rows.map(({ text }) => text)].join('\n')
    const secrets = [done, failed].flatMap(({ token, browserSecret, callback }) => [
      ...[token, browserSecret, callback.state, callback.code],
    ])
    const tokens = [stored?.tokens.accessToken ?? '?', stored?.tokens.refreshToken ?? '?', CLIENT.clientSecret]
    expect(seen).toContain(done.id)
    expect([...secrets, ...tokens].filter((secret) => seen.includes(secret))).toEqual([])
    expect(await accounts.oauth.authorizations.get(first?.caller as ApiKeyCaller, failed.id)).toMatchObject({
      status: 'failed',
      error: { code: 'step.authentication' },
    })
  })

  it("COAT across tenants: an own app's code comes to an address that no other tenant's state is good for", async () => {
    if (first === undefined || second === undefined) throw new Error('There are no vendors.')
    const { clients, authorizations } = accounts.oauth
    await clients.set(first.caller.scope, 'service', { clientId: 'own', clientSecret: 'own-secret' })
    // The second tenant's sign-in is sent to the service in the name of the first one's app.
    const attack = await go(second)
    const { tenantId } = first
    service.tokenRequests.length = 0
    await expect(
      authorizations.browser.complete({ ...attack.callback, tenantId }, browserWith(attack.browserSecret)),
    ).rejects.toMatchObject({ code: 'oauth.connector' })
    const own = await go(first)
    expect(own.back.pathname).toBe(`/oauth/callback/service/${tenantId}`)
    await expect(authorizations.browser.complete(own.callback, browserWith(own.browserSecret))).rejects.toMatchObject({
      code: 'oauth.connector',
    })
    expect(service.tokenRequests).toEqual([])
    const again = await go(first)
    const id = await authorizations.browser.complete({ ...again.callback, tenantId }, browserWith(again.browserSecret))
    expect([id, service.tokenRequests]).toEqual([{ id: again.id }, ['authorization_code']])
    await clients.delete(first.caller.scope, 'service')
  })

  it("never goes in the operator's name to where a tenant's own connector says", async () => {
    if (second === undefined) throw new Error('There is no vendor.')
    const { caller, customerId } = second
    accounts.operatorClients.set('theirs', CLIENT)
    const begun = accounts.oauth.authorizations.begin(caller, { customerId, connector: 'theirs', name: 'x' })
    await expect(begun).rejects.toMatchObject({ code: 'oauth.no_client' })
    expect(await accounts.oauth.clients.get(caller.scope, 'theirs')).toMatchObject({ source: null })
  })

  it('is open to fifty at once of one customer, not to more', async () => {
    if (second === undefined) throw new Error('There is no vendor.')
    const { caller, customerId } = second
    const given = { customerId, connector: 'service', name: 'x' }
    const begin = () => accounts.oauth.authorizations.begin(caller, given)
    const outcomes = []
    for (let count = 0; count < 55; count++) {
      outcomes.push(
        await begin().then(
          ({ status }) => status,
          ({ code }) => code,
        ),
      )
    }
    expect(outcomes.at(-1)).toBe('oauth.too_many')
    expect(outcomes.filter((outcome) => outcome === 'pending').length).toBeLessThanOrEqual(50)
  })
})
