/** A control plane with its HTTP server for tests, on a database of its own, seeded with the demo. */
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { CONNECTORS } from '@inlay/catalog'
import { readConfig } from '@inlay/platform/config'
import { createTestDatabase, type TestDatabase } from '@inlay/platform/database/testing'
import { type EmbedTokenOptions, signEmbedToken } from '@inlay/sdk/embed'
import { type ControlPlane, compose } from '../compose.js'
import { type Demo, seedDemo } from '../demo/demo.js'
import { createHttpServer } from './app.js'

export interface Call {
  readonly method?: string
  /** Sent as JSON, a text as it is. */
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // Tests look into whatever came.
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what is asserted
  readonly body: any
}

export interface TestServer {
  readonly test: TestDatabase
  readonly plane: ControlPlane
  readonly demo: Demo
  readonly base: string
  /** Without credentials unless the headers hold them. */
  call(path: string, call?: Call): Promise<Answer>
  /** With the demo's API key. */
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  put(path: string, body: unknown): Promise<Answer>
  /** What the demo's backend signs for one of a customer's people. */
  embedToken(claims: EmbedClaims): Promise<string>
  close(): Promise<void>
}

/** @param user @default one of them */
type EmbedClaims = Omit<EmbedTokenOptions, 'signingKey' | 'keyId' | 'tenantId' | 'audience' | 'user'> &
  Partial<Pick<EmbedTokenOptions, 'tenantId' | 'audience' | 'user'>>

export interface TestServerOptions {
  /** @default `INLAY_TEST_DATABASE_URL` */
  readonly serverUrl?: string
  /** @default `INLAY_TEST_REDIS_URL` */
  readonly redisUrl?: string
  /** Origins of pages that may show the widget. */
  readonly allowedOrigins?: readonly string[]
  /** CIDR blocks that may be called though they are not public. @default none */
  readonly egressAllow?: string
  /** Beside those of the deployment. */
  readonly connectors?: Parameters<typeof compose>[1]
  /** The operator's OAuth apps, as `OAUTH_CLIENTS` has them. @default none */
  readonly oauthClients?: string
  /** The operator's pieces, as `BRIDGED_PIECES` has them. @default none */
  readonly bridgedPieces?: string
  /** Where the model is that writes drafts, as `AI_API_URL` has it. @default none */
  readonly aiUrl?: string
  /** @default a free one */
  readonly port?: number
  /** Where files are kept, as `BLOB_STORE` has it. @default nowhere */
  readonly blobStore?: string
  /** Bytes of an upload. @default that of the product */
  readonly maxUploadBytes?: number
  /** Proxies whose word on the caller's address is believed. @default 0 */
  readonly trustedProxies?: number
  /** Further variables, as the environment has them. @default none */
  readonly environment?: Readonly<Record<string, string>>
}

/** Whether PostgreSQL and Redis are there: tests that need them are skipped when they are not. */
export function hasServers(): boolean {
  return process.env['INLAY_TEST_DATABASE_URL'] !== undefined && process.env['INLAY_TEST_REDIS_URL'] !== undefined
}

/** Runs stay as they were recorded, unless a test executes them: there is no worker here. */
export async function startTestServer({
  serverUrl = process.env['INLAY_TEST_DATABASE_URL'] ?? '',
  redisUrl = process.env['INLAY_TEST_REDIS_URL'] ?? '',
  allowedOrigins = [],
  egressAllow = '',
  connectors = [],
  oauthClients = '',
  bridgedPieces,
  aiUrl,
  port: givenPort,
  trustedProxies = 0,
  blobStore,
  maxUploadBytes,
  environment = {},
}: TestServerOptions = {}): Promise<TestServer> {
  const test = await createTestDatabase(serverUrl)
  const port = givenPort ?? (await freePort())
  const base = `http://localhost:${port}`
  const plane = await compose(
    readConfig({
      DATABASE_URL: test.databaseUrl,
      ENGINE_DATABASE_URL: test.engineDatabaseUrl,
      REDIS_URL: redisUrl,
      INLAY_EGRESS_ALLOW: egressAllow,
      INLAY_MASTER_KEY: randomBytes(32).toString('base64'),
      PORT: String(port),
      LOG_LEVEL: 'silent',
      EAGER_RUNS: '0',
      TRUSTED_PROXIES: String(trustedProxies),
      OAUTH_CLIENTS: oauthClients,
      BRIDGED_PIECES: bridgedPieces,
      ...environment,
      BLOB_STORE: blobStore,
      MAX_UPLOAD_BYTES: maxUploadBytes?.toString(),
      ...(aiUrl === undefined ? {} : { AI_API_URL: aiUrl, AI_API_KEY: 'test-key', AI_MODEL: 'test-model' }),
    }),
    [...CONNECTORS, ...connectors],
  )
  const demo = await seedDemo(plane, { stubUrl: 'http://127.0.0.77:1', allowedOrigins })
  const http = createHttpServer(plane)
  await new Promise<void>((resolve) => http.server.listen(port, resolve))
  return {
    test,
    plane,
    demo,
    base,
    ...callsOf(base, demo),
    close: async () => {
      await http.close(100)
      await plane.close()
      await test.drop()
    },
  }
}

function callsOf(base: string, demo: Demo): Pick<TestServer, 'call' | 'get' | 'post' | 'put' | 'embedToken'> {
  const call = caller(base)
  const authorization = `Bearer ${demo.apiKey}`
  const { tenantId, embedKeyId: keyId, embedSigningKey: signingKey } = demo
  return {
    call,
    get: (path) => call(path, { headers: { authorization } }),
    post: (path, body = {}, headers = {}) =>
      call(path, { method: 'POST', body, headers: { authorization, ...headers } }),
    put: (path, body) => call(path, { method: 'PUT', body, headers: { authorization } }),
    embedToken: (claims) =>
      signEmbedToken({ signingKey, keyId, tenantId, audience: base, user: { sub: 'u1' }, ...claims }),
  }
}

function caller(base: string): TestServer['call'] {
  return async (path, { method = 'GET', body, headers = {} } = {}) => {
    const response = await fetch(base + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
}

/** A port on which nothing listens at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
