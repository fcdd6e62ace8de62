import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type {
  AuthValues,
  Connector,
  CustomAuth,
  HttpClient,
  HttpRequest,
  HttpResponse,
} from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import { createVirtualClock } from '../memory/virtual-clock.js'
import { createServiceClient } from './service-client.js'

const method: CustomAuth = {
  kind: 'custom',
  id: 'login',
  name: 'Log in',
  fields: z.object({ user: z.string(), password: z.string() }),
  secretFields: ['password'],
  session: async ({ auth, http }) => {
    const { user, password } = auth.fields
    const response = await http.request({ method: 'POST', url: '/login', json: { user, password } })
    const { token, seconds } = z.object({ token: z.string(), seconds: z.number() }).parse(response.json())
    return { values: { token }, expiresInMs: seconds * 1000 }
  },
  sign: (request, _auth, session) => ({
    ...request,
    headers: { ...request.headers, 'x-token': String(session?.['token']) },
  }),
}

const authOf = (user: string): AuthValues => ({ kind: 'custom', fields: { user, password: 'test-password' } })

/** A service that gives out tokens and refuses those that it has taken back. */
function world() {
  const connector: Connector = {
    ...{ id: 'acme', version: '1.0.0', name: 'Acme', description: '', categories: [], connection: 'required' as const },
    ...{ auth: [method], actions: {}, triggers: {}, api: { baseUrl: 'https://api.acme.test' } },
  }
  const logins: HttpRequest[] = []
  const calls: unknown[] = []
  const refused = new Set<unknown>()
  const clock = createVirtualClock()
  const failures: StepError[] = []
  const answer = (request: HttpRequest): [number, object] => {
    if (!request.url.endsWith('/login')) {
      const token = request.headers?.['x-token']
      calls.push(token)
      return [refused.has(token) ? 401 : 200, {}]
    }
    logins.push(request)
    const failure = failures.shift()
    if (failure !== undefined) throw failure
    return [200, { token: `test-token-${logins.length}`, seconds: 3600 }]
  }
  const http: HttpClient = {
    request: async (request): Promise<HttpResponse> => {
      const [status, body] = answer(request)
      const text = JSON.stringify(body)
      return { status, headers: {}, text, bytes: new Uint8Array(), json: () => JSON.parse(text) }
    },
  }
  const learned: unknown[] = []
  const open = (user = 'kim') =>
    createServiceClient({ connector, auth: authOf(user), http, clock, onSession: (values) => learned.push(values) })
  return { open, logins, calls, refused, clock, learned, failWith: (failure: StepError) => failures.push(failure) }
}

describe('a session', () => {
  it('is got once for all calls of an account, by unsigned requests, and told to who keeps secrets', async () => {
    const { open, logins, calls, learned } = world()
    await Promise.all([open().request({ url: '/a' }), open().request({ url: '/b' })])
    await open().request({ url: '/c' })
    expect(logins).toMatchObject([{ url: 'https://api.acme.test/login' }])
    expect(logins[0]?.headers ?? {}).not.toHaveProperty('x-token')
    expect(calls).toEqual(['test-token-1', 'test-token-1', 'test-token-1'])
    expect(learned).toEqual([{ token: 'test-token-1' }, { token: 'test-token-1' }, { token: 'test-token-1' }])
    await open('ada').request({ url: '/a' })
    expect(calls.at(-1)).toBe('test-token-2')
  })

  it('is got anew before it expires, and when the service refuses it', async () => {
    const { open, calls, clock, refused } = world()
    await open().request({ url: '/a' })
    await clock.advance(3_569_000)
    await open().request({ url: '/a' })
    await clock.advance(2000)
    await open().request({ url: '/a' })
    refused.add('test-token-2')
    expect((await open().request({ url: '/a' })).status).toBe(200)
    expect(calls).toEqual(['test-token-1', 'test-token-1', 'test-token-2', 'test-token-2', 'test-token-3'])
    for (const n of [3, 4]) refused.add(`test-token-${n}`)
    expect((await open().request({ url: '/a' })).status).toBe(401)
  })

  it('that the service refuses is asked for once, and again by who comes later', async () => {
    const { open, logins, failWith } = world()
    failWith(new StepError('authentication', 'Acme does not know the user'))
    const tried = await Promise.allSettled([open().request({ url: '/a' }), open().request({ url: '/b' })])
    expect(tried.map((each) => each.status)).toEqual(['rejected', 'rejected'])
    expect((await open().request({ url: '/c' })).status).toBe(200)
    expect(logins).toHaveLength(2)
  })

  it('is got by the next when the first was stopped', async () => {
    const { open, logins, failWith } = world()
    failWith(new StepError('cancelled', 'The run was cancelled'))
    const tried = await Promise.allSettled([open().request({ url: '/a' }), open().request({ url: '/b' })])
    expect(tried.map((each) => each.status)).toEqual(['rejected', 'fulfilled'])
    expect(logins).toHaveLength(2)
  })

  it('stays at the service: requests to others carry nothing', async () => {
    const { open, logins, calls } = world()
    await open().request({ url: 'https://other.test/x' })
    expect([logins.length, calls]).toEqual([0, [undefined]])
  })
})
