/** A service that a test controls, and the connector for it: what tests of connector triggers work with. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type {
  AppEvent,
  Connector,
  ConnectorTriggerCommon,
  ConnectorWebhookTrigger,
  HttpResponse,
  IncomingRequest,
  JsonObject,
  JsonValue,
  PollContext,
  PollResult,
  WebhookAnswer,
  WebhookContext,
} from '@inlay/engine'
import { StepError } from '@inlay/engine'
import { z } from 'zod'

/** An answer of the service; `hang` never comes. */
type AcmeAnswer = {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: JsonValue
}

/** The service. */
export interface Acme {
  readonly url: string
  /** What `GET /items` lists, oldest first. */
  readonly items: { readonly id: string; readonly name: JsonValue }[]
  /** Registered webhooks by id. */
  readonly hooks: Map<string, { readonly url: string; readonly secret: string }>
  /** Requests as `METHOD /path`. */
  readonly calls: string[]
  /** Answers in place of the service; undefined lets it answer itself. */
  intercept: (call: string) => AcmeAnswer | 'hang' | undefined
  /** Called when a webhook was registered, before the service answers. */
  onRegister: (hook: { readonly url: string; readonly secret: string }) => Promise<void>
  close(): Promise<void>
}

/** Starts the service on a port of its own. */
export async function startAcme(): Promise<Acme> {
  const server = createServer((request, response) => void answer(acme, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const acme: Acme = {
    // A server that listens on TCP has an AddressInfo.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    items: [],
    hooks: new Map(),
    calls: [],
    intercept: () => undefined,
    onRegister: async () => undefined,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return acme
}

async function answer(acme: Acme, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '', acme.url)
  const call = `${request.method} ${url.pathname}`
  acme.calls.push(call)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  const given = acme.intercept(call)
  if (given === 'hang') return
  const body = text === '' ? {} : (JSON.parse(text) as JsonObject)
  const { status, headers = {}, body: said } = given ?? (await serve(acme, { call, url, body }))
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(said === undefined ? '' : JSON.stringify(said))
}

async function serve(
  acme: Acme,
  { call, url, body }: { readonly call: string; readonly url: URL; readonly body: JsonObject },
): Promise<AcmeAnswer> {
  const [, method, id = ''] = /^(\w+) \/hooks\/?(\w*)/.exec(call) ?? []
  if (call === 'GET /items') {
    const after = Number(url.searchParams.get('after') ?? 0)
    const size = Number(url.searchParams.get('size') ?? 1e9)
    const page = acme.items.slice(after, after + size)
    return {
      status: 200,
      body: { items: page, next: after + page.length, more: after + page.length < acme.items.length },
    }
  }
  if (method === 'POST' && id === '') {
    const hook = { url: String(body['url']), secret: String(body['secret']) }
    await acme.onRegister(hook)
    const known = [...acme.hooks].find(([, { url: at }]) => at === hook.url)?.[0]
    const hookId = known ?? `h${acme.hooks.size + 1}x${acme.calls.length}`
    acme.hooks.set(hookId, hook)
    return { status: 201, body: { id: hookId } }
  }
  if (method === 'DELETE') return { status: acme.hooks.delete(id) ? 204 : 404 }
  if (method === 'PUT')
    return { status: 200, body: { id, renewed: acme.calls.filter((other) => other === call).length } }
  return { status: 404, body: {} }
}

function checked(response: HttpResponse): JsonObject {
  if (response.status < 400) return response.text === '' ? {} : (response.json() as JsonObject)
  const after = response.headers['retry-after']
  const kind = response.status === 429 ? 'rate_limited' : response.status === 401 ? 'authentication' : 'communication'
  throw new StepError(kind, `Acme answered with status ${response.status}`, {
    detail: response.text,
    ...(after === undefined ? {} : { retryAfterMs: Number(after) * 1000 }),
  })
}

const common: Omit<ConnectorTriggerCommon, 'name' | 'input'> = {
  description: 'For tests.',
  output: z.object({ name: z.string() }),
  sampleOutput: { name: 'Sample' },
  scopes: [],
  options: {},
  schemas: {},
}

/** What the poll of the trigger `strange` does; a test sets it. */
export const strange: { poll: (context: PollContext) => Promise<PollResult> } = {
  poll: async () => ({ items: [], cursor: null }),
}

async function pollItems({ http, input, cursor }: PollContext): Promise<PollResult> {
  const { size } = input as { readonly size?: number }
  const after = typeof cursor === 'number' ? cursor : 0
  const found = checked(await http.request({ url: '/items', query: { after, size } }))
  const items = found['items'] as { id: string; name: JsonValue }[]
  return {
    items: items.map(({ id, name }) => ({ id, data: { name } })),
    cursor: Number(found['next']),
    hasMore: found['more'] === true,
  }
}

/** The signature of a delivery, as the service makes it. */
export function signature(secret: string, sentAt: number, body: string): Record<string, string> {
  const mac = createHmac('sha256', secret).update(`${sentAt}.${body}`).digest('hex')
  return { 'acme-sent-at': String(sentAt), 'acme-signature': mac }
}

function isSigned({ headers, rawBody }: IncomingRequest, secret: string, now: number): boolean {
  const sentAt = Number(headers['acme-sent-at'])
  const expected = signature(secret, sentAt, Buffer.from(rawBody).toString())
  return Math.abs(now - sentAt) < 300_000 && headers['acme-signature'] === expected['acme-signature']
}

const webhook: Omit<ConnectorWebhookTrigger, 'name'> = {
  ...common,
  kind: 'webhook',
  input: z.object({ topic: z.string().default('all') }),
  register: async ({ http, webhookUrl, secret }: WebhookContext) =>
    checked(await http.request({ method: 'POST', url: '/hooks', json: { url: webhookUrl, secret } })),
  unregister: async ({ http, registration }) => {
    const response = await http.request({ method: 'DELETE', url: `/hooks/${String(registration['id'])}` })
    if (response.status !== 404) checked(response)
  },
  handshake: ({ request }) => {
    const challenge = request.query['challenge']
    return challenge === undefined ? undefined : { headers: { 'X-Hook-Secret': 'yes' }, body: challenge }
  },
  verify: ({ request, secret, now }) => isSigned(request, secret, now),
  parse: async ({ request, http }) => {
    const { events, mode } = request.body as { events?: { id: string; name: string }[]; mode?: string }
    if (mode === 'look up') {
      const { items } = checked(await http.request({ url: '/items' })) as { items: { id: string; name: string }[] }
      return items.map(({ id, name }) => ({ id, data: { name } }))
    }
    if (mode === 'text') throw 'no Error at all'
    if (mode === 'garbage') return 42 as never
    if (mode === 'hang') return new Promise(() => undefined)
    return (events ?? []).map(({ id, name }) => ({ id, data: { name } }))
  },
}

/** Signs as the account: the address as it was called, with the account's key. Answers in its own way. */
const addressed: Omit<ConnectorWebhookTrigger, 'name'> = {
  ...webhook,
  handshake: async ({ request, credentials, secret }) => {
    const auth = await credentials()
    if (request.method !== 'PUT') return undefined
    const headers = { 'set-cookie': 'a=b', location: 'https://evil.example', 'Content-Type': 'text/plain' }
    return { status: 302, headers, body: `${auth.kind === 'apiKey' ? auth.apiKey : ''} and ${secret}` }
  },
  verify: async ({ request, credentials }) => {
    const auth = await credentials()
    return auth.kind === 'apiKey' && request.headers['acme-signature'] === addressSignature(auth.apiKey, request.url)
  },
  answer: ({ request, items }) => {
    const { answer } = request.body as { answer?: WebhookAnswer }
    return (
      answer ?? { headers: { 'content-type': 'text/xml' }, body: `<Response><Told>${items.length}</Told></Response>` }
    )
  },
}

/** The signature of an address, as the service makes it. */
export function addressSignature(key: string, url: string): string {
  return createHmac('sha256', key).update(url).digest('hex')
}

/** The connector. */
export const acmeConnector: Connector = {
  id: 'acme',
  version: '1.2.0',
  name: 'Acme',
  description: 'For tests.',
  categories: [],
  connection: 'required',
  auth: [
    {
      id: 'key',
      name: 'API key',
      kind: 'apiKey',
      fields: z.object({ url: z.string(), account: z.string().default('a1') }),
      account: async ({ auth }) => ({ id: String(auth.fields['account']), label: 'Account' }),
    },
  ],
  api: { baseUrl: (auth) => String(auth.fields['url']) },
  actions: {},
  triggers: {
    item: {
      ...common,
      kind: 'polling',
      name: 'New item',
      input: z.object({ size: z.int().optional() }),
      poll: pollItems,
    },
    strange: {
      ...common,
      kind: 'polling',
      name: 'Strange',
      input: z.object({}),
      poll: (context) => strange.poll(context),
    },
    hook: { ...webhook, name: 'Hook' },
    addressed: { ...addressed, name: 'Addressed hook' },
    renewed: {
      ...webhook,
      name: 'Renewed hook',
      renewal: {
        everyMs: 3_600_000,
        run: async ({ http, registration }) =>
          checked(await http.request({ method: 'PUT', url: `/hooks/${String(registration['id'])}` })),
      },
    },
    message: {
      ...common,
      kind: 'appWebhook',
      name: 'Message',
      input: z.object({ channel: z.string().optional(), fails: z.boolean().default(false) }),
      events: ['message'],
      parse: async ({ event, input, http }) => {
        const { channel, fails } = input as { channel?: string; fails: boolean }
        if (fails) throw new TypeError('test-key in a stack')
        const { channel: at, text } = event.data as { channel: string; text: string }
        if (text === 'look up') {
          const { items } = checked(await http.request({ url: '/items' })) as { items: { name: string }[] }
          return [{ id: event.id, data: { name: items[0]?.name ?? '' } }]
        }
        return channel === undefined || channel === at ? [{ id: event.id, data: { name: text } }] : []
      },
    },
    paid: {
      ...common,
      kind: 'event',
      name: 'Paid',
      event: 'order.paid',
      input: z.object({ shop: z.string().optional() }),
    },
  },
  appEvents: {
    settings: z.object({ appId: z.string(), signingSecret: z.string() }),
    secretSettings: ['signingSecret'],
    verify: async ({ request, settings, now, oauthApp }) => {
      if (request.headers['acme-signed-by'] !== 'app') return isSigned(request, String(settings['signingSecret']), now)
      const secret = (await oauthApp())?.clientSecret?.reveal()
      const { mode } = request.body as { mode?: string }
      if (mode === 'throw') throw new StepError('bug', `It is ${secret}`)
      return secret !== undefined && isSigned(request, secret, now)
    },
    handshake: async ({ request, oauthApp }) => {
      const { challenge, mode } = request.body as { challenge?: string; mode?: string }
      if (mode === 'leak') return { body: `${(await oauthApp())?.clientSecret?.reveal()}` }
      return challenge === undefined ? undefined : { body: challenge }
    },
    // The test sends events as they are routed.
    route: ({ body }) => (body as unknown as { events: AppEvent[] }).events,
  },
}
