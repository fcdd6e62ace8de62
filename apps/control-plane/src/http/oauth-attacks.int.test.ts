import { type AuthorizationServer, TestBrowser } from '@inlay/platform/oauth/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { csrfIn, HOST_PAGE, type OAuthScene, startOAuthScene } from './oauth-scene.js'
import type { TestServer } from './test-server.js'
import { hasServers } from './test-server.js'

describe.skipIf(!hasServers())('signing in under attack', () => {
  let scene: OAuthScene
  let server: TestServer
  let good: AuthorizationServer
  let evil: AuthorizationServer
  let base: string
  let customerId: string

  beforeAll(async () => {
    scene = await startOAuthScene()
    ;({ server, good, evil, base, customerId } = scene)
  })

  beforeEach(() => scene.forget())

  afterAll(() => scene?.close())

  it('COAT: a code of an honest service is not sent to the token endpoint of another connector', async () => {
    const victim = new TestBrowser()
    const { id, url } = await scene.begin({ connector: 'evil' })
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
    expect(await scene.follow(id)).toMatchObject({ status: 'failed', error: { code: 'oauth.connector' } })
  })

  it("CORF: somebody's code for one connector is not taken with a state of another", async () => {
    const [victim, attacker] = [new TestBrowser(), new TestBrowser()]
    const before = await scene.countConnections()
    const attackers = await attacker.open((await scene.begin()).url)
    const stolen = await good.consent(attacker, attackers.headers.get('location') ?? '', 'mallory')
    const { url } = await scene.begin({ connector: 'evil' })
    const known = new URL((await victim.open(url)).headers.get('location') ?? '').searchParams.get('state') ?? ''
    stolen.searchParams.set('state', known)
    expect((await victim.follow(stolen)).status).toBe(400)
    // Nor with the attacker's own state, whose browser this is not.
    expect([good.tokenRequests, evil.tokenRequests, await scene.countConnections()]).toEqual([[], [], before])
  })

  it("COSF: an attacker's sign-in that is finished in the victim's browser connects nothing", async () => {
    const [victim, attacker] = [new TestBrowser(), new TestBrowser()]
    const session = await scene.embedSession('mallory', 'Mallory')
    const { id, url } = await scene.begin({ customerId: undefined }, session)
    const sent = (await attacker.open(url)).headers.get('location') ?? ''
    const refused = await victim.follow(await good.consent(victim, sent, 'kim'))
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('another browser')])
    expect(good.tokenRequests).toEqual([])
    const confirmed = await server.call(`/v1/oauth/authorizations/${id}/confirm`, {
      method: 'POST',
      headers: { authorization: session },
    })
    expect([confirmed.status, await scene.follow(id, session)]).toEqual([
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
    const session = await scene.embedSession('mallory', 'Mallory')
    const { id, url } = await scene.begin({ customerId: undefined }, session)
    const response = await fetch(url, { headers: { 'sec-fetch-site': 'none' }, redirect: 'manual' })
    const asked = await response.text()
    expect([response.status, response.headers.get('set-cookie')]).toEqual([200, null])
    expect(asked).toContain('Mallory')
    const page = await scene.signIn(victim, new URL(/href="([^"]+)"/.exec(asked)?.[1] ?? '', base).href)
    expect(page.text).toContain('If you do not know Mallory')
    const before = await scene.countConnections()
    const early = await server.call(`/v1/oauth/authorizations/${id}/confirm`, {
      method: 'POST',
      headers: { authorization: session },
    })
    expect([early.status, await scene.countConnections()]).toEqual([409, before])
    expect((await scene.press(victim, page, 'cancel')).text).toContain('not connected')
    expect(good.revocations).toContain('refresh_token')
    expect(await scene.follow(id, session)).toMatchObject({ status: 'failed', error: { code: 'oauth.declined' } })
  })

  it('a page that a tenant allows begins without a question, one of anybody else does not', async () => {
    const { url } = await scene.begin()
    const from = (referer: string) =>
      fetch(url, { redirect: 'manual', headers: { 'sec-fetch-site': 'cross-site', referer } })
    expect((await from('http://evil.example/')).status).toBe(200)
    expect((await from(`${HOST_PAGE}/settings`)).status).toBe(302)
  })

  it('uses a link, a state and a confirmation once', async () => {
    const [browser, other] = [new TestBrowser(), new TestBrowser()]
    const { id, url } = await scene.begin()
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(404)
    const started = await browser.open(url)
    expect([(await other.open(url)).status, (await browser.open(url)).status]).toEqual([404, 404])
    const back = await good.consent(browser, started.headers.get('location') ?? '', 'kim')
    const page = await browser.follow(back)
    expect((await browser.follow(back)).status).toBe(400)
    expect(good.tokenRequests).toEqual(['authorization_code'])
    const before = await scene.countConnections()
    const both = await Promise.all([scene.press(browser, page), scene.press(browser, page)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await scene.press(browser, page)).status).toBe(409)
    expect([await scene.countConnections(), (await scene.follow(id)).status]).toEqual([before + 1, 'confirmed'])
  })

  it('takes the decision from the page that it has shown, in the browser that began', async () => {
    const [browser, other] = [new TestBrowser(), new TestBrowser()]
    const { id, url } = await scene.begin()
    const page = await scene.signIn(browser, url)
    const csrf = csrfIn(page.text)
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
    expect(await scene.follow(id)).toMatchObject({ status: 'pending', connectionId: null })
    const stranger = await scene.signIn(other, (await scene.begin()).url)
    // A form of the same browser for another sign-in proves nothing.
    const foreign = csrfIn(stranger.text)
    expect((await browser.open(page.url, { form: { csrf: foreign, decision: 'connect' } })).status).toBe(403)
  })

  it('is over after ten minutes, at each step', async () => {
    const age = (id: string) =>
      server.test.admin`UPDATE inlay.oauth_authorizations SET expires_at = now() - interval '1 second' WHERE id = ${id}`
    const browser = new TestBrowser()
    const unopened = await scene.begin()
    await age(unopened.id)
    expect((await browser.open(unopened.url)).status).toBe(404)
    const begun = await scene.begin()
    const started = await browser.open(begun.url)
    const back = await good.consent(browser, started.headers.get('location') ?? '', 'kim')
    await age(begun.id)
    expect((await browser.follow(back)).status).toBe(400)
    expect(good.tokenRequests).toEqual([])
    expect((await scene.follow(begun.id)).status).toBe('expired')
    const late = await scene.begin()
    const page = await scene.signIn(browser, late.url)
    await age(late.id)
    expect((await scene.press(browser, page)).status).toBe(400)
    await server.test
      .admin`UPDATE inlay.oauth_authorizations SET expires_at = now() - interval '2 hours' WHERE id = ${late.id}`
    await server.plane.services.oauth.authorizations.clearAbandoned(10)
    expect(good.revocations).toContain('refresh_token')
    expect((await scene.follow(late.id)).code).toBe('oauth.authorization_not_found')
  })

  it('wants the answer from the server that the connector names', async () => {
    const browser = new TestBrowser()
    const { id, url } = await scene.begin({ connector: 'strict' })
    const started = await browser.open(url)
    const back = await good.consent(browser, started.headers.get('location') ?? '', 'kim')
    expect(back.searchParams.get('iss')).toBe(good.issuer)
    expect((await browser.follow(back)).status).toBe(400)
    expect(good.tokenRequests).toEqual([])
    expect(await scene.follow(id)).toMatchObject({ status: 'failed', error: { code: 'oauth.issuer' } })
    const again = await scene.begin({ connector: 'strict' })
    const second = await browser.open(again.url)
    const silent = await good.consent(browser, second.headers.get('location') ?? '', 'kim')
    silent.searchParams.delete('iss')
    expect((await browser.follow(silent)).status).toBe(400)
  })

  it('does not go on without its proof key, whatever is done to the request', async () => {
    const outcomes = []
    for (const method of [undefined, 'plain']) {
      const browser = new TestBrowser()
      const { id, url } = await scene.begin()
      const request = new URL((await browser.open(url)).headers.get('location') ?? '')
      request.searchParams.delete('code_challenge')
      request.searchParams.delete('code_challenge_method')
      if (method !== undefined) {
        request.searchParams.set('code_challenge', 'a'.repeat(43))
        request.searchParams.set('code_challenge_method', method)
      }
      const page = await browser.follow(request)
      outcomes.push([page.status, (await scene.follow(id)).status])
    }
    const browser = new TestBrowser()
    const { url } = await scene.begin()
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
    const page = await scene.signIn(member, body.url)
    expect((await scene.press(member, page)).status).toBe(200)
    expect((await server.call(`/v1/oauth/authorizations/${body.id}`, { headers })).body.status).toBe('confirmed')
    expect((await scene.follow(body.id)).code).toBe('oauth.not_yours')
  })

  it('knows no authorizations, customers, connections and pages of others', async () => {
    const { tenancy, identity } = server.plane.services
    const tenantId = await tenancy.createTenant({ name: 'Other', slug: `other-${Date.now()}`, allowedOrigins: [] })
    const { secret } = await identity.createApiKey({ tenantId }, { name: 'k', scopes: ['*'] })
    const authorization = `Bearer ${secret}`
    const { id } = await scene.begin()
    expect((await scene.follow(id, authorization)).code).toBe('oauth.authorization_not_found')
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
