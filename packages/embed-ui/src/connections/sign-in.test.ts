import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Authorization, AuthorizationRequest } from '../data/api-types.js'
import { SignIn, type SignInState } from './sign-in.js'

const REQUEST: AuthorizationRequest = {
  customerId: 'cus_1',
  connector: 'acme',
  method: 'oauth',
  name: 'Shop',
  fields: {},
  scopes: [],
}

const PENDING: Authorization = {
  id: 'oaz_1',
  status: 'pending',
  awaiting: 'person',
  account: null,
  scopes: [],
  connectionId: null,
  error: null,
  expiresAt: '2026-01-01T00:00:00Z',
}

/** A window as far as signing in uses one. */
class FakeWindow {
  closed = false
  readonly location = { href: 'about:blank' }
  close() {
    this.closed = true
  }
}

function begin(answers: readonly (Authorization | Error)[], popup: FakeWindow | null = new FakeWindow()) {
  const states: SignInState[] = []
  const left = [...answers]
  const asked = vi.fn()
  const confirm = vi.fn(
    async () => ({ ...PENDING, status: 'confirmed', awaiting: null, connectionId: 'con_1' }) as const,
  )
  const signIn = new SignIn({
    client: {
      oauthAuthorizations: {
        create: { mutate: async () => ({ ...PENDING, url: 'https://plane.example/oauth/start/abc' }) },
        get: {
          query: async (input) => {
            asked(input)
            const answer = left.length > 1 ? left.shift() : left[0]
            if (answer instanceof Error) throw answer
            return answer ?? PENDING
          },
        },
        confirm: { mutate: confirm },
      },
    },
    onState: (state) => states.push(state),
    // Only what FakeWindow has is used.
    openWindow: () => popup as unknown as Window | null,
    pollMs: 1,
  })
  signIn.start(REQUEST)
  const until = (stage: SignInState['stage']) => expect.poll(() => states.at(-1)?.stage).toBe(stage)
  return { signIn, states, popup, asked, confirm, until }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('SignIn', () => {
  it('leads the window to the service, and believes the server alone that the account is there', async () => {
    const confirmed: Authorization = { ...PENDING, status: 'confirmed', awaiting: null, connectionId: 'con_1' }
    const { states, popup, until } = begin([PENDING, confirmed])
    await until('done')
    expect(popup?.location.href).toBe('https://plane.example/oauth/start/abc')
    expect(states.map(({ stage }) => stage)).toEqual(['opening', 'away', 'away', 'done'])
    expect(states.at(-1)).toEqual({ stage: 'done', connectionId: 'con_1' })
  })

  it('goes on asking when the person closes the window', async () => {
    const { signIn, states, popup, asked, until } = begin([PENDING])
    await until('away')
    popup?.close()
    const before = asked.mock.calls.length
    await expect.poll(() => asked.mock.calls.length).toBeGreaterThan(before + 2)
    expect(states.at(-1)?.stage).toBe('away')
    signIn.dispose()
  })

  it('asks the person who began it before the account is used', async () => {
    const authorized: Authorization = { ...PENDING, status: 'authorized', awaiting: 'host' }
    const { signIn, popup, until } = begin([authorized])
    await until('confirm')
    expect(popup?.closed).toBe(true)
    await signIn.confirm(authorized)
    await until('done')
  })

  it('sends one yes however often it is said, and asks the server when the answer to it is lost', async () => {
    const authorized: Authorization = { ...PENDING, status: 'authorized', awaiting: 'host' }
    const confirmed: Authorization = { ...PENDING, status: 'confirmed', awaiting: null, connectionId: 'con_1' }
    const { signIn, states, until, confirm } = begin([authorized, confirmed])
    await until('confirm')
    confirm.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    void signIn.confirm(authorized)
    expect(states.at(-1)).toMatchObject({ stage: 'confirm', isBusy: true })
    void signIn.confirm(authorized)
    await until('done')
    expect(confirm).toHaveBeenCalledTimes(1)
  })

  it('offers a link when the browser keeps the window from opening', async () => {
    const { signIn, states, until } = begin([PENDING], null)
    await until('away')
    expect(states.at(-1)).toEqual({ stage: 'away', link: 'https://plane.example/oauth/start/abc' })
    signIn.dispose()
  })

  it('says why it failed, and takes an interruption for none', async () => {
    const failed: Authorization = {
      ...PENDING,
      status: 'failed',
      awaiting: null,
      error: { code: 'oauth.denied', detail: 'You did not allow it.' },
    }
    const { states, until } = begin([new Error('network'), failed])
    await until('failed')
    expect(states.at(-1)).toEqual({ stage: 'failed', code: 'oauth.denied', text: 'You did not allow it.' })
  })

  it('listens to nothing once it was given up', async () => {
    vi.useFakeTimers()
    const { signIn, states, popup, until } = begin([PENDING])
    await until('away')
    signIn.dispose()
    const count = states.length
    await vi.advanceTimersByTimeAsync(1000)
    expect(states.length).toBe(count)
    expect(popup?.closed).toBe(true)
  })
})
