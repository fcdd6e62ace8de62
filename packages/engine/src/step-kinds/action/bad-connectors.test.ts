import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { plainConnector } from '../../conformance/plain-connector.js'
import type { ActionContext, AuthMethod, AuthValues } from '../../contracts/connector.js'
import { StepError } from '../../contracts/errors.js'
import type { StepLogEntry } from '../../run/engine-options.js'
import { type ActionBehaviour, call, createHarness } from '../../testing/harness.js'

const KEY = 'canary-of-the-test-key'

const throwing =
  (thrown: unknown): ActionBehaviour =>
  () => {
    throw thrown
  }

const trapped = (): object =>
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('trap')
      },
      has: () => {
        throw new Error('trap')
      },
      getPrototypeOf: () => {
        throw new Error('trap')
      },
      ownKeys: () => {
        throw new Error('trap')
      },
    },
  )

const withGetter = (): object => ({
  get message(): string {
    throw new Error('trap')
  },
  get kind(): string {
    throw new Error('trap')
  },
})

class Odd extends Error {
  override get message(): string {
    throw new Error('trap')
  }
}

const cycle: Record<string, unknown> = {}
cycle['self'] = cycle

describe('a connector that throws', () => {
  it.each<[string, unknown, string]>([
    ['a text', 'it broke', 'it broke'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'object'],
    ['a big integer', 10n, 'bigint'],
    ['a symbol', Symbol('x'), 'symbol'],
    ['an object whose properties throw', withGetter(), 'object'],
    ['an object whose every trap throws', trapped(), 'object'],
    ['an error whose message throws', new Odd(), 'object'],
    ['a text without end', 'x'.repeat(5_000_000), 'xxx'],
  ])('%s fails its step as a bug of its own', async (_, thrown, shown) => {
    const h = createHarness([call('a', {}, { onError: 'continue' }), call('b')], { behaviour: throwing(thrown) })
    const { steps } = await h.run()
    expect(steps[0]).toMatchObject({ status: 'failed', error: { kind: 'bug', stepPath: 'a', retryable: false } })
    expect(steps[0]?.error?.detail).toContain(shown)
    expect(steps[0]?.error?.detail?.length).toBeLessThan(1000)
    expect(h.unexpected.length).toBeGreaterThan(0)
  })

  it('a step error with nonsense in it is recorded without the nonsense', async () => {
    const error = Object.assign(new StepError('rejected', 't'.repeat(100_000), { detail: 'd'.repeat(100_000) }), {
      kind: 'made-up',
      data: cycle,
      retryAfterMs: Number.NaN,
      retryable: 'yes',
    })
    const { error: recorded } = await createHarness([call('a')], { behaviour: throwing(error) }).run()
    expect(recorded).toMatchObject({ kind: 'bug', retryable: false })
    expect(recorded).not.toHaveProperty('data')
    expect(recorded).not.toHaveProperty('retryAfterMs')
    expect(JSON.stringify(recorded).length).toBeLessThan(10_000)
  })
})

describe('a connector that gives', () => {
  const getter = {
    get x(): string {
      throw new Error('trap')
    },
  }
  it.each<[string, unknown, string]>([
    ['a function', () => 1, 'bug'],
    ['a function inside', { deep: [() => 1] }, 'bug'],
    ['a big integer', { n: 10n }, 'bug'],
    ['a symbol', Symbol('x'), 'bug'],
    ['a cycle', cycle, 'limit'],
    ['too much', 'x'.repeat(2_000_000), 'limit'],
    ['a list of billions of holes', new Array(2 ** 32 - 1), 'limit'],
    ['an object whose properties throw', getter, 'bug'],
    ['an object whose every trap throws', trapped(), 'bug'],
    ['a class with a toJSON that gives itself', { toJSON: () => cycle }, 'limit'],
  ])('%s fails its step, and nothing else', async (_, given, kind) => {
    const h = createHarness([call('a', {}, { onError: 'continue' }), { id: 'b', type: 'set', values: { n: 1 } }], {
      behaviour: () => given as never,
    })
    expect(await h.run()).toMatchObject({
      status: 'succeeded',
      output: { n: 1 },
      steps: [{ status: 'failed', error: { kind } }, {}],
    })
  })

  it('nothing gives null', async () => {
    expect((await createHarness([call('a')], { behaviour: () => undefined as never }).run()).output).toBeNull()
  })
})

describe('a connector that does not come back', () => {
  const settled = () => new Promise((resolve) => setTimeout(resolve, 60))

  it('ends with the time-out, also when it never looks at its signal', async () => {
    const h = createHarness([call('a', {}, { timeout: '20ms' })], { behaviour: () => new Promise(() => {}) })
    const runId = await h.start()
    await settled()
    expect(await h.read(runId)).toMatchObject({ status: 'failed', error: { kind: 'timeout' } })
  })

  it('rejects after its time-out and disturbs nobody', async () => {
    const strays: unknown[] = []
    const note = (reason: unknown) => strays.push(reason)
    process.on('unhandledRejection', note)
    const h = createHarness([call('a', {}, { timeout: '10ms' })], {
      behaviour: () => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 30)),
    })
    const runId = await h.start()
    await settled()
    process.off('unhandledRejection', note)
    expect(await h.read(runId)).toMatchObject({ status: 'failed', error: { kind: 'timeout' } })
    expect(strays).toEqual([])
  })

  it('gives something that only looks like a promise', async () => {
    // biome-ignore lint/suspicious/noThenProperty: that is what is tried
    const never = { then: () => undefined }
    const broken = {
      // biome-ignore lint/suspicious/noThenProperty: that is what is tried
      get then(): never {
        throw new Error('trap')
      },
    }
    const h = createHarness([call('a', {}, { timeout: '20ms' })], { behaviour: () => never as never })
    const runId = await h.start()
    await settled()
    expect((await h.read(runId)).error).toMatchObject({ kind: 'timeout' })
    const run = await createHarness([call('a')], { behaviour: () => broken as never }).run()
    expect(run.error).toMatchObject({ kind: 'bug' })
  })
})

describe('a connector that tells its secrets', () => {
  const METHODS: readonly AuthMethod[] = [
    { id: 'key', kind: 'apiKey', name: 'Key' },
    { id: 'token', kind: 'bearer', name: 'Token' },
    { id: 'login', kind: 'basic', name: 'Login' },
    { id: 'oauth', kind: 'oauth2', name: 'Sign in', tokenUrl: 'https://example.com/token', scopes: [] },
    { id: 'own', kind: 'custom', name: 'Own', fields: z.object({}), secretFields: ['secret'] },
  ]
  const VALUES: readonly [string, AuthValues][] = [
    ['an API key', { kind: 'apiKey', method: 'key', apiKey: KEY, fields: {} }],
    ['a token', { kind: 'bearer', method: 'token', token: KEY, fields: {} }],
    ['a password', { kind: 'basic', method: 'login', username: 'kim', password: KEY, fields: {} }],
    ['a key in the place of a user', { kind: 'basic', method: 'login', username: KEY, password: '', fields: {} }],
    ['an access token', { kind: 'oauth2', method: 'oauth', accessToken: KEY, scopes: [], extra: {}, fields: {} }],
    ['a secret field', { kind: 'custom', method: 'own', fields: { secret: { nested: [KEY] }, host: 'shop.example' } }],
    ['a field of a method that is gone', { kind: 'custom', method: 'gone', fields: { host: KEY } }],
  ]

  function leaky(run: (context: ActionContext) => never | Promise<never>, auth: AuthValues) {
    const action = { name: 'Go', description: 'Goes.', input: z.looseObject({}), output: z.json(), run }
    const connector = plainConnector({ id: 'leaky', auth: METHODS, connection: 'required', actions: { go: action } })
    const step = { id: 'a', type: 'action', connector: 'leaky', action: 'go', input: {}, connection: 'conn_1' }
    const logs: StepLogEntry[] = []
    const retried = { ...step, retry: { maxAttempts: 2, initialInterval: '1ms' } }
    const h = createHarness([retried], {
      connectors: [connector],
      credentials: { open: async () => auth },
      onLog: (entry) => logs.push(entry),
    })
    return { h, logs }
  }

  it.each(VALUES)('%s is in no error, history, event or log', async (_, auth) => {
    const basic = Buffer.from(`kim:${KEY}`).toString('base64')
    const { h, logs } = leaky(({ log }) => {
      log.info(`calling with ${KEY}`, { headers: { authorization: `Basic ${basic}`, [KEY]: encodeURIComponent(KEY) } })
      log.warn(KEY as never, cycle as never)
      throw new StepError('communication', `refused: ${KEY}`, {
        detail: `${'.'.repeat(3_990)}${KEY}`,
        data: { sent: [Buffer.from(KEY).toString('base64'), { [KEY]: 1 }] },
      })
    }, auth)
    const { runId } = await h.run({}, 1000)
    const run = await h.read(runId)
    expect(run).toMatchObject({ status: 'failed', error: { kind: 'communication', title: 'refused: [redacted]' } })
    const told = JSON.stringify([run, await h.engine.history({ ...run }, runId), h.events, logs])
    for (const canary of [
      KEY,
      basic.slice(8, -2),
      Buffer.from(KEY).toString('base64').slice(0, -2),
      KEY.slice(0, 12),
    ]) {
      expect(told).not.toContain(canary)
    }
    expect(logs.map(({ message }) => message)).toEqual([
      'calling with [redacted]',
      '[redacted]',
      'calling with [redacted]',
      '[redacted]',
    ])
    expect(logs.map(({ stepPath, iteration, attempt }) => [stepPath, iteration, attempt])).toEqual([
      ['a', '0', 1],
      ['a', '0', 1],
      ['a', '0', 2],
      ['a', '0', 2],
    ])
  })

  it('by accident is not repeated to whoever is told of unexpected errors', async () => {
    const { h } = leaky(
      () => {
        throw Object.assign(new TypeError(`cannot parse "${KEY}"`), { request: { key: KEY } })
      },
      { kind: 'apiKey', method: 'key', apiKey: KEY, fields: {} },
    )
    const run = await h.run()
    expect(run.error).toMatchObject({ kind: 'bug' })
    const [unexpected] = h.unexpected as Error[]
    expect(unexpected?.stack).toContain('bad-connectors.test')
    expect(
      `${unexpected?.message} ${unexpected?.stack} ${JSON.stringify(unexpected)} ${JSON.stringify(run)}`,
    ).not.toContain(KEY)
  })

  it('leaves what is no secret as it is: short values, other fields, what it gives', async () => {
    const { h } = leaky(
      () => {
        throw new StepError('rejected', 'host shop.example said ab, user kim')
      },
      { kind: 'basic', method: 'login', username: 'kim', password: 'ab', fields: { host: 'shop.example' } },
    )
    expect((await h.run()).error?.title).toBe('host shop.example said ab, user kim')
  })
})
