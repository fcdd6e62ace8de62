import type { ConnectionId, TenantId } from '@inlay/engine'
import { type AuthorizationServer, TestBrowser } from '@inlay/platform/oauth/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HOST_PAGE, type OAuthScene, startOAuthScene } from './oauth-scene.js'
import type { TestServer } from './test-server.js'
import { hasServers } from './test-server.js'

describe.skipIf(!hasServers())('connecting an account by OAuth', () => {
  let scene: OAuthScene
  let server: TestServer
  let good: AuthorizationServer
  let base: string
  let customerId: string

  beforeAll(async () => {
    scene = await startOAuthScene()
    ;({ server, good, base, customerId } = scene)
  })

  beforeEach(() => scene.forget())

  afterAll(() => scene?.close())

  it('ends with a connection when the person has confirmed in the browser that began', async () => {
    const browser = new TestBrowser()
    const { id, url } = await scene.begin({ returnOrigin: HOST_PAGE })
    const page = await scene.signIn(browser, url)
    expect([page.status, page.url.pathname]).toEqual([200, `/oauth/confirm/${id}`])
    for (const shown of ['kim@example.com', 'GOOD', 'Know who you are', 'Read &lt;everything&gt;']) {
      expect(page.text).toContain(shown)
    }
    expect(await scene.follow(id)).toMatchObject({ status: 'pending', awaiting: 'person', connectionId: null })
    const done = await scene.press(browser, page)
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('The account is connected')])
    expect(done.text).toContain(`postMessage({"type":"inlay:oauth","id":"${id}"}, "${HOST_PAGE}")`)
    const ended = await scene.follow(id)
    expect(ended).toMatchObject({ status: 'confirmed', account: { id: 'kim', label: 'kim@example.com' }, error: null })
    const { body: connection } = await server.get(`/v1/connections/${ended.connectionId}`)
    expect(connection).toMatchObject({ status: 'ok', name: 'Larkfield', account: { id: 'kim' } })
    expect(connection.scopes).toEqual(expect.arrayContaining(['openid', 'read', 'write']))
    const { credentials } = server.plane.services.connections
    const scope = { tenantId: server.demo.tenantId as TenantId }
    const auth = await credentials.open(scope, ended.connectionId as ConnectionId, 'good')
    expect(auth).toMatchObject({ kind: 'oauth2', accessToken: expect.stringMatching(/./) })
    const shownToAnybody = JSON.stringify([page.text, done.text, ended, connection])
    expect(auth.kind === 'oauth2' && shownToAnybody.includes(auth.accessToken)).toBe(false)
    expect(
      (
        await server.call(`/v1/connections/${ended.connectionId}`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${server.demo.apiKey}` },
        })
      ).status,
    ).toBe(200)
    expect(good.revocations).toEqual(['refresh_token', 'access_token'])
  })

  it('keeps its pages to themselves', async () => {
    const browser = new TestBrowser()
    const { url } = await scene.begin()
    const started = await browser.open(url)
    expect(started.headers.get('set-cookie')).toMatch(
      /^oauth_oau_\w+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1800$/,
    )
    const request = new URL(started.headers.get('location') ?? '')
    expect(Object.fromEntries(request.searchParams)).toMatchObject({
      client_id: 'good-client',
      redirect_uri: `${base}/oauth/callback/good`,
      code_challenge_method: 'S256',
      scope: 'openid read write',
    })
    const page = await browser.follow(await good.consent(browser, request.href, 'kim'))
    const done = await scene.press(browser, page)
    for (const { headers } of [started, page, done]) {
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers.get('referrer-policy')).toBe('same-origin')
    }
    expect(page.headers.get('content-security-policy')).not.toContain('script-src')
  })

  it('asks only for what was chosen, and for all that is required', async () => {
    const { url } = await scene.begin({ scopes: [] })
    const started = await new TestBrowser().open(url)
    expect(new URL(started.headers.get('location') ?? '').searchParams.get('scope')).toBe('openid read')
    const unknown = await server.post('/v1/oauth/authorizations', {
      customerId,
      connector: 'good',
      name: 'x',
      scopes: ['admin'],
    })
    expect([unknown.status, unknown.body.code]).toEqual([400, 'oauth.unknown_scope'])
  })

  it('of an embed session also needs that session', async () => {
    const [session, other] = [await scene.embedSession('kim', 'Kim'), await scene.embedSession('lee', 'Lee')]
    const own = (await server.call('/v1/connections', { headers: { authorization: session } })).body.data.length
    const browser = new TestBrowser()
    const { id, url } = await scene.begin({ customerId: undefined }, session)
    const confirm = (authorization: string) =>
      server.call(`/v1/oauth/authorizations/${id}/confirm`, { method: 'POST', headers: { authorization } })
    expect((await confirm(session)).body.code).toBe('oauth.not_confirmable')
    const page = await scene.signIn(browser, url)
    expect(page.text).toContain('Kim')
    expect((await confirm(session)).status).toBe(409)
    expect((await scene.press(browser, page)).text).toContain('Almost done')
    expect(await scene.follow(id, session)).toMatchObject({
      status: 'authorized',
      awaiting: 'host',
      connectionId: null,
    })
    const list = async () => (await server.call('/v1/connections', { headers: { authorization: session } })).body.data
    expect(await list()).toHaveLength(own)
    expect([(await confirm(other)).status, (await scene.follow(id, other)).code]).toEqual([403, 'oauth.not_yours'])
    const confirmed = await confirm(session)
    expect(confirmed.body).toMatchObject({ status: 'confirmed', connectionId: expect.stringMatching(/^con_/) })
    expect((await confirm(session)).body).toEqual(confirmed.body)
    expect(await list()).toHaveLength(own + 1)
  })

  it('tells people in plain words that they have refused', async () => {
    const browser = new TestBrowser()
    const { id, url } = await scene.begin()
    const started = await browser.open(url)
    const page = await browser.follow(await good.refuse(browser, started.headers.get('location') ?? ''))
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('access was refused')])
    expect(await scene.follow(id)).toMatchObject({ status: 'failed', error: { code: 'oauth.access_denied' } })
  })

  it('connects an account again, and warns of another one', async () => {
    const browser = new TestBrowser()
    const first = await scene.begin()
    await scene.press(browser, await scene.signIn(browser, first.url))
    const { connectionId } = await scene.follow(first.id)
    const again = await scene.begin({ connectionId })
    const page = await scene.signIn(new TestBrowser(), again.url, 'lee')
    expect(page.text).toContain('another account so far: kim@example.com')
    const third = new TestBrowser()
    const renewed = await scene.begin({ connectionId })
    await scene.press(third, await scene.signIn(third, renewed.url, 'kim'))
    expect(await scene.follow(renewed.id)).toMatchObject({ status: 'confirmed', connectionId })
    const misplaced = await server.post('/v1/oauth/authorizations', {
      customerId,
      connector: 'evil',
      name: 'x',
      connectionId,
    })
    expect(misplaced.body.code).toBe('connection.not_found')
  })

  it('needs nobody for access without a person', async () => {
    const connect = (clientSecret: string) =>
      server.post('/v1/oauth/authorizations', {
        customerId,
        connector: 'good',
        method: 'app',
        name: 'For the app',
        fields: { clientId: 'app-client', clientSecret },
      })
    const { status, body } = await connect('app-client-secret')
    expect([status, body]).toEqual([201, expect.objectContaining({ status: 'confirmed', url: null })])
    const { body: connection } = await server.get(`/v1/connections/${body.connectionId}`)
    expect(connection).toMatchObject({ method: 'app', fields: { clientId: 'app-client' } })
    expect(good.tokenRequests).toEqual(['client_credentials'])
    const wrong = await connect('not-its-secret')
    expect([wrong.status, wrong.body.title]).toEqual([422, 'The service does not accept the OAuth app'])
    expect(JSON.stringify(wrong.body)).not.toContain('not-its-secret')
  })

  it("goes in the tenant's own name before the operator's", async () => {
    const authorization = `Bearer ${server.demo.apiKey}`
    const path = '/v1/oauth/clients/good'
    const before = (await server.get(path)).body
    expect(before).toMatchObject({ source: 'operator', clientId: null })
    const put = await server.call(path, {
      method: 'PUT',
      body: { clientId: 'tenants-own', clientSecret: 'tenants-own-secret' },
      headers: { authorization },
    })
    expect(put.body).toMatchObject({
      source: 'tenant',
      clientId: 'tenants-own',
      hasSecret: true,
      redirectUri: `${base}/oauth/callback/good/${server.demo.tenantId}`,
    })
    const listed = JSON.stringify((await server.get('/v1/oauth/clients')).body)
    expect([listed.includes('tenants-own'), listed.includes('tenants-own-secret')]).toEqual([true, false])
    const browser = new TestBrowser()
    const { url } = await scene.begin()
    const request = new URL((await browser.open(url)).headers.get('location') ?? '')
    expect([request.searchParams.get('client_id'), request.searchParams.get('redirect_uri')]).toEqual([
      'tenants-own',
      `${base}/oauth/callback/good/${server.demo.tenantId}`,
    ])
    // An app for which another redirect URI is registered: the service itself refuses.
    expect((await browser.follow(request)).status).toBe(400)
    const session = await scene.embedSession('kim', 'Kim')
    const asEndUser = await server.call(path, { headers: { authorization: session } })
    expect(asEndUser.status).toBe(403)
    expect((await server.call(path, { method: 'DELETE', headers: { authorization } })).status).toBe(200)
    expect((await server.get(path)).body).toEqual(before)
    const log = (await server.get('/v1/audit-log?limit=100')).body.data.map(({ action }: { action: string }) => action)
    expect(log).toEqual(
      expect.arrayContaining(['oauth_client.set', 'oauth_client.deleted', 'oauth_authorization.confirmed']),
    )
  })
})
