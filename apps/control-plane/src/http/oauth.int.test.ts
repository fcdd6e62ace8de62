import type { ConnectionId, TenantId } from '@inlay/engine'
import {
  type AuthorizationServer,
  startAuthorizationServer,
  TestBrowser,
  type TestClient,
} from '@inlay/platform/oauth/testing'
import { defineConnector, z } from '@inlay/sdk/connector'
import { signEmbedToken } from '@inlay/sdk/embed'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freePort, startTestServer, type TestServer } from './test-server.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const redisUrl = process.env['INLAY_TEST_REDIS_URL']
const HOST_PAGE = 'http://app.larkfield.example'

/** A connector of a service that signs people in by an authorization server. */
function connectorOf(id: string, server: AuthorizationServer, issuer?: string) {
  const whoAmI = z.object({ sub: z.string() })
  return defineConnector({
    id,
    version: '1.0.0',
    name: id.toUpperCase(),
    description: 'A service for tests.',
    api: { baseUrl: server.issuer },
    auth: [
      {
        kind: 'oauth2',
        authorizationUrl: server.authorizationUrl,
        tokenUrl: server.tokenUrl,
        revocationUrl: server.revocationUrl,
        ...(issuer === undefined ? {} : { issuer }),
        authorizationParams: { code_challenge_method: 'plain', client_id: 'injected' },
        scopes: [
          { scope: 'openid', description: 'Know who you are' },
          { scope: 'read', description: 'Read <everything>' },
          { scope: 'write', description: 'Write', optional: true },
        ],
        account: async ({ http }) => {
          const { sub } = whoAmI.parse((await http.request({ url: '/me' })).json())
          return { id: sub, label: `${sub}@example.com` }
        },
      },
      {
        id: 'app',
        kind: 'oauth2',
        grant: 'client_credentials',
        tokenUrl: server.tokenUrl,
        scopes: [{ scope: 'read', description: 'Read everything' }],
        fields: z.object({ clientId: z.string(), clientSecret: z.string() }),
        secretFields: ['clientSecret'],
      },
    ],
  })
}

function entryOf(connector: ReturnType<typeof defineConnector>) {
  return { id: connector.id, version: connector.version, load: async () => ({ connector }) }
}

describe.skipIf(serverUrl === undefined || redisUrl === undefined)('connecting an account by OAuth', () => {
  let server: TestServer
  /** The authorization server of the honest service, and of one whose connector a bad actor has made. */
  let good: AuthorizationServer
  let evil: AuthorizationServer
  let base: string
  let customerId: string

  beforeAll(async () => {
    const port = await freePort()
    base = `http://localhost:${port}`
    const client = (id: string, uris: readonly string[]): TestClient => ({
      clientId: id,
      clientSecret: `${id}-secret`,
      redirectUris: uris.map((uri) => `${base}/oauth/callback/${uri}`),
    })
    const app: TestClient = { ...client('app-client', []), grants: ['client_credentials'] }
    good = await startAuthorizationServer({
      clients: [client('good-client', ['good', 'strict', 'good/ten_own']), app, client('tenants-own', ['good'])],
    })
    evil = await startAuthorizationServer({ clients: [client('evil-client', ['evil'])] })
    const secretOf = (id: string) => ({ clientId: id, clientSecret: `${id}-secret` })
    server = await startTestServer({
      serverUrl: serverUrl ?? '',
      redisUrl: redisUrl ?? '',
      port,
      allowedOrigins: [HOST_PAGE],
      egressAllow: '127.0.0.1/32',
      connectors: [
        entryOf(connectorOf('good', good)),
        entryOf(connectorOf('strict', good, 'https://issuer.example')),
        entryOf(connectorOf('evil', evil)),
      ],
      oauthClients: JSON.stringify({
        good: secretOf('good-client'),
        strict: secretOf('good-client'),
        evil: secretOf('evil-client'),
      }),
    })
    customerId = server.demo.customerId
  })

  beforeEach(() => {
    good.tokenRequests.length = 0
    evil.tokenRequests.length = 0
    good.revocations.length = 0
  })

  afterAll(async () => {
    await server?.close()
    await good?.close()
    await evil?.close()
  })

  async function begin(more: Record<string, unknown> = {}, authorization?: string) {
    const { status, body } = await server.call('/v1/oauth/authorizations', {
      method: 'POST',
      body: { customerId, connector: 'good', name: 'Larkfield', ...more },
      headers: { authorization: authorization ?? `Bearer ${server.demo.apiKey}` },
    })
    expect([status, body]).toEqual([201, expect.objectContaining({ status: 'pending' })])
    return body as { id: string; url: string }
  }

  /** To the page that asks for the decision. */
  async function signIn(browser: TestBrowser, url: string, user = 'kim', at = good) {
    const started = await browser.open(url)
    expect(started.status).toBe(302)
    const back = await at.consent(browser, started.headers.get('location') ?? '', user)
    return browser.follow(back)
  }

  async function press(browser: TestBrowser, page: { url: URL; text: string }, decision = 'connect') {
    const csrf = /name="csrf" value="([\w-]+)"/.exec(page.text)?.[1] ?? ''
    return browser.open(page.url, { form: { csrf, decision } })
  }

  async function follow(id: string, authorization?: string) {
    const headers = { authorization: authorization ?? `Bearer ${server.demo.apiKey}` }
    return (await server.call(`/v1/oauth/authorizations/${id}`, { headers })).body
  }

  async function embedSession(sub: string, name: string): Promise<string> {
    const { embedSigningKey, embedKeyId, tenantId } = server.demo
    const token = await signEmbedToken({
      signingKey: embedSigningKey,
      keyId: embedKeyId,
      tenantId,
      audience: base,
      user: { sub, name },
      customer: { externalId: 'larkfield-1' },
      role: 'admin',
    })
    const { body } = await server.call('/v1/embed/session', { method: 'POST', body: { token } })
    return `Bearer ${body.sessionToken}`
  }

  const countConnections = async (): Promise<number> =>
    (await server.get(`/v1/connections?customerId=${customerId}&connector=good`)).body.data.length

  it('ends with a connection when the person has confirmed in the browser that began', async () => {
    const browser = new TestBrowser()
    const { id, url } = await begin({ returnOrigin: HOST_PAGE })
    const page = await signIn(browser, url)
    expect([page.status, page.url.pathname]).toEqual([200, `/oauth/confirm/${id}`])
    for (const shown of ['kim@example.com', 'GOOD', 'Know who you are', 'Read &lt;everything&gt;']) {
      expect(page.text).toContain(shown)
    }
    expect(await follow(id)).toMatchObject({ status: 'pending', awaiting: 'person', connectionId: null })
    const done = await press(browser, page)
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('The account is connected')])
    expect(done.text).toContain(`postMessage({"type":"inlay:oauth","id":"${id}"}, "${HOST_PAGE}")`)
    const ended = await follow(id)
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
    const { url } = await begin()
    const started = await browser.open(url)
    expect(started.headers.get('set-cookie')).toMatch(
      /^inlay_oauth_oau_\w+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1800$/,
    )
    const request = new URL(started.headers.get('location') ?? '')
    expect(Object.fromEntries(request.searchParams)).toMatchObject({
      client_id: 'good-client',
      redirect_uri: `${base}/oauth/callback/good`,
      code_challenge_method: 'S256',
      scope: 'openid read write',
    })
    const page = await browser.follow(await good.consent(browser, request.href, 'kim'))
    const done = await press(browser, page)
    for (const { headers } of [started, page, done]) {
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers.get('referrer-policy')).toBe('same-origin')
    }
    expect(page.headers.get('content-security-policy')).not.toContain('script-src')
  })

  it('asks only for what was chosen, and for all that is required', async () => {
    const { url } = await begin({ scopes: [] })
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
    const [session, other] = [await embedSession('kim', 'Kim'), await embedSession('lee', 'Lee')]
    const own = (await server.call('/v1/connections', { headers: { authorization: session } })).body.data.length
    const browser = new TestBrowser()
    const { id, url } = await begin({ customerId: undefined }, session)
    const confirm = (authorization: string) =>
      server.call(`/v1/oauth/authorizations/${id}/confirm`, { method: 'POST', headers: { authorization } })
    expect((await confirm(session)).body.code).toBe('oauth.not_confirmable')
    const page = await signIn(browser, url)
    expect(page.text).toContain('Kim')
    expect((await confirm(session)).status).toBe(409)
    expect((await press(browser, page)).text).toContain('Almost done')
    expect(await follow(id, session)).toMatchObject({ status: 'authorized', awaiting: 'host', connectionId: null })
    const list = async () => (await server.call('/v1/connections', { headers: { authorization: session } })).body.data
    expect(await list()).toHaveLength(own)
    expect([(await confirm(other)).status, (await follow(id, other)).code]).toEqual([403, 'oauth.not_yours'])
    const confirmed = await confirm(session)
    expect(confirmed.body).toMatchObject({ status: 'confirmed', connectionId: expect.stringMatching(/^con_/) })
    expect((await confirm(session)).body).toEqual(confirmed.body)
    expect(await list()).toHaveLength(own + 1)
  })

  describe('under attack', () => {
    it('COAT: a code of an honest service is not sent to the token endpoint of another connector', async () => {
      const victim = new TestBrowser()
      const { id, url } = await begin({ connector: 'evil' })
      const toEvil = new URL((await victim.open(url)).headers.get('location') ?? '')
      // What the bad actor's server would redirect to: the honest one, with the honest app and the state of the bad one.
      const toGood = new URL(good.authorizationUrl)
      toGood.search = toEvil.search
      toGood.searchParams.set('client_id', 'good-client')
      toGood.searchParams.set('redirect_uri', `${base}/oauth/callback/good`)
      const back = await good.consent(victim, toGood.href, 'kim')
      expect([back.pathname, back.searchParams.has('code')]).toEqual(['/oauth/callback/good', true])
      expect((await victim.follow(back)).status).toBe(400)
      expect([good.tokenRequests, evil.tokenRequests]).toEqual([[], []])
      expect(await follow(id)).toMatchObject({ status: 'failed', error: { code: 'oauth.connector' } })
    })

    it("CORF: somebody's code for one connector is not taken with a state of another", async () => {
      const [victim, attacker] = [new TestBrowser(), new TestBrowser()]
      const before = await countConnections()
      const attackers = await attacker.open((await begin()).url)
      const stolen = await good.consent(attacker, attackers.headers.get('location') ?? '', 'mallory')
      const { url } = await begin({ connector: 'evil' })
      const known = new URL((await victim.open(url)).headers.get('location') ?? '').searchParams.get('state') ?? ''
      stolen.searchParams.set('state', known)
      expect((await victim.follow(stolen)).status).toBe(400)
      // Nor with the attacker's own state, whose browser this is not.
      expect([good.tokenRequests, evil.tokenRequests, await countConnections()]).toEqual([[], [], before])
    })

    it("COSF: an attacker's sign-in that is finished in the victim's browser connects nothing", async () => {
      const [victim, attacker] = [new TestBrowser(), new TestBrowser()]
      const session = await embedSession('mallory', 'Mallory')
      const { id, url } = await begin({ customerId: undefined }, session)
      const sent = (await attacker.open(url)).headers.get('location') ?? ''
      const refused = await victim.follow(await good.consent(victim, sent, 'kim'))
      expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('another browser')])
      expect(good.tokenRequests).toEqual([])
      const confirmed = await server.call(`/v1/oauth/authorizations/${id}/confirm`, {
        method: 'POST',
        headers: { authorization: session },
      })
      expect([confirmed.status, await follow(id, session)]).toEqual([
        409,
        expect.objectContaining({
          status: 'failed',
          connectionId: null,
          error: expect.objectContaining({ code: 'oauth.browser' }),
        }),
      ])
    })

    it('COSF: the link itself tells whoever is sent it who asks, and connects nothing without their decision', async () => {
      const victim = new TestBrowser()
      const session = await embedSession('mallory', 'Mallory')
      const { id, url } = await begin({ customerId: undefined }, session)
      const response = await fetch(url, { headers: { 'sec-fetch-site': 'none' }, redirect: 'manual' })
      const asked = await response.text()
      expect([response.status, response.headers.get('set-cookie')]).toEqual([200, null])
      expect(asked).toContain('Mallory')
      const page = await signIn(victim, new URL(/href="([^"]+)"/.exec(asked)?.[1] ?? '', base).href)
      expect(page.text).toContain('If you do not know Mallory')
      const before = await countConnections()
      const early = await server.call(`/v1/oauth/authorizations/${id}/confirm`, {
        method: 'POST',
        headers: { authorization: session },
      })
      expect([early.status, await countConnections()]).toEqual([409, before])
      expect((await press(victim, page, 'cancel')).text).toContain('not connected')
      expect(good.revocations).toContain('refresh_token')
      expect(await follow(id, session)).toMatchObject({ status: 'failed', error: { code: 'oauth.declined' } })
    })

    it('a page that a tenant allows begins without a question, one of anybody else does not', async () => {
      const { url } = await begin()
      const from = (referer: string) =>
        fetch(url, { redirect: 'manual', headers: { 'sec-fetch-site': 'cross-site', referer } })
      expect((await from('http://evil.example/')).status).toBe(200)
      expect((await from(`${HOST_PAGE}/settings`)).status).toBe(302)
    })

    it('uses a link, a state and a confirmation once', async () => {
      const [browser, other] = [new TestBrowser(), new TestBrowser()]
      const { id, url } = await begin()
      expect((await fetch(url, { method: 'HEAD' })).status).toBe(404)
      const started = await browser.open(url)
      expect([(await other.open(url)).status, (await browser.open(url)).status]).toEqual([404, 404])
      const back = await good.consent(browser, started.headers.get('location') ?? '', 'kim')
      const page = await browser.follow(back)
      expect((await browser.follow(back)).status).toBe(400)
      expect(good.tokenRequests).toEqual(['authorization_code'])
      const before = await countConnections()
      const both = await Promise.all([press(browser, page), press(browser, page)])
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
      expect((await press(browser, page)).status).toBe(409)
      expect([await countConnections(), (await follow(id)).status]).toEqual([before + 1, 'confirmed'])
    })

    it('takes the decision from the page that it has shown, in the browser that began', async () => {
      const [browser, other] = [new TestBrowser(), new TestBrowser()]
      const { id, url } = await begin()
      const page = await signIn(browser, url)
      const csrf = /name="csrf" value="([\w-]+)"/.exec(page.text)?.[1] ?? ''
      const tries = [
        await other.open(page.url, { form: { csrf, decision: 'connect' } }),
        await browser.open(page.url, { form: { decision: 'connect' } }),
        await browser.open(page.url, { form: { csrf: csrf.replace(/.$/, '_'), decision: 'connect' } }),
        await browser.open(page.url, {
          form: { csrf, decision: 'connect' },
          headers: { 'sec-fetch-site': 'cross-site' },
        }),
        await other.open(page.url),
      ]
      expect(tries.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
      expect(await follow(id)).toMatchObject({ status: 'pending', connectionId: null })
      const stranger = await signIn(other, (await begin()).url)
      // A form of the same browser for another sign-in proves nothing.
      const foreign = /name="csrf" value="([\w-]+)"/.exec(stranger.text)?.[1] ?? ''
      expect((await browser.open(page.url, { form: { csrf: foreign, decision: 'connect' } })).status).toBe(403)
    })

    it('is over after ten minutes, at each step', async () => {
      const age = (id: string) =>
        server.test
          .admin`UPDATE inlay.oauth_authorizations SET expires_at = now() - interval '1 second' WHERE id = ${id}`
      const browser = new TestBrowser()
      const unopened = await begin()
      await age(unopened.id)
      expect((await browser.open(unopened.url)).status).toBe(404)
      const begun = await begin()
      const started = await browser.open(begun.url)
      const back = await good.consent(browser, started.headers.get('location') ?? '', 'kim')
      await age(begun.id)
      expect((await browser.follow(back)).status).toBe(400)
      expect(good.tokenRequests).toEqual([])
      expect((await follow(begun.id)).status).toBe('expired')
      const late = await begin()
      const page = await signIn(browser, late.url)
      await age(late.id)
      expect((await press(browser, page)).status).toBe(400)
      await server.test
        .admin`UPDATE inlay.oauth_authorizations SET expires_at = now() - interval '2 hours' WHERE id = ${late.id}`
      await server.plane.services.oauth.authorizations.clearAbandoned(10)
      expect(good.revocations).toContain('refresh_token')
      expect((await follow(late.id)).code).toBe('oauth.authorization_not_found')
    })

    it('wants the answer from the server that the connector names', async () => {
      const browser = new TestBrowser()
      const { id, url } = await begin({ connector: 'strict' })
      const started = await browser.open(url)
      const back = await good.consent(browser, started.headers.get('location') ?? '', 'kim')
      expect(back.searchParams.get('iss')).toBe(good.issuer)
      expect((await browser.follow(back)).status).toBe(400)
      expect(good.tokenRequests).toEqual([])
      expect(await follow(id)).toMatchObject({ status: 'failed', error: { code: 'oauth.issuer' } })
      const again = await begin({ connector: 'strict' })
      const second = await browser.open(again.url)
      const silent = await good.consent(browser, second.headers.get('location') ?? '', 'kim')
      silent.searchParams.delete('iss')
      expect((await browser.follow(silent)).status).toBe(400)
    })

    it('does not go on without its proof key, whatever is done to the request', async () => {
      const outcomes = []
      for (const method of [undefined, 'plain']) {
        const browser = new TestBrowser()
        const { id, url } = await begin()
        const request = new URL((await browser.open(url)).headers.get('location') ?? '')
        request.searchParams.delete('code_challenge')
        request.searchParams.delete('code_challenge_method')
        if (method !== undefined) {
          request.searchParams.set('code_challenge', 'a'.repeat(43))
          request.searchParams.set('code_challenge_method', method)
        }
        const page = await browser.follow(request)
        outcomes.push([page.status, (await follow(id)).status])
      }
      const browser = new TestBrowser()
      const { url } = await begin()
      const request = new URL((await browser.open(url)).headers.get('location') ?? '')
      request.searchParams.set('code_challenge', 'a'.repeat(43))
      const page = await browser.follow(await good.consent(browser, request.href, 'kim'))
      expect([...outcomes, page.status]).toEqual([[422, 'failed'], [422, 'failed'], 422])
      expect(page.text).toContain('does not accept the authorization')
    })

    it('of a member goes on only where that member is signed in', async () => {
      const { portalEmail: email, portalPassword: password } = server.demo
      const signedIn = await fetch(`${base}/trpc/auth.signIn`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: base },
        body: JSON.stringify({ email, password }),
      })
      const [name = '', value = ''] = (signedIn.headers.get('set-cookie') ?? '').split(';')[0]?.split('=') ?? []
      const headers = { cookie: `${name}=${value}`, origin: base, 'sec-fetch-site': 'same-origin' }
      const { body } = await server.call('/v1/oauth/authorizations', {
        method: 'POST',
        body: { customerId, connector: 'good', name: 'Of a member' },
        headers,
      })
      const [member, stranger] = [new TestBrowser(), new TestBrowser()]
      expect((await stranger.open(body.url)).status).toBe(403)
      member.setCookie(base, name, value)
      const page = await signIn(member, body.url)
      expect((await press(member, page)).status).toBe(200)
      expect((await server.call(`/v1/oauth/authorizations/${body.id}`, { headers })).body.status).toBe('confirmed')
      expect((await follow(body.id)).code).toBe('oauth.not_yours')
    })

    it('knows no authorizations, customers, connections and pages of others', async () => {
      const { tenancy, identity } = server.plane.services
      const tenantId = await tenancy.createTenant({ name: 'Other', slug: `other-${Date.now()}`, allowedOrigins: [] })
      const { secret } = await identity.createApiKey({ tenantId }, { name: 'k', scopes: ['*'] })
      const authorization = `Bearer ${secret}`
      const { id } = await begin()
      expect((await follow(id, authorization)).code).toBe('oauth.authorization_not_found')
      const asOther = (more: object) =>
        server.call('/v1/oauth/authorizations', {
          method: 'POST',
          body: { customerId, connector: 'good', name: 'x', ...more },
          headers: { authorization },
        })
      expect((await asOther({})).body.code).toBe('customer.not_found')
      const foreign = await server.post('/v1/oauth/authorizations', {
        customerId,
        connector: 'good',
        name: 'x',
        returnOrigin: 'http://evil.example',
      })
      expect(foreign.body.code).toBe('oauth.return_origin')
    })
  })

  it('tells people in plain words that they have refused', async () => {
    const browser = new TestBrowser()
    const { id, url } = await begin()
    const started = await browser.open(url)
    const page = await browser.follow(await good.refuse(browser, started.headers.get('location') ?? ''))
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('access was refused')])
    expect(await follow(id)).toMatchObject({ status: 'failed', error: { code: 'oauth.access_denied' } })
  })

  it('connects an account again, and warns of another one', async () => {
    const browser = new TestBrowser()
    const first = await begin()
    await press(browser, await signIn(browser, first.url))
    const { connectionId } = await follow(first.id)
    const again = await begin({ connectionId })
    const page = await signIn(new TestBrowser(), again.url, 'lee')
    expect(page.text).toContain('another account so far: kim@example.com')
    const third = new TestBrowser()
    const renewed = await begin({ connectionId })
    await press(third, await signIn(third, renewed.url, 'kim'))
    expect(await follow(renewed.id)).toMatchObject({ status: 'confirmed', connectionId })
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
    const { url } = await begin()
    const request = new URL((await browser.open(url)).headers.get('location') ?? '')
    expect([request.searchParams.get('client_id'), request.searchParams.get('redirect_uri')]).toEqual([
      'tenants-own',
      `${base}/oauth/callback/good/${server.demo.tenantId}`,
    ])
    // An app for which another redirect URI is registered: the service itself refuses.
    expect((await browser.follow(request)).status).toBe(400)
    const session = await embedSession('kim', 'Kim')
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
