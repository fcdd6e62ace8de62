/** A control plane with connectors that sign in at real authorization servers, and what people do there, for tests. */
import {
  type AuthorizationServer,
  startAuthorizationServer,
  type TestBrowser,
  type TestClient,
} from '@inlay/platform/oauth/testing'
import { defineConnector, z } from '@inlay/sdk/connector'
import { freePort, startTestServer, type TestServer } from './test-server.js'

/** A page of the tenant's that may show the widget. */
export const HOST_PAGE = 'http://app.larkfield.example'

/** What tests of signing in share. */
export interface OAuthScene {
  readonly server: TestServer
  readonly base: string
  readonly customerId: string
  /** The authorization server of an honest service, used by the connectors `good` and `strict`. */
  readonly good: AuthorizationServer
  /** Of a service whose connector, `evil`, a bad actor has made. */
  readonly evil: AuthorizationServer
  /** With the demo's API key unless an authorization is given. @throws Error when it is refused */
  begin(more?: Record<string, unknown>, authorization?: string): Promise<{ id: string; url: string }>
  /** From the link to the page that asks for the decision. */
  signIn(browser: TestBrowser, url: string, user?: string): ReturnType<TestBrowser['follow']>
  /** Presses a button of that page. */
  press(browser: TestBrowser, page: { url: URL; text: string }, decision?: string): ReturnType<TestBrowser['open']>
  /** What the one who began is told. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what is asserted
  follow(id: string, authorization?: string): Promise<any>
  /** The `authorization` header of an end user's session. */
  embedSession(sub: string, name: string): Promise<string>
  countConnections(): Promise<number>
  /** Forgets what the authorization servers have seen. */
  forget(): void
  close(): Promise<void>
}

/** Starts it on a database of its own. */
export async function startOAuthScene(): Promise<OAuthScene> {
  const port = await freePort()
  const base = `http://localhost:${port}`
  const { good, evil } = await startServices(base)
  const server = await startTestServer({
    ...{ port, allowedOrigins: [HOST_PAGE], egressAllow: '127.0.0.1/32' },
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
  const { customerId } = server.demo
  return {
    ...{ server, base, customerId, good, evil },
    ...peopleAt(server, good),
    countConnections: async () =>
      (await server.get(`/v1/connections?customerId=${customerId}&connector=good`)).body.data.length,
    forget: () => {
      good.tokenRequests.length = 0
      evil.tokenRequests.length = 0
      good.revocations.length = 0
    },
    close: async () => {
      await server.close()
      await good.close()
      await evil.close()
    },
  }
}

function secretOf(id: string) {
  return { clientId: id, clientSecret: `${id}-secret` }
}

async function startServices(base: string): Promise<Pick<OAuthScene, 'good' | 'evil'>> {
  const client = (id: string, uris: readonly string[]): TestClient => ({
    ...secretOf(id),
    redirectUris: uris.map((uri) => `${base}/oauth/callback/${uri}`),
  })
  const app: TestClient = { ...client('app-client', []), grants: ['client_credentials'] }
  return {
    good: await startAuthorizationServer({
      clients: [client('good-client', ['good', 'strict']), app, client('tenants-own', ['good'])],
    }),
    evil: await startAuthorizationServer({ clients: [client('evil-client', ['evil'])] }),
  }
}

type People = Pick<OAuthScene, 'begin' | 'signIn' | 'press' | 'follow' | 'embedSession'>

function peopleAt(server: TestServer, good: AuthorizationServer): People {
  const { demo } = server
  const asKey = `Bearer ${demo.apiKey}`
  return {
    begin: async (more = {}, authorization = asKey) => {
      const { status, body } = await server.call('/v1/oauth/authorizations', {
        method: 'POST',
        body: { customerId: demo.customerId, connector: 'good', name: 'Larkfield', ...more },
        headers: { authorization },
      })
      if (status === 201 && body.status === 'pending') return body
      throw new Error(`The authorization was not begun: ${status} ${JSON.stringify(body)}`)
    },
    signIn: async (browser, url, user = 'kim') => {
      const started = await browser.open(url)
      return browser.follow(await good.consent(browser, started.headers.get('location') ?? '', user))
    },
    press: (browser, page, decision = 'connect') =>
      browser.open(page.url, { form: { csrf: csrfIn(page.text), decision } }),
    follow: async (id, authorization = asKey) =>
      (await server.call(`/v1/oauth/authorizations/${id}`, { headers: { authorization } })).body,
    embedSession: async (sub, name) => {
      const customer = { externalId: 'larkfield-1' }
      const token = await server.embedToken({ user: { sub, name }, customer, role: 'admin' })
      const { body } = await server.call('/v1/embed/session', { method: 'POST', body: { token } })
      return `Bearer ${body.sessionToken}`
    },
  }
}

/** What the page's form proves itself by. */
export function csrfIn(text: string): string {
  return /name="csrf" value="([\w-]+)"/.exec(text)?.[1] ?? ''
}

/** A connector of a service that signs people in by an authorization server. */
export function connectorOf(id: string, server: AuthorizationServer, issuer?: string) {
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
