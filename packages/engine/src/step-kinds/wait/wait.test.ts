import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../contracts/json.js'
import { call, createHarness, type Harness, SCOPE } from '../../testing/harness.js'

const HOUR = 3_600_000
const START = Date.UTC(2026, 0, 1)

const wait = (more: object): object => ({ id: 'w', type: 'wait', ...more })

async function publish(harness: Harness, name: string, payload: JsonValue, customerId = SCOPE.customerId) {
  return harness.engine.publish({ tenantId: SCOPE.tenantId, customerId, name, payload })
}

describe('wait until', () => {
  it.each([
    ['text with an offset', '2026-01-01T03:00:00+01:00'],
    ['Unix milliseconds', START + 2 * HOUR],
    ['an expression', '{{ trigger.when }}'],
  ])('takes %s', async (_, until) => {
    const harness = createHarness([wait({ until }), call('after')])
    const runId = await harness.start({ when: '2026-01-01T02:00:00Z' })
    await harness.clock.advance(2 * HOUR - 1)
    expect(harness.effects).toEqual([])
    await harness.clock.advance(1)
    expect((await harness.read(runId)).steps[0]?.output).toEqual({ until: '2026-01-01T02:00:00.000Z' })
    expect(harness.effects).toHaveLength(1)
  })

  it('goes on at once when the moment has passed, and refuses what is no moment', async () => {
    expect((await createHarness([wait({ until: '2020-01-01T00:00:00Z' })]).run()).status).toBe('succeeded')
    for (const until of ['tomorrow', '2026-01-01T00:00:00', null, true]) {
      expect(await createHarness([wait({ until })]).run()).toMatchObject({
        status: 'failed',
        error: { kind: 'validation' },
      })
    }
  })
})

describe('wait for an event', () => {
  const steps = [
    { id: 'order', type: 'set', values: { id: 'A-1' } },
    wait({ event: { name: 'paid', match: { 'order.id': '{{ steps.order.output.id }}' }, timeout: '2h' } }),
    call('after', { amount: '{{ steps.w.output.event?.payload.amount }}', late: '{{ steps.w.output.timedOut }}' }),
  ]

  it('goes on with the event that matches, of this customer, and no other', async () => {
    const harness = createHarness(steps)
    const runId = await harness.start()
    await harness.clock.advance(1000)
    await publish(harness, 'paid', { order: { id: 'B-2' }, amount: 1 })
    await publish(harness, 'refunded', { order: { id: 'A-1' }, amount: 2 })
    await publish(harness, 'paid', { order: { id: 'A-1' }, amount: 3 }, 'cus_other' as typeof SCOPE.customerId)
    await harness.clock.advance(1000)
    expect((await harness.read(runId)).status).toBe('waiting')
    await publish(harness, 'paid', { order: { id: 'A-1' }, amount: 4 })
    await harness.clock.advance(1000)
    expect(await harness.read(runId)).toMatchObject({ status: 'succeeded', output: { amount: 4, late: false } })
  })

  it('takes an event that came before the wait, since the run began', async () => {
    const harness = createHarness([{ id: 'rest', type: 'wait', for: '1m' }, ...steps])
    const runId = await harness.start()
    await harness.clock.advance(1000)
    await publish(harness, 'paid', { order: { id: 'A-1' }, amount: 5 })
    await harness.clock.advance(120_000)
    expect(await harness.read(runId)).toMatchObject({ status: 'succeeded', output: { amount: 5 } })
  })

  it('does not take an event from before the run', async () => {
    const harness = createHarness(steps)
    await publish(harness, 'paid', { order: { id: 'A-1' }, amount: 5 })
    await harness.clock.advance(1000)
    expect((await harness.run({}, 1000)).status).toBe('waiting')
  })

  it('gives an event to one wait of a run: a loop sees each once', async () => {
    const loop = {
      id: 'loop',
      type: 'while',
      condition: '(index ?? 0) < 1',
      max: 5,
      steps: [wait({ event: { name: 'tick' } })],
    }
    const harness = createHarness([loop])
    const runId = await harness.start()
    await harness.clock.advance(10)
    await publish(harness, 'tick', {})
    await harness.clock.advance(10)
    expect((await harness.read(runId)).status).toBe('waiting')
    await publish(harness, 'tick', {})
    await harness.clock.advance(10)
    expect((await harness.read(runId)).status).toBe('succeeded')
  })

  it('goes on without one after the time-out, or fails when asked to', async () => {
    const late = await createHarness(steps).run({}, 3 * HOUR)
    expect(late).toMatchObject({ status: 'succeeded', output: { late: true } })
    const strict = [wait({ event: { name: 'paid', timeout: '2h', onTimeout: 'fail' } })]
    expect(await createHarness(strict).run({}, 3 * HOUR)).toMatchObject({
      status: 'failed',
      error: { kind: 'timeout', title: 'The event "paid" did not come in time' },
    })
  })

  it('takes an event that comes while another branch is being executed', async () => {
    let release: () => void = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const branches = { waiting: [wait({ event: { name: 'go' } })], busy: [call('long')] }
    const harness = createHarness([{ id: 'both', type: 'parallel', branches }], {
      behaviour: async () => {
        await gate
        return {}
      },
    })
    const runId = await harness.start()
    await harness.clock.advance(10)
    await publish(harness, 'go', { n: 1 })
    release()
    await harness.clock.advance(10)
    expect((await harness.read(runId)).status).toBe('succeeded')
  })
})

describe('wait for an approval', () => {
  const approval = (more: object = {}): object => wait({ approval: { title: 'Pay {{ trigger.amount }}?', ...more } })
  const notify = [call('mail', { yes: '{{ steps.w.output.approveUrl }}' })]

  it('tells people once it can be answered, shows in the inbox, and goes on with the first decision', async () => {
    const harness = createHarness([
      { ...approval(), steps: notify },
      call('after', { ok: '{{ steps.w.output.approved }}' }),
    ])
    const runId = await harness.start({ amount: 7 })
    await harness.clock.advance(1000)
    const [open] = await harness.engine.openWaits(SCOPE, { kind: 'approval', limit: 10 })
    expect(open).toMatchObject({ stepPath: 'w', detail: { title: 'Pay 7?', deadline: null } })
    const [{ input } = { input: null }] = harness.effects
    const { yes: url } = input as { yes: string }
    expect(url).toMatch(/^https:\/\/inlay\.test\/approval\/[\w-]{43}\?decision=approve$/)
    const token = url.split('/').at(-1)?.split('?')[0] ?? ''
    expect(await harness.engine.answer(token, { approved: true, by: 'ada' })).toBe('answered')
    expect(await harness.engine.answer(token, { approved: false })).toBe('already_answered')
    expect(await harness.engine.answer('nonsense', { approved: true })).toBe('not_found')
    await harness.clock.advance(1000)
    expect(await harness.read(runId)).toMatchObject({ status: 'succeeded', output: { ok: true } })
    expect(harness.effects).toHaveLength(2)
    expect(await harness.engine.openWaits(SCOPE, { limit: 10 })).toEqual([])
  })

  it.each([
    ['reject', { approved: false, timedOut: true }],
    ['approve', { approved: true, timedOut: true }],
  ])('after its deadline means %s when the workflow says so', async (onTimeout, output) => {
    const run = await createHarness([approval({ timeout: '1h', onTimeout })]).run({ amount: 1 }, 2 * HOUR)
    expect(run).toMatchObject({ status: 'succeeded', output })
  })

  it('is refused where the host has no links', async () => {
    const run = await createHarness([approval()], { links: undefined }).run({ amount: 1 })
    expect(run).toMatchObject({ status: 'failed', error: { title: 'Approvals and callbacks are not available here' } })
  })
})

describe('wait for a callback', () => {
  const callback = {
    ...wait({ callback: { timeout: '1h' } }),
    steps: [call('start', { reply: '{{ steps.w.output.url }}' })],
  }

  it('goes on with what was sent, also when it was sent before the run parked', async () => {
    const harness: Harness = createHarness([callback, call('after', { got: '{{ steps.w.output.body.n }}' })], {
      behaviour: async ({ input }) => {
        const { reply } = input as { reply?: string }
        if (reply !== undefined) await harness.engine.answer(reply.split('/').at(-1) ?? '', { body: { n: 3 } })
        return input as JsonValue
      },
    })
    expect(await harness.run({}, 1000)).toMatchObject({ status: 'succeeded', output: { got: 3 } })
  })

  it('fails when nothing comes in time', async () => {
    expect(await createHarness([callback]).run({}, 2 * HOUR)).toMatchObject({
      status: 'failed',
      error: { kind: 'timeout', title: 'The callback did not come in time' },
    })
  })
})
