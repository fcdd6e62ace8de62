/** A stand-in for Acme: its sign-in, its API and its webhooks, in memory. */
import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { JsonObject } from '@inlay/sdk/connector'
import { type StubAnswer, type StubHandler, type StubRequest, startStubServer } from '@inlay/sdk/testing'
import type { AcmeAddresses } from './connector.js'

/** An order as the API gives it. */
interface Order {
  readonly id: string
  readonly customer_id: string
  readonly status: 'open' | 'paid' | 'shipped'
  readonly total: number
  readonly updated_at: string
}

/** A webhook as Acme would send it. */
export interface AcmeDelivery {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly rawBody: string
}

/** Acme on this machine. */
export interface AcmeService {
  readonly addresses: AcmeAddresses
  readonly requests: readonly StubRequest[]
  readonly orders: Order[]
  /** The webhook for a paid order, for each registration. */
  paid(order: Order, sentAtMs?: number): AcmeDelivery[]
  close(): Promise<void>
}

const CUSTOMERS = ['Ada Ltd', 'Bean & Co', 'Cup GmbH'].map((name, index) => ({
  id: `C-${index + 1}`,
  name,
  city: 'Amsterdam',
}))
const PAGE_SIZE = 2

/** Starts it on a free port. Whoever asks to sign in is signed in. */
export async function startAcme(): Promise<AcmeService> {
  const orders: Order[] = []
  const hooks = new Map<string, { readonly url: string; readonly secret: string }>()
  const byKey = new Map<string, StubAnswer>()
  const routes: Record<string, StubHandler> = {
    ...signInRoutes(),
    'GET /v1/me': () => ({ json: { company: { id: 'company-1', name: 'Tea House' } } }),
    'GET /v1/customers': (request) => customerPage(query(request)),
    'GET /v1/order-types': () => ({ json: [{ key: 'standard', label: 'Standard' }] }),
    'GET /v1/order-types/standard/schema': () => ({ json: ORDER_FIELDS }),
    'GET /v1/orders': (request) => orderPage(orders, query(request)),
    'POST /v1/orders': (request) => once(byKey, request, () => created(orders, request)),
    'POST /v1/exports': () => ({ json: { id: 'export-1', status: 'running' } }),
    'GET /v1/exports/export-1': () => ({
      json: { id: 'export-1', status: 'done', rows: orders.length, file_url: `${stub.url}/files/orders.csv` },
    }),
    'GET /files/orders.csv': () => ({ bytes: Buffer.from(['id', ...orders.map(({ id }) => id)].join('\n')) }),
    'POST /v1/hooks': (request) => {
      const id = randomUUID()
      hooks.set(id, request.json() as { url: string; secret: string })
      return { status: 201, json: { id } }
    },
  }
  const stub = await startStubServer((request) => {
    const path = request.url.split('?')[0] ?? ''
    const hook = /^\/v1\/hooks\/(.+)$/.exec(path)?.[1]
    if (path.startsWith('/v1/') && !isSignedIn(request)) return { status: 401, json: { error: 'unauthorized' } }
    if (request.method === 'DELETE' && hook !== undefined) return { status: hooks.delete(hook) ? 204 : 404 }
    return routes[`${request.method} ${path}`]?.(request) ?? { status: 404, json: { error: 'not found' } }
  })
  const addresses = {
    apiUrl: `${stub.url}/v1`,
    authorizationUrl: `${stub.url}/oauth/authorize`,
    tokenUrl: `${stub.url}/oauth/token`,
  }
  const paid = (order: Order, sentAtMs = Date.now()) =>
    [...hooks.values()].map(({ url, secret }) => ({ url, ...signed(order, { secret, sentAtMs }) }))
  return { addresses, requests: stub.requests, orders, paid, close: () => stub.close() }
}

const ORDER_FIELDS: JsonObject = {
  type: 'object',
  properties: { reference: { type: 'string', title: 'Reference' } },
  required: ['reference'],
}

function isSignedIn({ headers }: StubRequest): boolean {
  return /^Bearer acme-access-/.test(headers.authorization ?? '')
}

function query({ url }: StubRequest): URLSearchParams {
  return new URLSearchParams(url.split('?')[1] ?? '')
}

/** Authorization code with PKCE (RFC 7636), without the page on which people would agree. */
function signInRoutes(): Record<string, StubHandler> {
  const challenges = new Map<string, string>()
  return {
    'GET /oauth/authorize': (request) => {
      const asked = query(request)
      const code = randomUUID()
      challenges.set(code, asked.get('code_challenge') ?? '')
      const back = new URL(asked.get('redirect_uri') ?? '')
      back.searchParams.set('code', code)
      back.searchParams.set('state', asked.get('state') ?? '')
      return { status: 302, headers: { location: back.href } }
    },
    'POST /oauth/token': (request) => {
      const asked = request.form()
      const code = asked.get('code') ?? ''
      const challenge = createHash('sha256')
        .update(asked.get('code_verifier') ?? '')
        .digest('base64url')
      const isRefresh = asked.get('grant_type') === 'refresh_token'
      const isRight = isRefresh || (challenges.get(code) === challenge && challenges.delete(code))
      if (!isRight) return { status: 400, json: { error: 'invalid_grant' } }
      const id = randomUUID()
      return {
        json: {
          access_token: `acme-access-${id}`,
          refresh_token: `acme-refresh-${id}`,
          token_type: 'Bearer',
          expires_in: 3600,
          scope: 'orders.read orders.write hooks',
        },
      }
    },
  }
}

function customerPage(asked: URLSearchParams): StubAnswer {
  const wanted = (asked.get('q') ?? '').toLowerCase()
  const found = CUSTOMERS.filter(({ name }) => name.toLowerCase().includes(wanted))
  const from = Number(asked.get('cursor') ?? 0)
  const next = from + PAGE_SIZE
  return { json: { data: found.slice(from, next), next_cursor: next < found.length ? String(next) : null } }
}

function orderPage(orders: readonly Order[], asked: URLSearchParams): StubAnswer {
  const since = asked.get('updated_since') ?? ''
  const found = orders.filter(({ updated_at }) => Date.parse(updated_at) >= (since === '' ? 0 : Date.parse(since)))
  const from = Number(asked.get('cursor') ?? 0)
  const next = from + PAGE_SIZE
  const data = found.slice(from, next).map((order) => ({ ...order }))
  return { json: { data, next_cursor: next < found.length ? String(next) : null } }
}

function created(orders: Order[], request: StubRequest): StubAnswer {
  const { customer_id } = request.json() as { customer_id: string }
  const id = `A-${1001 + orders.length}`
  const order = { id, customer_id, status: 'open' as const, total: 20, updated_at: new Date().toISOString() }
  orders.push(order)
  return { status: 201, json: order }
}

/** The same answer for the same idempotency key. */
function once(byKey: Map<string, StubAnswer>, { headers }: StubRequest, answer: () => StubAnswer): StubAnswer {
  const key = String(headers['idempotency-key'])
  const given = byKey.get(key) ?? answer()
  byKey.set(key, given)
  return given
}

function signed(order: Order, { secret, sentAtMs }: { secret: string; sentAtMs: number }) {
  const rawBody = JSON.stringify({ event_id: `event-${order.id}`, type: 'order.paid', order })
  const sentAt = String(Math.floor(sentAtMs / 1000))
  const signature = createHmac('sha256', secret).update(`${sentAt}.${rawBody}`).digest('hex')
  const headers = {
    'content-type': 'application/json',
    'x-acme-timestamp': sentAt,
    'x-acme-signature': signature,
  }
  return { rawBody, headers }
}
