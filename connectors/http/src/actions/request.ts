import {
  action,
  type HttpMethod,
  type HttpRequest,
  type HttpResponse,
  type JsonValue,
  jsonValue,
  responseError,
  StepError,
  z,
} from '@inlay/sdk/connector'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const satisfies readonly HttpMethod[]

const auth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('bearer'), token: z.string().meta({ title: 'Token', format: 'password' }) }),
  z.strictObject({
    type: z.literal('basic'),
    username: z.string().meta({ title: 'User name' }),
    password: z.string().meta({ title: 'Password', format: 'password' }),
  }),
  z.strictObject({
    type: z.literal('header'),
    name: z.string().meta({ title: 'Header' }),
    value: z.string().meta({ title: 'Value', format: 'password' }),
  }),
])

/** Data of earlier steps is often a number where a header or query holds text. */
const scalar = z.union([z.string(), z.number(), z.boolean()])

const input = z.strictObject({
  method: z.enum(METHODS).default('GET').meta({ title: 'Method' }),
  url: z.string().min(1).meta({
    title: 'URL',
    format: 'uri',
    description: 'For example https://api.example.com/orders; with a connection also a path of its service: /orders',
  }),
  headers: z
    .record(z.string(), scalar)
    .optional()
    .meta({ title: 'Headers', examples: [{ 'x-request-source': 'shop' }] }),
  query: z
    .record(z.string(), scalar)
    .optional()
    .meta({ title: 'Query', description: 'Added to the URL after the question mark.' }),
  body: jsonValue.optional().meta({ title: 'Body', description: 'A text, or data to send as JSON.' }),
  bodyType: z
    .enum(['json', 'text', 'form'])
    .optional()
    .meta({ title: 'Body type', description: 'How the body is sent; by default texts as text and data as JSON.' }),
  auth: auth.optional().meta({ title: 'Authentication' }),
  timeoutSeconds: z.number().min(0.1).max(300).optional().meta({ title: 'Time-out in seconds' }),
  failOnError: z.boolean().default(true).meta({
    title: 'Fail on error status',
    description: 'When off, answers with status 400 and above are results like any other.',
  }),
})

const output = z.object({
  status: z.number().meta({ title: 'Status' }),
  headers: z.record(z.string(), z.string()).meta({ title: 'Headers' }),
  body: jsonValue.meta({ title: 'Body', description: 'Data when the answer is JSON, else text.' }),
})

/** Sends one request. */
export const request = action({
  name: 'Send a request',
  description: 'Sends an HTTP request and gives the answer.',
  input,
  output,
  sampleInput: { method: 'POST', url: 'https://api.example.com/orders', body: { item: 'Tea', count: 2 } },
  sampleOutput: { status: 200, headers: { 'content-type': 'application/json' }, body: { id: 'A-1001', ok: true } },
  run: async ({ input: given, auth: connected, http, idempotencyKey, signal }) => {
    if (given.url.startsWith('/') && connected.kind === 'none') {
      throw new StepError('validation', `"${given.url.slice(0, 200)}" is a path without a service`, {
        detail: 'Write the whole URL, or choose a connection whose service it belongs to.',
      })
    }
    const response = await http.request({
      method: given.method,
      url: given.url,
      headers: requestHeaders(given, idempotencyKey),
      signal,
      ...(given.query === undefined ? {} : { query: given.query }),
      ...(given.timeoutSeconds === undefined ? {} : { timeoutMs: given.timeoutSeconds * 1000 }),
      ...requestBody(given),
    })
    if (given.failOnError && response.status >= 400) throw responseError(hostOf(given.url), response)
    return { status: response.status, headers: { ...response.headers }, body: responseBody(response) }
  },
})

type Input = z.output<typeof input>

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'The service'
}

function requestHeaders(given: Input, idempotencyKey: string): Record<string, string> {
  const changes = given.method !== 'GET' && given.method !== 'HEAD' && given.method !== 'OPTIONS'
  return {
    ...(changes ? { 'idempotency-key': idempotencyKey } : {}),
    ...authHeaders(given.auth),
    ...textHeaders(given.headers),
  }
}

function textHeaders(headers: Input['headers'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

function authHeaders(given: Input['auth']): Record<string, string> {
  switch (given?.type) {
    case 'bearer':
      return { authorization: `Bearer ${given.token}` }
    case 'basic':
      return { authorization: `Basic ${Buffer.from(`${given.username}:${given.password}`).toString('base64')}` }
    case 'header':
      return { [given.name.toLowerCase()]: given.value }
    default:
      return {}
  }
}

function requestBody({ body, bodyType }: Input): Pick<HttpRequest, 'json' | 'text' | 'form'> {
  if (body === undefined) return {}
  const type = bodyType ?? (typeof body === 'string' ? 'text' : 'json')
  if (type === 'json') return { json: body }
  if (type === 'text') return { text: typeof body === 'string' ? body : JSON.stringify(body) }
  const fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : { value: body }
  return { form: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, formText(value)])) }
}

function formText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function responseBody({ headers, text }: HttpResponse): JsonValue {
  if (!/[/+]json/i.test(headers['content-type'] ?? '')) return text
  try {
    // What JSON.parse gives is a JSON value by definition.
    return JSON.parse(text) as JsonValue
  } catch {
    // A service that mislabels its answer still gave one; it is passed on as the text it is.
    return text
  }
}
