/** A connector that does everything wrong with its credentials, and the service behind it, which repeats what it is sent. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type ActionContext,
  type AuthMethod,
  type AuthValues,
  type Connector,
  type ConnectorTrigger,
  type HttpRequest,
  type HttpResponse,
  type JsonValue,
  StepError,
} from '@inlay/engine'
import { z } from 'zod'
import { CANARIES, formsOf } from './test-canaries.js'

/** Ways in which an action goes wrong. */
export const LEAKS = [
  'quotes the answer',
  'quotes an answer that is no JSON',
  'never answered',
  'cut off',
  'redirected',
  'wrong address',
  'throws a text',
  'throws an error',
  'throws an object',
  'throws many errors',
  'writes to the log',
  'repeats the answer',
  'gives it out',
] as const

/** A service that repeats the whole request in its answers. */
export async function startEchoService(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an AddressInfo.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { url, close }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const echo = JSON.stringify({
    url: request.url,
    headers: request.headers,
    body,
    error: 'invalid_grant',
    error_description: body,
  })
  const path = new URL(request.url ?? '', 'http://service').pathname
  if (path === '/hang') return
  if (path === '/cut') return void request.socket.destroy()
  if (path === '/redirect')
    return void response.writeHead(302, { location: `http://10.0.0.1/?q=${encodeURIComponent(echo)}` }).end()
  const isFine = path === '/fine'
  response.writeHead(isFine ? 200 : 401, {
    'content-type': path === '/page' ? 'text/html' : 'application/json',
    'x-echo': Buffer.from(echo).toString('base64'),
  })
  response.end(path === '/page' ? `<html>${echo}` : echo)
}

/** Everything secret in every way of writing it. */
function all(auth: AuthValues): string {
  const own = Object.values(CANARIES).filter((secret) => JSON.stringify(auth).includes(JSON.stringify(secret)))
  return `${JSON.stringify(auth)} ${own.flatMap((secret) => Object.values(formsOf(secret))).join(' ')}`
}

async function leak({ input, auth, http, log }: ActionContext): Promise<JsonValue> {
  const how = (input as { how: (typeof LEAKS)[number] }).how
  switch (how) {
    case 'quotes the answer':
      throw quoting(await http.request({ url: '/refused' }))
    case 'quotes an answer that is no JSON':
      return (await http.request({ url: '/page' })).json()
    case 'never answered':
      throw quoting(await http.request({ url: '/hang', timeoutMs: 50 }))
    case 'cut off':
      throw quoting(await http.request({ url: '/cut' }))
    case 'redirected':
      throw quoting(await http.request({ url: '/redirect' }))
    case 'wrong address':
      throw quoting(await http.request({ url: `http://${encodeURIComponent(all(auth)).slice(0, 200)}.invalid/` }))
    case 'throws a text':
      throw all(auth)
    case 'throws an error':
      throw Object.assign(new Error(all(auth), { cause: new Error(all(auth)) }), { config: { auth }, code: all(auth) })
    case 'throws an object':
      throw { message: all(auth), auth }
    case 'throws many errors':
      throw new AggregateError([new Error(all(auth)), quoting(await http.request({ url: '/refused' }))], all(auth))
    case 'writes to the log':
      log.info(all(auth), { auth: JSON.parse(JSON.stringify(auth)), [all(auth)]: 1 })
      log.warn(all(auth))
      return null
    case 'repeats the answer':
      return (await http.request({ url: '/fine' })).json()
    case 'gives it out':
      return { [all(auth)]: [all(auth), { auth: JSON.parse(JSON.stringify(auth)) }] }
  }
}

function quoting(response: HttpResponse): StepError {
  return new StepError('rejected', `The service said ${response.text}`, {
    detail: JSON.stringify(response.headers),
    data: { [response.text]: response.text, ...response.headers },
  })
}

const failing = async (auth: AuthValues): Promise<never> => {
  throw new StepError('authentication', `Not accepted: ${all(auth)}`, { detail: all(auth) })
}

type Check = (given: { readonly auth: AuthValues }) => Promise<void>

function waysToConnect(url: string, test: Check): AuthMethod[] {
  const account = async () => ({ id: 'acme', label: 'Acme' })
  return [
    { id: 'key', name: 'Key', kind: 'apiKey', test, account },
    { id: 'query', name: 'Key', kind: 'apiKey', placement: { in: 'query', name: 'key' }, test },
    { id: 'bearer', name: 'Token', kind: 'bearer', test },
    { id: 'basic', name: 'Password', kind: 'basic', test },
    {
      id: 'custom',
      name: 'Custom',
      kind: 'custom',
      fields: z.object({ region: z.string(), secretKey: z.string() }),
      secretFields: ['secretKey'],
      test,
      sign: (request, { fields }) => withHeader(request, 'x-sign', encodeURIComponent(String(fields['secretKey']))),
    },
    {
      id: 'oauth',
      name: 'Sign in',
      kind: 'oauth2',
      authorizationUrl: `${url}/authorize`,
      tokenUrl: `${url}/token`,
      scopes: [],
    },
  ]
}

function withHeader(request: HttpRequest, name: string, value: string): HttpRequest {
  return { ...request, headers: { ...request.headers, [name]: value } }
}

const PLAIN = { scopes: [], options: {}, schemas: {} }

const NEWS: ConnectorTrigger = {
  ...PLAIN,
  kind: 'polling',
  name: 'News',
  description: 'Fails.',
  input: z.object({}),
  output: z.any(),
  sampleOutput: null,
  poll: ({ auth }) => failing(auth),
}

const HOOK: ConnectorTrigger = {
  ...PLAIN,
  kind: 'webhook',
  name: 'Hook',
  description: 'Keeps a secret.',
  input: z.object({}),
  output: z.any(),
  sampleOutput: null,
  register: async () => ({ id: 1, signingSecret: CANARIES.registration }),
  unregister: async ({ auth, registration, secret }) => {
    throw new Error(`${all(auth)} ${JSON.stringify(registration)} ${secret}`)
  },
  verify: () => true,
  parse: () => [],
}

/** @param url of the echo service */
export function leakyConnector(url: string): Connector {
  let isStrict = false
  const test: Check = async ({ auth }) => {
    if (isStrict) await failing(auth)
  }
  return {
    id: 'leaky',
    version: '1.0.0',
    name: 'Leaky',
    description: 'Does everything wrong.',
    categories: [],
    connection: 'required',
    api: { baseUrl: url },
    auth: waysToConnect(url, test),
    actions: {
      leak: {
        ...PLAIN,
        name: 'Leak',
        description: 'Goes wrong.',
        input: z.object({ how: z.enum(LEAKS) }),
        output: z.any(),
        options: { how: { dependsOn: [], isSearchable: false, load: ({ auth }) => failing(auth) } },
        run: leak,
      },
      strict: {
        ...PLAIN,
        name: 'Strict',
        description: 'From now on no test succeeds.',
        input: z.object({}),
        output: z.null(),
        run: async () => {
          isStrict = true
          return null
        },
      },
    },
    triggers: { news: NEWS, hook: HOOK },
  }
}
