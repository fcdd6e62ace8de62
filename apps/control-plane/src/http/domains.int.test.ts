import type { AddressInfo } from 'node:net'
import type { TenantId } from '@inlay/engine'
import { type DnsServer, startDnsServer } from '@inlay/platform/domains/testing'
import {
  type AuthorizationServer,
  sendHere,
  startAuthorizationServer,
  TestBrowser,
} from '@inlay/platform/oauth/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpServer } from './app.js'
import { connectorOf, csrfIn } from './oauth-scene.js'
import { hasServers, startTestServer, type TestServer } from './test-server.js'

const ACME = 'automations.acme.test'
const BOLD = 'flows.bold.test'
const SECRET = 'test-client-secret'

interface Sent {
  readonly key?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly method?: string
}

describe.skipIf(!hasServers())("a tenant's own domain", () => {
  let server: TestServer
  let dns: DnsServer
  let service: AuthorizationServer
  let boldKey: string
  let port: string
  let acmeDomainId: string

  const at = (host: string, path: string) => new URL(`http://${host}:${port}${path}`)
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what is asserted
  const send = async (host: string, path: string, { key, body, headers, method }: Sent = {}): Promise<any> => {
    const answer = await sendHere(at(host, path), {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    return { ...answer, body: isJson ? JSON.parse(answer.text) : answer.text }
  }
  const addDomain = async (name: string, key: string): Promise<string> => {
    const { body: claim } = await send('localhost', '/v1/domains', { key, body: { name } })
    for (const { type, name: at, value } of claim.records) {
      dns.zones.set(at, type === 'TXT' ? { txt: [value] } : { cname: value })
    }
    const { body } = await send('localhost', `/v1/domains/${claim.id}/verify`, { key, body: {} })
    expect(body).toMatchObject({ name, status: 'verified', isPrimary: true })
    return claim.id
  }
  /** Of the demo's owner, who signs in at a host. */
  const ownersCookie = async (host: string): Promise<string> => {
    const { portalEmail: email, portalPassword: password } = server.demo
    const signedIn = await send(host, '/trpc/auth.signIn', { body: { email, password }, headers: ownPage(host) })
    return signedIn.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  }
  const ownPage = (host: string) => ({ origin: at(host, '/').origin, 'sec-fetch-site': 'same-origin' })
  const sendAsOwner = async (host: string, path: string, body: unknown) =>
    send(host, path, { body, headers: { ...ownPage(host), cookie: await ownersCookie(host) } })
  const begin = async () => {
    const body = { customerId: server.demo.customerId, connector: 'good', name: 'Larkfield' }
    return (await send('localhost', '/v1/oauth/authorizations', { key: server.demo.apiKey, body })).body
  }

  beforeAll(async () => {
    dns = await startDnsServer()
    server = await startTestServer({
      egressAllow: '127.0.0.1/32',
      // Loaded when it is first asked for: by then there is a service.
      connectors: [{ id: 'good', version: '1.0.0', load: async () => ({ connector: connectorOf('good', service) }) }],
      oauthClients: JSON.stringify({ good: { clientId: 'operators', clientSecret: SECRET } }),
      environment: { DNS_SERVERS: dns.address, DOMAIN_TARGET: 'plane.example' },
    })
    port = new URL(server.base).port
    const { tenancy, identity } = server.plane.services
    const own = `http://${ACME}:${port}/oauth/callback/good/${server.demo.tenantId}`
    service = await startAuthorizationServer({
      clients: [
        { clientId: 'operators', clientSecret: SECRET, redirectUris: [`${server.base}/oauth/callback/good`] },
        { clientId: 'tenants-own', clientSecret: SECRET, redirectUris: [own] },
      ],
    })
    const tenantId = await tenancy.createTenant({ name: 'Bold', slug: 'bold', allowedOrigins: [] })
    boldKey = (await identity.createApiKey({ tenantId }, { name: 'x', scopes: ['*'] })).secret
    const member = { email: 'kim@bold.test', name: 'Kim', role: 'owner', password: 'test-password-1' } as const
    await identity.createMember({ tenantId }, member)
  })

  afterAll(async () => {
    await server?.close()
    await service?.close()
    await dns?.close()
  })

  it('gets no answer before it is verified, whatever other headers say', async () => {
    const key = server.demo.apiKey
    const hook = new URL(server.demo.webhookUrl).pathname
    for (const path of ['/', '/v1/me', '/embed/v1.js', hook, '/llms.txt']) {
      const { status, body } = await send(ACME, path, { key })
      expect([path, status, body.code]).toEqual([path, 421, 'domain.unknown'])
    }
    expect((await send(ACME, '/', { headers: { accept: 'text/html' } })).text).toContain('Nothing is set up')
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' }
    const socket = { ...upgrade, 'sec-websocket-key': 'dGVzdC1rZXktMDEyMzQ1Ng==' }
    expect((await send(ACME, '/trpc', { headers: socket })).status).toBe(421)
    const forwarded = { 'x-forwarded-host': ACME, forwarded: `host=${ACME}` }
    expect((await send('localhost', '/v1/me', { key: boldKey, headers: forwarded })).body.tenant.name).toBe('Bold')
    expect((await send('localhost', `/internal/domains/ask?domain=${ACME}`)).status).toBe(404)
  })

  it('is its tenant’s once its records were found: nobody else’s credentials count there', async () => {
    const { apiKey, tenantId } = server.demo
    acmeDomainId = await addDomain(ACME, apiKey)
    expect((await send(ACME, '/v1/me', { key: apiKey })).body.tenant.id).toBe(tenantId)
    const refused = await send(ACME, '/v1/me', { key: boldKey })
    expect(refused.body).toMatchObject({ status: 403, code: 'domain.other_tenant' })
    expect(refused.body.type).toBe(`http://${ACME}:${port}/docs/errors/domain.other_tenant`)
    const proxied = await send(ACME, '/v1/proxy/con_x/a', { key: boldKey })
    expect([proxied.status, (await send(ACME, '/mcp', { key: boldKey, body: {} })).status]).toEqual([403, 401])
    expect([(await send(ACME, '/metrics')).status, (await send(ACME, '/healthz')).status]).toEqual([404, 200])
    expect((await send(ACME, '/v1/openapi.json')).text).not.toContain('localhost')
  })

  it('tells whoever opens a page how its tenant looks and where it is reached, and nothing else', async () => {
    const { apiKey: key } = server.demo
    const { body: before } = await send('localhost', '/v1/branding', { key })
    const appearance = { colorScheme: 'light', tokens: { colorPrimary: '#7c2d12' }, dark: { colorPrimary: '#fdba74' } }
    const brand = { ...before, productName: 'Larkfield Flows', supportUrl: 'https://help.example.com/', appearance }
    await send('localhost', '/v1/branding', { key, method: 'PUT', body: brand })
    const site = async (host: string) => (await send(host, '/trpc/domains.site?input=%7B%7D')).body.result.data
    const { logo, logoDark, favicon } = before
    expect(await site(ACME)).toEqual({
      origin: `http://${ACME}:${port}`,
      tenant: { name: 'Larkfield Flows', logo, logoDark, favicon, appearance },
    })
    // By the name of a tunnel or of the machine the configured address is told.
    for (const host of ['localhost', '127.0.0.1', 'plane.internal']) {
      expect(await site(host)).toEqual({ origin: server.base, tenant: null })
    }
    await send('localhost', '/v1/branding', { key, method: 'PUT', body: before })
  })

  it('lets its own members in, and none of others with the right password', async () => {
    const signIn = (host: string) =>
      send(host, '/trpc/auth.signIn', {
        body: { email: 'kim@bold.test', password: 'test-password-1' },
        headers: ownPage(host),
      })
    expect((await signIn(ACME)).body.error.data.code).toBe('auth.invalid_credentials')
    const { status, headers } = await signIn('localhost')
    const cookie = headers.get('set-cookie')?.split(';', 1)[0] ?? ''
    expect([status, /domain=/i.test(headers.get('set-cookie') ?? '')]).toEqual([200, false])
    const me = (host: string) => send(host, '/trpc/auth.me?input=%7B%7D', { headers: { cookie } })
    expect([(await me('localhost')).status, (await me(ACME)).status]).toEqual([200, 401])
  })

  it('takes embed tokens of its tenant, for its own address as for the operator’s', async () => {
    const exchange = async (host: string, audience: string) => {
      const customer = { externalId: 'larkfield-1' }
      const token = await server.embedToken({ customer, role: 'admin', audience })
      const { status, body } = await send(host, '/v1/embed/session', { body: { token } })
      return [status, body.code]
    }
    await addDomain(BOLD, boldKey)
    expect(await exchange(ACME, `http://${ACME}:${port}`)).toEqual([200, undefined])
    expect(await exchange(ACME, server.base)).toEqual([200, undefined])
    expect(await exchange(BOLD, server.base)).toEqual([401, 'embed.token_invalid'])
    expect(await exchange('localhost', `http://${BOLD}:${port}`)).toEqual([401, 'embed.token_invalid'])
  })

  it('is in the addresses of webhooks; those of before go on to work, and none of others answer', async () => {
    const { apiKey, webhookUrl, customerId } = server.demo
    const { pathname } = new URL(webhookUrl)
    const { body } = await send('localhost', `/v1/workflows?customerId=${customerId}`, { key: apiKey })
    const urls = JSON.stringify(
      await Promise.all(
        body.data.map(
          async ({ id }: { id: string }) => (await send(ACME, `/v1/workflows/${id}`, { key: apiKey })).body,
        ),
      ),
    )
    expect(urls).toContain(`http://${ACME}:${port}${pathname}`)
    const call = async (host: string) => (await send(host, pathname, { body: { order: { id: 1, total: 2 } } })).status
    expect([await call(ACME), await call('localhost'), await call(BOLD)]).toEqual([202, 202, 404])
  })

  it('is in the links of waiting runs, which nobody else’s domain answers', async () => {
    const { apiKey: key, customerId } = server.demo
    const notify = { id: 'link', type: 'set', values: { url: '{{ steps.ask.output.url }}' } }
    const steps = [{ id: 'ask', type: 'wait', approval: { title: 'Refund?', timeout: '2h' }, steps: [notify] }]
    const definition = { schema: 'inlay/workflow@1', name: 'Ask', trigger: { type: 'manual' }, steps }
    const made = await send(ACME, '/v1/workflows', { key, body: { customerId, name: 'Ask', definition } })
    await send(ACME, `/v1/workflows/${made.body.id}/publish`, { key, body: {} })
    const runId = (await send(ACME, `/v1/workflows/${made.body.id}/runs`, { key, body: { input: {} } })).body.id
    await server.plane.engine.execute([runId])
    const [link] = await server.test.admin`
      SELECT output FROM inlay.journal WHERE run_id = ${runId} AND step_path LIKE '%link'`
    const url = new URL(link?.['output'].url)
    expect(url.origin).toBe(`http://${ACME}:${port}`)
    const open = async (host: string) => (await send(host, url.pathname)).status
    expect([await open(ACME), await open('localhost'), await open(BOLD)]).toEqual([200, 200, 404])
    expect((await send(BOLD, url.pathname, { body: { decision: 'approve' } })).status).toBe(404)
    expect((await send(ACME, url.pathname, { body: { decision: 'approve' } })).body).toEqual({ decision: 'approve' })
  })

  it('is no way for what the operator’s app is granted: that begins and ends at the operator’s address', async () => {
    const browser = new TestBrowser()
    const { id, url } = await begin()
    expect(new URL(url).origin).toBe(server.base)
    const toService = (await browser.open(url)).headers.get('location') ?? ''
    expect(new URL(toService).searchParams.get('redirect_uri')).toBe(`${server.base}/oauth/callback/good`)
    // Led to consent by somebody else: the code goes nowhere from where the service has sent it.
    const victim = new TestBrowser()
    const stray = await victim.open(await service.consent(victim, toService, 'victim'))
    expect([stray.status, stray.headers.get('location')]).toEqual([403, null])
    expect((await begin()).id).not.toBe(id)
    const body = { customerId: server.demo.customerId, connector: 'good', name: 'Larkfield' }
    const asMember = await sendAsOwner(ACME, '/trpc/oauthAuthorizations.create', body)
    expect([asMember.status, asMember.body.error.data.code]).toEqual([409, 'oauth.operators_app'])
  })

  it('has the redirect URI of the tenant’s own app, from the moment at which that is saved there', async () => {
    const { apiKey, tenantId } = server.demo
    const { redirectUri, usedRedirectUri } = (
      await send(ACME, '/v1/oauth/clients/good', {
        ...{ key: apiKey, method: 'PUT', body: { clientId: 'tenants-own', clientSecret: SECRET } },
      })
    ).body
    expect(redirectUri).toBe(`http://${ACME}:${port}/oauth/callback/good/${tenantId}`)
    expect(usedRedirectUri).toBe(redirectUri)
    const browser = new TestBrowser()
    const { id, url } = await begin()
    const back = await service.consent(browser, (await browser.open(url)).headers.get('location') ?? '', 'kim')
    expect(back.hostname).toBe(ACME)
    const page = await browser.follow(back)
    await browser.open(page.url, { form: { csrf: csrfIn(page.text), decision: 'connect' } })
    const ended = await send(ACME, `/v1/oauth/authorizations/${id}`, { key: apiKey })
    expect(ended.body).toMatchObject({ status: 'confirmed', account: { id: 'kim' } })
    // A member is signed in at the operator's address: the answer is sent on there, and nowhere else is it taken.
    const body = { customerId: server.demo.customerId, connector: 'good', name: 'Larkfield' }
    const begun = (await sendAsOwner('localhost', '/trpc/oauthAuthorizations.create', body)).body.result.data
    const [name = '', value = ''] = (await ownersCookie('localhost')).split('=')
    browser.setCookie(server.base, name, value)
    const theirs = await service.consent(browser, (await browser.open(begun.url)).headers.get('location') ?? '', 'kim')
    const confirm = await browser.follow(theirs)
    expect([theirs.hostname, confirm.status, confirm.url.origin]).toEqual([ACME, 200, server.base])
    // One that was saved before there was a domain keeps the address that its service knows.
    const scope = { tenantId: tenantId as TenantId }
    await server.test.admin`UPDATE inlay.oauth_clients SET redirect_base = NULL`
    const kept = await server.plane.services.oauth.clients.get(scope, 'good')
    expect([kept.redirectUri, kept.usedRedirectUri]).toEqual([
      redirectUri,
      `${server.base}/oauth/callback/good/${tenantId}`,
    ])
    await server.test.admin`UPDATE inlay.oauth_clients SET redirect_base = ${`http://${ACME}:${port}`}`
  })

  it('keeps links and states to itself: on the domain of another tenant they are worth nothing', async () => {
    const browser = new TestBrowser()
    const { id, url } = await begin()
    const elsewhere = (address: string | URL, host: string) => {
      const moved = new URL(address)
      moved.hostname = host
      return moved
    }
    for (const host of [BOLD, 'localhost']) expect((await browser.open(elsewhere(url, host))).status).toBe(404)
    const back = await service.consent(browser, (await browser.open(url)).headers.get('location') ?? '', 'kim')
    service.tokenRequests.length = 0
    // Even with the cookie, which no browser would send there.
    for (const cookie of browser.cookiesOf(back).split('; ')) {
      const [name = '', value = ''] = cookie.split('=')
      browser.setCookie(at(BOLD, '/').origin, name, value)
    }
    expect((await browser.open(elsewhere(back, BOLD))).status).toBe(400)
    expect((await browser.follow(back)).status).toBe(400)
    expect(service.tokenRequests).toEqual([])
    const ended = await send(ACME, `/v1/oauth/authorizations/${id}`, { key: server.demo.apiKey })
    expect(ended.body).toMatchObject({ status: 'failed', error: { code: 'oauth.connector' } })
  })

  it('gets a certificate from a proxy that asks from this machine, and that alone', async () => {
    const ask = async (domain: string, headers = {}) =>
      (await send('localhost', `/internal/domains/ask?domain=${domain}`, { headers })).status
    expect([await ask(ACME), await ask('other.test'), await ask('localhost')]).toEqual([200, 404, 404])
    expect(await ask(ACME, { 'x-forwarded-for': '203.0.113.9' })).toBe(404)
    const { config } = server.plane
    const askToken = 'test-ask-token-1'
    const other = createHttpServer({ ...server.plane, config: { ...config, domains: { ...config.domains, askToken } } })
    await new Promise<void>((resolve) => other.server.listen(0, '127.0.0.1', resolve))
    // Listening on TCP, it has a port.
    const { port: otherPort } = other.server.address() as AddressInfo
    const askWith = async (token: string) =>
      (await sendHere(new URL(`http://localhost:${otherPort}/internal/domains/ask?domain=${ACME}${token}`))).status
    expect([await askWith(''), await askWith('&token=wrong'), await askWith(`&token=${askToken}`)]).toEqual([
      404, 404, 200,
    ])
    await other.close(100)
  })

  it('leads nowhere from the moment at which it is removed', async () => {
    const { apiKey } = server.demo
    const { status } = await send(ACME, `/v1/domains/${acmeDomainId}`, { key: apiKey, method: 'DELETE' })
    expect([status, (await send(ACME, '/v1/me', { key: apiKey })).status]).toEqual([200, 421])
    const { body } = await send('localhost', '/v1/oauth/clients/good', { key: apiKey })
    expect(body.usedRedirectUri).toBe(`${server.base}/oauth/callback/good/${server.demo.tenantId}`)
  })
})
