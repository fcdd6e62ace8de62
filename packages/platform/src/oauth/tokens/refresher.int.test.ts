import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { AuthValues, ConnectionId, CustomerId, TenantId } from '@inlay/engine'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../database/test-database.js'
import { createLeader } from '../../runs/index.js'
import { createTenancyService } from '../../tenancy/index.js'
import { authorizationUrl } from '../protocol/authorization-url.js'
import { randomSecret } from '../protocol/proof-key.js'
import { exchangeCode } from '../protocol/token-endpoint.js'
import { type Accounts, type AccountsOptions, openAccounts, serviceConnector } from '../testing/accounts.js'
import { type AuthorizationServer, startAuthorizationServer } from '../testing/authorization-server.js'
import { TestBrowser } from '../testing/browser.js'
import { startOAuthUpkeep } from '../upkeep.js'
import { toTokens } from './new-tokens.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const REDIRECT = 'http://plane.test/oauth/callback/service'
const CLIENT = { clientId: 'service-client', clientSecret: 'service-secret' }
const program = fileURLToPath(new URL('../testing/open-many.ts', import.meta.url))
/** Shorter than what an access token must be good for, longer than a test. */
const STALE_SECONDS = 60

describe.skipIf(serverUrl === undefined)('tokens of connections', () => {
  let test: TestDatabase
  let service: AuthorizationServer
  let options: AccountsOptions
  let accounts: Accounts
  let other: Accounts
  let scope: { tenantId: TenantId; customerId: CustomerId }
  const children: ChildProcess[] = []
  const secrets = new Set<string>([CLIENT.clientSecret])

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    service = await startAuthorizationServer({
      clients: [
        { ...CLIENT, redirectUris: [REDIRECT] },
        { clientId: 'app', clientSecret: 'app-secret', redirectUris: [], grants: ['client_credentials'] },
      ],
      slownessMs: 200,
    })
    const { databaseUrl, engineDatabaseUrl } = test
    const { issuer, tokenUrl, revocationUrl } = service
    options = {
      ...{ databaseUrl, engineDatabaseUrl, masterKey: randomBytes(32).toString('base64') },
      service: { issuer, tokenUrl, revocationUrl, authorizationUrl: service.authorizationUrl },
      clients: { service: CLIENT },
    }
    accounts = openAccounts(options)
    other = openAccounts(options)
    const tenancy = createTenancyService(test.database)
    const tenantId = await tenancy.createTenant({ name: 'Vendor', slug: 'vendor', allowedOrigins: [] })
    scope = { tenantId, customerId: await tenancy.ensureCustomer({ tenantId }, { externalId: 'c1' }) }
  })

  beforeEach(() => {
    service.tokenRequests.length = 0
    service.accessTokenSeconds = 3600
    service.outage = undefined
    accounts.operatorClients.set('service', CLIENT)
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await accounts?.close()
    await other?.close()
    await service?.close()
    await test?.drop()
  })

  /** An account whose access token lives for a minute; those that follow live for an hour. */
  async function connect(seconds = STALE_SECONDS): Promise<ConnectionId> {
    const [method] = serviceConnector(options.service).auth
    if (method?.kind !== 'oauth2') throw new Error('The connector signs in by OAuth.')
    service.accessTokenSeconds = seconds
    const verifier = randomSecret()
    const scopes = ['openid']
    const asked = { method, fields: {}, clientId: CLIENT.clientId, redirectUri: REDIRECT, scopes, state: 's', verifier }
    const back = await service.consent(new TestBrowser(), authorizationUrl(asked).href, 'kim')
    const code = back.searchParams.get('code') ?? ''
    const endpoint = { method, fields: {}, client: CLIENT, http: accounts.http }
    const answer = await exchangeCode(endpoint, { code, redirectUri: REDIRECT, verifier })
    const tokens = toTokens(answer, { method, requestedAt: Date.now(), scopes })
    const made = { ...scope, connector: 'service', method: 'oauth2', name: 'Kim', fields: {}, tokens }
    const { id } = await accounts.connections.createAuthorized(scope, made)
    const { clientId } = CLIENT
    const origin = { connectionId: id, customerId: scope.customerId, clientId, source: 'operator' as const }
    await accounts.oauth.grants.put(scope, { ...origin, canRefresh: true })
    service.accessTokenSeconds = 3600
    service.tokenRequests.length = 0
    secrets
      .add(code)
      .add(verifier)
      .add(tokens.accessToken)
      .add(tokens.refreshToken ?? '')
    // Returned by the store just now.
    return id as ConnectionId
  }

  async function open(id: ConnectionId, by = accounts): Promise<string> {
    const auth: AuthValues = await by.connections.credentials.open(scope, id, 'service')
    const token = auth.kind === 'oauth2' ? auth.accessToken : ''
    secrets.add(token)
    return token
  }

  const statusOf = async (id: string) => (await accounts.connections.get(scope, id)).status
  const works = async (token: string) =>
    (await fetch(`${service.issuer}/me`, { headers: { authorization: `Bearer ${token}` } })).status

  async function refreshTokenOf(id: string): Promise<string> {
    const refreshToken = (await accounts.connections.tokens.readTokens(scope, id))?.tokens.refreshToken ?? ''
    secrets.add(refreshToken)
    return refreshToken
  }

  /** What a process does that dies between the service's answer and its being kept. */
  async function spend(refreshToken: string): Promise<number> {
    const body = new URLSearchParams({
      ...{ grant_type: 'refresh_token', refresh_token: refreshToken },
      ...{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret },
    })
    return (await fetch(service.tokenUrl, { method: 'POST', body })).status
  }

  it('are refreshed once when five processes open a connection fifty times at once', async () => {
    const id = await connect()
    const started = await Promise.all(Array.from({ length: 5 }, () => startProcess(id, 10)))
    const answers = await Promise.all(started.map(({ go }) => go()))
    const tokens = new Set(answers.flat())
    expect([answers.flat().length, tokens.size, service.tokenRequests]).toEqual([50, 1, ['refresh_token']])
    expect(await works([...tokens][0] ?? '')).toBe(200)
    // The server has detected no reuse: what was rotated is what was kept.
    expect(await spend(await refreshTokenOf(id))).toBe(200)
  })

  async function startProcess(connectionId: ConnectionId, times: number): Promise<{ go(): Promise<string[]> }> {
    const argument = JSON.stringify({ ...options, scope, connectionId, times })
    const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=inlay-source', program, argument], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    children.push(child)
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += String(chunk)
    })
    await vi.waitFor(() => expect(output).toContain('ready'), { timeout: 40_000 })
    return {
      go: async () => {
        child.stdin.write('go\n')
        await once(child, 'exit')
        return JSON.parse(output.split('\n')[1] ?? '[]')
      },
    }
  }

  it('are handed out as they are while they are fresh, and by a clock that goes wrong', async () => {
    const id = await connect(3600)
    const token = await open(id)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30 * 86_400_000 })
    expect(await open(id)).toBe(token)
    vi.setSystemTime(Date.now() - 60 * 86_400_000)
    expect(await open(id)).toBe(token)
    expect(service.tokenRequests).toEqual([])
  })

  it('that a service has rotated and nobody kept are not asked for twice: a person has to connect again', async () => {
    const id = await connect()
    expect(await spend(await refreshTokenOf(id))).toBe(200)
    service.tokenRequests.length = 0
    const opened = await Promise.allSettled([
      ...Array.from({ length: 10 }, () => open(id)),
      ...Array.from({ length: 10 }, () => open(id, other)),
    ])
    const codes = opened.map((one) => (one.status === 'rejected' ? one.reason.code : 'opened'))
    expect([new Set(codes), service.tokenRequests]).toEqual([new Set(['step.authentication']), ['refresh_token']])
    expect(await accounts.connections.get(scope, id)).toMatchObject({
      status: 'reconnect_needed',
      detail: expect.stringContaining('Connect the account anew'),
    })
    const told = [...accounts.events, ...other.events].filter(({ eventId }) => eventId.includes(id))
    expect(told).toEqual([{ eventId: expect.stringMatching(/_1$/), scope }])
    const recorded = await test.admin`SELECT 1 FROM inlay.audit_log
      WHERE action = 'connection.reconnect_needed' AND target_id = ${id}`
    expect(recorded).toHaveLength(1)
    await expect(open(id)).rejects.toMatchObject({ code: 'step.authentication' })
    expect(service.tokenRequests).toHaveLength(1)
  })

  it('that were revoked at the service end the same way', async () => {
    const id = await connect()
    const body = new URLSearchParams({
      ...{ token: await refreshTokenOf(id), client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret },
    })
    expect((await fetch(service.revocationUrl, { method: 'POST', body })).status).toBe(200)
    await expect(open(id)).rejects.toMatchObject({ kind: 'authentication', detail: expect.stringContaining('revoked') })
    expect(await statusOf(id)).toBe('reconnect_needed')
  })

  it('survive an outage: what is still good is used, and the service is asked again later', async () => {
    const id = await connect()
    const before = (await accounts.connections.tokens.readTokens(scope, id))?.tokens.accessToken
    service.outage = 503
    const during = await Promise.all(Array.from({ length: 20 }, () => open(id)))
    expect([new Set(during), service.tokenRequests]).toEqual([new Set([before]), ['refresh_token']])
    await setExpiry(id, Date.now() - 1000)
    await expect(open(id)).rejects.toMatchObject({ kind: 'communication', retryable: true })
    expect(await statusOf(id)).toBe('unverified')
    service.outage = undefined
    await rested(id)
    expect(await works(await open(id))).toBe(200)
    expect(await statusOf(id)).toBe('unverified')
  })

  it('are left to whoever takes over when the one who refreshes has died', async () => {
    const id = await connect()
    await test.admin`UPDATE inlay.oauth_grants SET refreshing_by = 'dead',
      refreshing_until = clock_timestamp() + interval '300 milliseconds' WHERE connection_id = ${id}`
    const tokens = await Promise.all([open(id), open(id, other)])
    expect([new Set(tokens).size, service.tokenRequests]).toEqual([1, ['refresh_token']])
  })

  it('are taken over when nobody could write down whose they are', async () => {
    const id = await connect()
    await test.admin`DELETE FROM inlay.oauth_grants WHERE connection_id = ${id}`
    expect(await works(await open(id))).toBe(200)
  })

  it('are renewed once when a service refuses them before their time', async () => {
    const id = await connect(3600)
    const token = await open(id)
    const { refresher } = accounts.oauth
    const renewed = await Promise.all([
      ...Array.from({ length: 10 }, () => refresher.renew(scope, id, token)),
      ...Array.from({ length: 10 }, () => other.oauth.refresher.renew(scope, id, token)),
    ])
    const fresh = new Set(renewed.map((tokens) => tokens?.accessToken))
    expect([fresh.size, fresh.has(token), service.tokenRequests]).toEqual([1, false, ['refresh_token']])
    // As young as that it is refused for another reason.
    expect(await refresher.renew(scope, id, [...fresh][0] ?? '')).toBeUndefined()
    expect(service.tokenRequests).toHaveLength(1)
    await refreshTokenOf(id)
  })

  it('belong to the app that got them', async () => {
    const id = await connect()
    accounts.operatorClients.delete('service')
    await setExpiry(id, Date.now() - 1000)
    await expect(open(id)).rejects.toMatchObject({ code: 'step.authentication' })
    expect(await statusOf(id)).toBe('unverified')
    accounts.operatorClients.set('service', { clientId: 'another', clientSecret: 'x' })
    await rested(id)
    await expect(open(id)).rejects.toMatchObject({ detail: expect.stringContaining('replaced by another') })
    expect([await statusOf(id), service.tokenRequests]).toEqual(['reconnect_needed', []])
  })

  it('of an app itself are asked for anew', async () => {
    const made = {
      ...scope,
      ...{ connector: 'service', method: 'app', name: 'App', fields: { clientId: 'app', clientSecret: 'app-secret' } },
      tokens: { accessToken: 'expired', expiresAt: Date.now(), scopes: [], extra: {} },
    }
    const { id } = await accounts.connections.createAuthorized(scope, made)
    expect(await open(id as ConnectionId)).not.toBe('expired')
    expect(service.tokenRequests).toEqual(['client_credentials'])
    secrets.add('app-secret')
  })

  it('without a way to new ones are used until they expire', async () => {
    const made = { ...scope, connector: 'service', method: 'oauth2', name: 'Once', fields: {} }
    const tokens = { accessToken: 'once', expiresAt: Date.now() + 60_000, scopes: [], extra: {} }
    const { id } = await accounts.connections.createAuthorized(scope, { ...made, tokens })
    expect(await open(id as ConnectionId)).toBe('once')
    await setExpiry(id, Date.now() - 1000)
    await expect(open(id as ConnectionId)).rejects.toMatchObject({ code: 'step.authentication' })
    expect([await statusOf(id), service.tokenRequests]).toEqual(['reconnect_needed', []])
  })

  it('are given back to the service when their customer is erased', async () => {
    const tenancy = createTenancyService(test.database)
    const before = scope
    scope = {
      ...before,
      customerId: await tenancy.ensureCustomer({ tenantId: before.tenantId }, { externalId: 'leaves' }),
    }
    const [first, second] = [await connect(), await connect(3600)]
    const tokens = [await open(first), await open(second)]
    service.revocations.length = 0
    await accounts.oauth.revokeCustomer({ tenantId: scope.tenantId }, scope.customerId)
    expect(service.revocations.sort()).toEqual(['access_token', 'access_token', 'refresh_token', 'refresh_token'])
    expect(await Promise.all(tokens.map(works))).toEqual([401, 401])
    await tenancy.deleteCustomer({ tenantId: scope.tenantId }, scope.customerId)
    expect(await test.admin`SELECT 1 FROM inlay.oauth_grants WHERE connection_id = ${first}`).toHaveLength(0)
    scope = before
  })

  it('are refreshed ahead of their expiry, by one process', async () => {
    const ids = [await connect(), await connect()]
    const calm = await connect(3600)
    const generation = async (id: string) => (await accounts.connections.tokens.readTokens(scope, id))?.generation
    const calmly = await generation(calm)
    const loops = [accounts, other].map((by) => {
      const leader = createLeader(by.database.engine)
      return { leader, loop: startOAuthUpkeep({ ...by.oauth, leader, log: silent, refreshEveryMs: 50 }) }
    })
    await vi.waitFor(() => expect(service.tokenRequests.length).toBeGreaterThanOrEqual(2), { timeout: 30_000 })
    await delay(300)
    for (const { loop, leader } of loops) {
      await loop.stop()
      await leader.resign()
    }
    expect([service.tokenRequests.length, await generation(calm)]).toEqual([2, calmly])
    for (const id of ids) expect(await works(await open(id))).toBe(200)
    expect(service.tokenRequests).toHaveLength(2)
  })

  it('never show in a log, nor do the app and the person who lost them', async () => {
    const id = await connect()
    await spend(await refreshTokenOf(id))
    await expect(open(id)).rejects.toMatchObject({ code: 'step.authentication' })
    const logged = [...accounts.lines, ...other.lines].join('')
    expect(logged).toContain('has to be connected again')
    expect([...secrets].filter((secret) => secret !== '' && logged.includes(secret))).toEqual([])
  })

  const silent = { error: () => undefined, warn: () => undefined } as never

  /** As a service would have it that forgot to say how long. */
  async function setExpiry(id: string, expiresAt: number): Promise<void> {
    const { tokens } = accounts.connections
    const stored = await tokens.readTokens(scope, id)
    if (stored === undefined) throw new Error('There are no tokens.')
    const { generation } = stored
    await tokens.replaceTokens(scope, id, { ...stored.tokens, expiresAt }, { generation })
  }

  /** As if the pause after a failure were over. */
  async function rested(id: string): Promise<void> {
    await test.admin`UPDATE inlay.oauth_grants SET retry_at = NULL WHERE connection_id = ${id}`
  }
})
