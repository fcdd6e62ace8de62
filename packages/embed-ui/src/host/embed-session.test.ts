import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readProblem } from '../data/api-error.js'
import { createEmbedSession, type EmbedSession } from './embed-session.js'
import { EventHub } from './events.js'

const LIFE_MS = 600_000

/** A control plane that exchanges every token, and refuses sessions that it is told to forget. */
class Plane {
  readonly calls: string[] = []
  isDown = false
  /** What calls are refused with; undefined when they are not. */
  refusal: { readonly status: number; readonly code: string } | undefined
  #count = 0
  #living = ''

  answer = async (input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> => {
    const path = new URL(String(input)).pathname.replace('/trpc/', '')
    const session = new Headers(init?.headers).get('authorization') ?? 'none'
    if (path !== 'embed.exchange') {
      this.calls.push(`${path} ${session}`)
      if (this.refusal !== undefined) return reply(undefined, this.refusal.status, this.refusal.code)
      return session === `Bearer ${this.#living}` ? reply({ caller: 'embed' }) : reply(undefined, 401)
    }
    if (this.isDown) throw new TypeError('fetch failed')
    this.#living = `session-${++this.#count}`
    const expiresAt = new Date(Date.now() + LIFE_MS).toISOString()
    return reply({ sessionToken: this.#living, expiresAt, me: { caller: 'embed' } })
  }

  /** Ends the session that is alive. */
  forget(): void {
    this.#living = ''
  }
}

function reply(data: unknown, status = 200, code = 'auth.required'): Response {
  const body =
    status === 200
      ? { result: { data } }
      : { error: { message: 'Ended', code: -32001, data: { code, httpStatus: status } } }
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}

describe('the session of a widget', () => {
  let plane: Plane
  let session: EmbedSession
  const reasons: string[] = []
  const heard: string[] = []

  beforeEach(() => {
    vi.useFakeTimers()
    plane = new Plane()
    vi.stubGlobal('fetch', plane.answer)
    reasons.length = 0
    heard.length = 0
    const events = new EventHub()
    events.on('*', ({ type }) => heard.push(type))
    const getToken = async ({ reason }: { readonly reason: string }) => {
      reasons.push(reason)
      return 'test-token'
    }
    session = createEmbedSession({ baseUrl: 'https://plane.example', getToken }, events)
  })

  afterEach(() => {
    session.dispose()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('is renewed at four fifths of its life, without anybody noticing', async () => {
    await session.start()
    await vi.advanceTimersByTimeAsync(LIFE_MS * 0.79)
    expect(reasons).toEqual(['start'])
    await vi.advanceTimersByTimeAsync(LIFE_MS * 0.02)
    expect(reasons).toEqual(['start', 'refresh'])
    await session.client.auth.me.query({})
    expect(plane.calls).toEqual(['auth.me Bearer session-2'])
    expect(heard).toEqual(['token.refreshed'])
  })

  it('is renewed once for all calls that were refused, and each is made once more', async () => {
    await session.start()
    plane.forget()
    await Promise.all([session.client.auth.me.query({}), session.client.auth.me.query({})])
    expect(reasons).toEqual(['start', 'unauthorized'])
    expect(plane.calls).toEqual([
      'auth.me Bearer session-1',
      'auth.me Bearer session-1',
      'auth.me Bearer session-2',
      'auth.me Bearer session-2',
    ])
  })

  it('has ended when it could not be renewed before its end, and begins anew when a person asks', async () => {
    await session.start()
    plane.isDown = true
    await vi.advanceTimersByTimeAsync(LIFE_MS * 0.9)
    expect(reasons).toEqual(['start', 'refresh', 'refresh', 'refresh'])
    expect(heard).toEqual([])
    await vi.advanceTimersByTimeAsync(LIFE_MS * 0.2)
    expect(reasons.slice(4)).toEqual(['unauthorized', 'unauthorized', 'unauthorized'])
    expect(heard).toEqual(['session.expired'])
    plane.isDown = false
    await session.start()
    expect(reasons.at(-1)).toBe('start')
    expect(heard).toEqual(['session.expired', 'token.refreshed'])
    await session.client.auth.me.query({})
    expect(plane.calls).toEqual(['auth.me Bearer session-2'])
  })

  it('leaves a call refused, not unanswered, when the host gives no new token', async () => {
    await session.start()
    plane.forget()
    plane.isDown = true
    const refused = session.client.auth.me.query({}).catch(readProblem)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await refused).toMatchObject({ status: 401, code: 'auth.required' })
    expect(heard).toEqual(['session.expired'])
  })

  it('tells of limits, and of no other refusal', async () => {
    const { update } = session.client.workflows
    const attempt = (status: number, code: string) => {
      plane.refusal = { status, code }
      return update.mutate({ id: 'wf_1', enabled: true }).catch(() => {})
    }
    await session.start()
    await attempt(409, 'workflow.draft_conflict')
    expect(heard).toEqual([])
    await attempt(409, 'workflow.limit_reached')
    await attempt(429, 'rate_limited')
    expect(heard).toEqual(['limit.reached', 'limit.reached'])
  })

  it('asks for nothing more when the widget has gone', async () => {
    await session.start()
    session.dispose()
    await vi.advanceTimersByTimeAsync(LIFE_MS * 2)
    expect(reasons).toEqual(['start'])
  })
})
