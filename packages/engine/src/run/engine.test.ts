import { describe, expect, it } from 'vitest'
import { StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import { call, createHarness, SCOPE } from '../testing/harness.js'

const statuses = (run: { steps: readonly { stepPath: string; status: string }[] }): string[] =>
  run.steps.map(({ stepPath, status }) => `${stepPath} ${status}`)

describe('a run', () => {
  it('computes, decides, calls, and ends with the output of its last step', async () => {
    const harness = createHarness([
      { id: 'order', type: 'set', values: { id: '{{ trigger.id }}', total: '{{ trigger.total }}' } },
      {
        id: 'size',
        type: 'branch',
        cases: [
          {
            name: 'big',
            if: 'steps.order.output.total > 50',
            steps: [call('tell', { text: 'Order {{ steps.order.output.id }}' })],
          },
        ],
        else: [call('ignore')],
      },
      { id: 'done', type: 'set', values: { told: '{{ steps.tell.output.text }}' } },
    ])
    const run = await harness.run({ id: 'A-1', total: 99 })
    expect(run).toMatchObject({ status: 'succeeded', output: { told: 'Order A-1' } })
    expect(statuses(run).sort()).toEqual(['done succeeded', 'order succeeded', 'size succeeded', 'size/tell succeeded'])
    expect(harness.effects).toEqual([{ key: `${run.runId}/size/tell/0`, input: { text: 'Order A-1' } }])
    expect(run.steps.find(({ stepPath }) => stepPath === 'size')?.output).toEqual({ case: 'big' })
  })

  it('tells those who watch what happens, in order', async () => {
    const harness = createHarness([call('a')])
    await harness.run()
    const seen = harness.events.map((event) =>
      event.type === 'step'
        ? `${event.address.stepPath} ${event.status}`
        : `run ${'status' in event ? event.status : ''}`,
    )
    expect(seen).toEqual(['run running', 'a running', 'a succeeded', 'run succeeded'])
  })

  it('sees the settings of its definition as vars', async () => {
    const harness = createHarness(
      [{ id: 'a', type: 'set', values: { greeting: '{{ vars.greeting }}, {{ trigger.name }}' } }],
      {
        policies: { vars: { greeting: 'Hello' } },
      },
    )
    const run = await harness.run({ name: 'Kim' })
    expect(run.output).toEqual({ greeting: 'Hello, Kim' })
  })

  it('skips steps whose condition is not true', async () => {
    const harness = createHarness([
      call('a', {}, { if: 'trigger.go' }),
      { id: 'b', type: 'set', values: { a: '{{ steps.a.output }}', s: '{{ steps.a.status }}' } },
    ])
    const run = await harness.run({ go: false })
    expect(run.output).toEqual({ a: null, s: 'skipped' })
    expect(harness.effects).toEqual([])
  })

  it.each([
    ['one effect', [], ['finish']],
    ['two effects', [call('c')], ['append', 'finish']],
  ])('with %s waits for no write but those between effects and at its end', async (_name, more, expected) => {
    const harness = createHarness([{ id: 'a', type: 'set', values: {} }, call('b'), ...more])
    const writes: string[] = []
    for (const name of ['append', 'finish', 'park'] as const) {
      const original = harness.journal[name].bind(harness.journal) as (...args: never[]) => Promise<never>
      harness.journal[name] = ((...args: never[]) => {
        writes.push(name)
        return original(...args)
      }) as never
    }
    const run = await harness.run()
    expect(writes).toEqual(expected)
    expect(run.steps).toHaveLength(2 + more.length)
  })
})

describe('an eager start', () => {
  it('executes in the starting process without dispatch or claim, up to its bound', async () => {
    const harness = createHarness([call('a')], { settings: { maxEagerRuns: 1 } })
    const claims: unknown[] = []
    const { claim } = harness.journal
    harness.journal.claim = (request) => {
      claims.push(request)
      return claim.call(harness.journal, request)
    }
    const [first, second] = await Promise.all([harness.start(), harness.start()])
    await harness.clock.advance(1)
    expect((await harness.read(first)).status).toBe('succeeded')
    expect((await harness.read(second)).status).toBe('succeeded')
    expect(claims).toHaveLength(1)
  })
})

describe('parallel and forEach', () => {
  it('run branches at the same time and join their outputs', async () => {
    const harness = createHarness([
      { id: 'p', type: 'parallel', branches: { left: [call('l', { n: 1 })], right: [call('r', { n: 2 })] } },
    ])
    expect((await harness.run()).output).toEqual({ left: { n: 1 }, right: { n: 2 } })
  })

  it('keep each item apart and the outputs in order', async () => {
    const steps = [
      {
        id: 'each',
        type: 'forEach',
        items: 'trigger.list',
        concurrency: 2,
        steps: [call('c', { v: '{{ item * 10 + index }}' })],
      },
    ]
    const run = await createHarness(steps).run({ list: [3, 1, 2] })
    expect(run.output).toEqual([{ v: 30 }, { v: 11 }, { v: 22 }])
    expect(
      run.steps
        .filter(({ stepPath }) => stepPath === 'each/c')
        .map(({ iteration }) => iteration)
        .sort(),
    ).toEqual(['0', '1', '2'])
  })

  it.each<[string, string, JsonValue]>([
    ['skip', 'succeeded', [{ v: 1 }, { v: 3 }]],
    ['collect', 'succeeded', [{ v: 1 }, { error: expect.objectContaining({ kind: 'rejected' }) as never }, { v: 3 }]],
    ['fail', 'failed', null],
  ])('with onItemError %s a failed item makes the run end as %s', async (onItemError, status, output) => {
    const behaviour = ({ input }: { input: unknown }): JsonValue => {
      if ((input as { v: number }).v === 2) throw new StepError('rejected', 'two is not liked')
      return input as JsonValue
    }
    const steps = [
      { id: 'each', type: 'forEach', items: [1, 2, 3], onItemError, steps: [call('c', { v: '{{ item }}' })] },
    ]
    const run = await createHarness(steps, { behaviour }).run()
    expect({ status: run.status, output: run.output ?? null }).toEqual({ status, output })
  })

  it('fail when there is no list', async () => {
    const run = await createHarness([{ id: 'each', type: 'forEach', items: 'trigger.nope', steps: [] }]).run()
    expect(run.error).toMatchObject({ kind: 'validation', title: 'The items are not a list', stepPath: 'each' })
  })
})

describe('failures', () => {
  const failing = (kind: ConstructorParameters<typeof StepError>[0], until: number, more = {}) => ({
    behaviour: (_: unknown, effects: readonly unknown[]): JsonValue => {
      if (effects.length <= until) throw new StepError(kind, 'it is down', more)
      return 'up'
    },
  })

  it('are retried with back-off, with the same idempotency key', async () => {
    const retry = { maxAttempts: 3, initialInterval: '1s' }
    const harness = createHarness([call('a', {}, { retry })], failing('communication', 2))
    const run = await harness.run({}, 10_000)
    expect(run).toMatchObject({ status: 'succeeded', output: 'up', steps: [{ attempt: 3, status: 'succeeded' }] })
    expect(new Set(harness.effects.map(({ key }) => key)).size).toBe(1)
    expect(harness.effects).toHaveLength(3)
  })

  it('end the run when the attempts are used up, and say which step', async () => {
    const harness = createHarness([call('a', {}, { retry: { maxAttempts: 2 } })], failing('communication', 9))
    const run = await harness.run({}, 10_000)
    expect(run).toMatchObject({
      status: 'failed',
      error: { kind: 'communication', title: 'it is down', stepPath: 'a' },
    })
    expect(harness.effects).toHaveLength(2)
  })

  it('are not retried when trying again cannot help', async () => {
    const harness = createHarness([call('a', {}, { retry: { maxAttempts: 5 } })], failing('rejected', 9))
    await harness.run({}, 10_000)
    expect(harness.effects).toHaveLength(1)
  })

  it('with a long Retry-After release the worker, which takes the run up again in time', async () => {
    const harness = createHarness(
      [call('a', {}, { retry: { maxAttempts: 2 } })],
      failing('rate_limited', 1, { retryAfterMs: 600_000 }),
    )
    const runId = await harness.start()
    await harness.clock.advance(1000)
    expect(await harness.read(runId)).toMatchObject({ status: 'waiting', steps: [{ status: 'retrying', attempt: 1 }] })
    expect(harness.engine.activeRuns).toBe(0)
    await harness.clock.advance(600_000)
    expect(await harness.read(runId)).toMatchObject({ status: 'succeeded', steps: [{ attempt: 2 }] })
  })

  it('can be continued after, with the error as data', async () => {
    const steps = [
      call('a', {}, { onError: 'continue' }),
      { id: 'b', type: 'set', values: { why: '{{ steps.a.output.error.title }}' } },
    ]
    expect(await createHarness(steps, failing('rejected', 9)).run()).toMatchObject({
      status: 'succeeded',
      output: { why: 'it is down' },
    })
  })

  it('can fall back to other steps', async () => {
    const fallback = [{ id: 'b', type: 'set', values: { plan: 'B' } }]
    const run = await createHarness([call('a', {}, { onError: { fallback } })], failing('rejected', 9)).run()
    expect(run.status).toBe('succeeded')
    expect(statuses(run).sort()).toEqual(['a failed', 'a/b succeeded'])
  })

  it.each<[string, () => never, string]>([
    [
      'a text',
      () => {
        throw 'oops'
      },
      'oops',
    ],
    [
      'nothing',
      () => {
        throw undefined
      },
      'undefined',
    ],
    [
      'a TypeError',
      () => {
        throw new TypeError('x is not a function')
      },
      'x is not a function',
    ],
  ])('of a connector that throws %s are recorded without a stack trace', async (_name, behaviour, detail) => {
    const harness = createHarness([call('a')], { behaviour })
    const run = await harness.run()
    expect(run.error).toMatchObject({
      kind: 'bug',
      title: 'The step failed unexpectedly',
      detail: expect.stringContaining(detail),
    })
    expect(JSON.stringify(run)).not.toContain('engine.test.ts')
  })

  it('of a connector that never resolves end by the time-out', async () => {
    const harness = createHarness([call('a', {}, { timeout: '20ms' })], {
      behaviour: () => new Promise<never>(() => {}),
    })
    const runId = await harness.start()
    await expect.poll(async () => (await harness.read(runId)).error?.kind).toBe('timeout')
  })

  it('of a run that takes too long name the time-out of the whole', async () => {
    const behaviour = () => new Promise<never>(() => {})
    const harness = createHarness([call('a')], { behaviour, timeout: '20ms' })
    const runId = await harness.start()
    await expect.poll(async () => (await harness.read(runId)).error?.kind).toBe('timeout')
    expect((await harness.read(runId)).status).toBe('failed')
  })

  it.each<[string, unknown, string]>([
    ['a function', () => 1, 'bug'],
    ['a big integer', { n: 1n }, 'bug'],
    ['too much', 'x'.repeat(2000), 'limit'],
  ])('come from outputs that are %s', async (_name, output, kind) => {
    const run = await createHarness([call('a')], {
      behaviour: () => output as JsonValue,
      settings: { maxPayloadBytes: 1000 },
    }).run()
    expect(run.error?.kind).toBe(kind)
  })

  it('of expressions name the place', async () => {
    const run = await createHarness([{ id: 'a', type: 'set', values: { x: '{{ trigger.no.such }}' } }]).run()
    expect(run.error).toMatchObject({
      kind: 'expression',
      stepPath: 'a',
      detail: expect.stringContaining('character 1'),
    })
  })

  it.each([
    ['', {}],
    [', even where errors are skipped', { onItemError: 'skip', onError: 'continue' }],
  ])('of a run that takes too many steps are a clear limit%s', async (_where, more) => {
    const each = {
      id: 'each',
      type: 'forEach',
      items: 'range(0, 100)',
      steps: [{ id: 's', type: 'set', values: {} }],
      ...more,
    }
    const run = await createHarness([each, call('a')], { settings: { maxStepsPerRun: 50 } }).run()
    expect(run).toMatchObject({
      status: 'failed',
      error: { kind: 'limit', title: 'The run takes too many steps', stepPath: 'each/s' },
    })
    expect(run.steps.length).toBeLessThanOrEqual(50)
  })

  it('of a connector do not come from changing its input: it works on a copy', async () => {
    const behaviour = ({ input }: { input: unknown }): JsonValue => {
      const order = (input as { order: { id: string } }).order
      order.id = 'changed'
      return null
    }
    const steps = [
      call('a', { order: '{{ trigger.order }}' }),
      { id: 'b', type: 'set', values: { id: '{{ trigger.order.id }}' } },
    ]
    const run = await createHarness(steps, { behaviour }).run({ order: { id: 'A-1' } })
    expect(run).toMatchObject({ output: { id: 'A-1' }, steps: [{ input: { order: { id: 'A-1' } } }, {}] })
  })

  it('of an input that is too large name the input', async () => {
    const harness = createHarness(
      [call('a', { list: 'range(0, 1000)' }), call('b', { list: '{{ range(0, 1000) }}' })],
      {
        settings: { maxPayloadBytes: 1000 },
      },
    )
    expect((await harness.run()).error).toMatchObject({ kind: 'limit', title: 'The input is too large', stepPath: 'b' })
  })
})

describe('waiting', () => {
  it('parks the run without holding the worker, and goes on when the time has come', async () => {
    const harness = createHarness([call('a'), { id: 'w', type: 'wait', for: '2h' }, call('b')])
    const runId = await harness.start()
    await harness.clock.advance(60_000)
    expect(await harness.read(runId)).toMatchObject({ status: 'waiting' })
    expect(harness.engine.activeRuns).toBe(0)
    await harness.clock.advance(2 * 3_600_000)
    expect(await harness.read(runId)).toMatchObject({ status: 'succeeded' })
    expect(harness.effects.map(({ key }) => key.split('/')[1])).toEqual(['a', 'b'])
  })

  it('in one branch lets the others go on', async () => {
    const branches = { slow: [{ id: 'w', type: 'wait', for: '1m' }, call('a')], quick: [call('b')] }
    const harness = createHarness([{ id: 'p', type: 'parallel', branches }])
    const runId = await harness.start()
    await harness.clock.advance(1000)
    expect(harness.effects).toHaveLength(1)
    await harness.clock.advance(60_000)
    expect((await harness.read(runId)).status).toBe('succeeded')
    expect(harness.effects).toHaveLength(2)
  })
})

describe('stop and respond', () => {
  it.each([
    ['succeeded', { status: 'succeeded', output: 7 }],
    ['failed', { status: 'failed', error: { title: 'no stock' } }],
    ['cancelled', { status: 'cancelled' }],
  ])('stop ends the run as %s, from any depth', async (outcome, expected) => {
    const stop = { id: 'end', type: 'stop', outcome, output: '{{ 3 + 4 }}', message: 'no stock' }
    const harness = createHarness([{ id: 'p', type: 'parallel', branches: { x: [stop] } }, call('never')])
    expect(await harness.run()).toMatchObject(expected)
    expect(harness.effects).toEqual([])
  })

  it('respond refuses headers that no server can send', async () => {
    const harness = createHarness([{ id: 'r', type: 'respond', headers: { 'X-Name': '{{ trigger.name }}' } }])
    expect((await harness.run({ name: 'Zoë' })).response?.headers).toEqual({ 'x-name': 'Zoë' })
    for (const name of ['a\nb', '\u{1F389}']) {
      expect((await harness.run({ name })).error).toMatchObject({ kind: 'validation', stepPath: 'r' })
    }
  })

  it('respond records the answer at once, and the run goes on', async () => {
    const harness = createHarness([
      { id: 'r', type: 'respond', status: 201, headers: { 'X-Id': '{{ trigger.id }}' }, body: { ok: true } },
      call('a'),
    ])
    const run = await harness.run({ id: '7' })
    expect(run.response).toEqual({ status: 201, headers: { 'x-id': '7' }, body: { ok: true } })
    expect(run.status).toBe('succeeded')
    const seen = harness.events.filter((event) => event.type === 'step' && event.address.stepPath === 'r')
    expect(seen).toHaveLength(1)
    // Watchers are told that something happened, never what it was.
    expect(JSON.stringify(seen)).not.toContain('x-id')
  })
})

describe('cancelling', () => {
  it('stops a step that is under way', async () => {
    let aborted = false
    const behaviour = ({ signal }: { signal: AbortSignal }): Promise<JsonValue> =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => {
          aborted = true
          reject(signal.reason)
        }),
      )
    const harness = createHarness([call('a')], { behaviour })
    const runId = await harness.start()
    await harness.clock.advance(1)
    expect(await harness.engine.cancel(SCOPE, runId)).toBe('requested')
    await harness.clock.advance(1)
    expect(await harness.read(runId)).toMatchObject({
      status: 'cancelled',
      steps: [{ stepPath: 'a', status: 'cancelled' }],
    })
    expect(aborted).toBe(true)
  })

  it('ends a waiting run at once, and an ended one not at all', async () => {
    const harness = createHarness([{ id: 'w', type: 'wait', for: '1d' }])
    const runId = await harness.start()
    await harness.clock.advance(1)
    expect(await harness.engine.cancel(SCOPE, runId)).toBe('requested')
    await harness.clock.advance(1)
    expect(await harness.read(runId)).toMatchObject({ status: 'cancelled', steps: [{ status: 'cancelled' }] })
    expect(await harness.engine.cancel(SCOPE, runId)).toBe('already_ended')
  })
})

describe('ownership', () => {
  it('is given back on close, and another engine goes on without repeating what is recorded', async () => {
    let block = true
    const behaviour = ({ input, signal }: { input: unknown; signal: AbortSignal }): Promise<JsonValue> | JsonValue =>
      block && (input as { n: number }).n === 2
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : (input as JsonValue)
    const steps = [call('a', { n: 1 }), call('b', { n: 2 })]
    const first = createHarness(steps, { behaviour })
    const runId = await first.start()
    await first.clock.advance(1)
    const closing = first.engine.close({ drainMs: 10 })
    await first.clock.advance(10)
    await closing
    block = false
    const second = createHarness(steps, {
      behaviour,
      journal: first.journal,
      clock: first.clock,
      effects: first.effects,
    })
    await second.engine.execute([runId])
    expect((await second.read(runId)).status).toBe('succeeded')
    expect(first.effects.map(({ key }) => key.split('/')[1])).toEqual(['a', 'b', 'b'])
  })

  it('gives a run up after it has taken down its process too often', async () => {
    const harness = createHarness([call('a')], { settings: { maxRecoveries: 2 } })
    const run = await harness.journal.create({
      ...SCOPE,
      runId: 'run_x' as never,
      workflowId: 'wf_1' as never,
      versionId: 'ver_1' as never,
      mode: 'live',
      trigger: {},
    })
    for (let crash = 0; crash < 3; crash++) {
      await harness.journal.claim({ runIds: [run.runId], owner: 'dies', leaseMs: 1000 })
      await harness.clock.advance(1001)
    }
    await harness.engine.execute([run.runId])
    expect((await harness.read(run.runId)).error).toMatchObject({ kind: 'limit', title: 'The run was given up' })
  })
})
