/** A real authorization server for tests: `oidc-provider` on a loopback port, with rotation and reuse detection. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import Provider, { type Configuration } from 'oidc-provider'
import type { TestBrowser } from './browser.js'

/** An app that is registered. */
export interface TestClient {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUris: readonly string[]
  /** @default 'client_secret_post' */
  readonly authentication?: 'client_secret_basic' | 'client_secret_post'
  /** @default authorization code with refresh */
  readonly grants?: readonly string[]
}

/** What is asked of the server. */
export interface AuthorizationServerOptions {
  readonly clients: readonly TestClient[]
  /** Milliseconds before a token request is answered. @default 0 */
  readonly slownessMs?: number
}

/** A running authorization server, and what it has seen. */
export interface AuthorizationServer {
  readonly issuer: string
  readonly authorizationUrl: string
  readonly tokenUrl: string
  readonly revocationUrl: string
  readonly userinfoUrl: string
  /** `grant_type` of each token request. */
  readonly tokenRequests: string[]
  /** `token_type_hint` of each revocation. */
  readonly revocations: string[]
  /** Lifetime of access tokens from now on. @default 3600 */
  accessTokenSeconds: number
  /** Answers token requests with this status instead, until undefined again. */
  outage: number | undefined
  /** Signs in as `user` and consents, from the authorization request to the redirect back, which is not followed. */
  consent(browser: TestBrowser, url: string, user: string): Promise<URL>
  /** Goes to the request's page and cancels there. @returns the redirect back */
  refuse(browser: TestBrowser, url: string): Promise<URL>
  close(): Promise<void>
}

/** Starts one on a free port of 127.0.0.1. */
export async function startAuthorizationServer(options: AuthorizationServerOptions): Promise<AuthorizationServer> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const state: { outage: number | undefined; seconds: number } = { outage: undefined, seconds: 3600 }
  const provider = new Provider(
    issuer,
    configurationOf(options, () => state.seconds),
  )
  const handle = provider.callback()
  const tokenRequests: string[] = []
  const revocations: string[] = []
  server.on('request', async (request, response) => {
    const isToken = request.url === '/token'
    if (isToken || request.url === '/token/revocation') {
      const form = new URLSearchParams(await bodyOf(request))
      // The provider takes a body that was parsed before.
      Object.assign(request, { body: Object.fromEntries(form) })
      if (isToken) tokenRequests.push(form.get('grant_type') ?? '')
      else revocations.push(form.get('token_type_hint') ?? '')
      await new Promise((resolve) => setTimeout(resolve, options.slownessMs ?? 0))
      if (isToken && state.outage !== undefined) {
        response.writeHead(state.outage, { 'content-type': 'text/html' }).end('<html>Down</html>')
        return
      }
    }
    await handle(request, response)
  })
  return {
    issuer,
    authorizationUrl: `${issuer}/auth`,
    tokenUrl: `${issuer}/token`,
    revocationUrl: `${issuer}/token/revocation`,
    userinfoUrl: `${issuer}/me`,
    tokenRequests,
    revocations,
    get accessTokenSeconds() {
      return state.seconds
    },
    set accessTokenSeconds(seconds) {
      state.seconds = seconds
    },
    get outage() {
      return state.outage
    },
    set outage(status) {
      state.outage = status
    },
    consent: (browser, url, user) => consent({ browser, issuer }, url, user),
    refuse: (browser, url) => refuse({ browser, issuer }, url),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function configurationOf({ clients }: AuthorizationServerOptions, seconds: () => number): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    clients: clients.map((client) => {
      const grants = client.grants ?? ['authorization_code', 'refresh_token']
      const hasCode = grants.includes('authorization_code')
      return {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [...client.redirectUris],
        grant_types: [...grants],
        response_types: hasCode ? (['code'] as const) : [],
        token_endpoint_auth_method: client.authentication ?? 'client_secret_post',
      }
    }) as NonNullable<Configuration['clients']>,
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' } as never] },
    cookies: { keys: [randomUUID()] },
    scopes: ['openid', 'offline_access', 'read', 'write'],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: true },
      revocation: { enabled: true },
      clientCredentials: { enabled: true },
    },
    rotateRefreshToken: true,
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    ttl: {
      AccessToken: seconds,
      ClientCredentials: seconds,
      RefreshToken: 86_400,
      Interaction: 600,
      Session: 600,
      Grant: 86_400,
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

interface Visit {
  readonly browser: TestBrowser
  readonly issuer: string
}

const MOST_PAGES = 5

async function consent({ browser, issuer }: Visit, url: string, user: string): Promise<URL> {
  const isBack = (next: URL): boolean => next.origin !== issuer
  let page = await browser.follow(url, isBack)
  for (let count = 0; count < MOST_PAGES && page.url.origin === issuer; count++) {
    const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1]
    if (prompt === undefined) throw new Error(`The authorization server shows no form: ${page.status} ${page.text}`)
    const form: Record<string, string> = prompt === 'login' ? { prompt, login: user, password: 'any' } : { prompt }
    const answer = await browser.open(page.url, { form })
    page = await browser.follow(new URL(answer.headers.get('location') ?? '', page.url), isBack)
  }
  return page.url
}

async function refuse({ browser, issuer }: Visit, url: string): Promise<URL> {
  const isBack = (next: URL): boolean => next.origin !== issuer
  const page = await browser.follow(url, isBack)
  const abort = /href="([^"]+\/abort)"/.exec(page.text)?.[1]
  if (abort === undefined) throw new Error('The authorization server offers no way to cancel.')
  return (await browser.follow(new URL(abort, page.url), isBack)).url
}
