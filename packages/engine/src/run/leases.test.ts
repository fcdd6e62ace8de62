import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../contracts/json.js'
import { type ActionBehaviour, call, createHarness } from '../testing/harness.js'

const LEASE_MS = 300

/** Never answers, and rejects when it is told to stop. */
const hanging: ActionBehaviour = ({ signal }) =>
  new Promise<JsonValue>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

describe('a run whose lease cannot be renewed', () => {
  it.each<[string, () => Promise<never>]>([
    ['fail', () => Promise.reject(new Error('no connection'))],
    ['hang', () => new Promise<never>(() => {})],
  ])('stops before another worker may claim it when renewals %s', async (_how, renew) => {
    const harness = createHarness([call('a', {}, { onError: 'continue' }), call('b')], {
      behaviour: hanging,
      settings: { leaseMs: LEASE_MS },
    })
    harness.journal.renew = renew
    const runId = await harness.start()
    await harness.clock.advance(0)
    expect(harness.engine.activeRuns).toBe(1)
    await harness.clock.advance((LEASE_MS * 2) / 3)
    await expect.poll(() => harness.engine.activeRuns).toBe(0)
    expect(harness.unexpected).toHaveLength(1)
    expect((await harness.read(runId)).status).toBe('running')
    expect(harness.effects).toHaveLength(1)
  })
})

describe('closing', () => {
  it('keeps what the steps of a stopped run have achieved', async () => {
    const behaviour: ActionBehaviour = (context, effects) =>
      (context.input as { quick?: boolean }).quick === true ? null : hanging(context, effects)
    const branches = { x: [call('quick', { quick: true })], y: [call('slow')] }
    const harness = createHarness([{ id: 'p', type: 'parallel', branches }], { behaviour })
    const runId = await harness.start()
    await harness.clock.advance(0)
    const closing = harness.engine.close({ drainMs: 1000 })
    await harness.clock.advance(1000)
    await closing
    expect((await harness.read(runId)).steps).toMatchObject([{ stepPath: 'p/quick', status: 'succeeded' }])
    expect((await harness.journal.claim({ runIds: [runId], owner: 'next', leaseMs: 1000 }))[0]?.recoveries).toBe(0)
  })

  it('gives back what was being claimed, and begins nothing', async () => {
    const harness = createHarness([call('a')])
    const { claim } = harness.journal
    let answer: () => void = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    harness.journal.claim = async (request) => {
      const claimed = await claim.call(harness.journal, request)
      await held
      return claimed
    }
    const runId = await harness.start()
    await harness.clock.advance(0)
    const closing = harness.engine.close({ drainMs: 1000 })
    answer()
    await closing
    expect(harness.effects).toEqual([])
    harness.journal.claim = claim
    expect(await harness.journal.claim({ runIds: [runId], owner: 'next', leaseMs: 1000 })).toHaveLength(1)
  })

  it('does not fail when leases cannot be given back', async () => {
    const harness = createHarness([call('a')], { behaviour: hanging })
    harness.journal.release = () => Promise.reject(new Error('no connection'))
    await harness.start()
    await harness.clock.advance(0)
    const closing = harness.engine.close({ drainMs: 1 })
    await harness.clock.advance(1)
    await expect(closing).resolves.toBeUndefined()
    expect(harness.unexpected).toHaveLength(1)
  })
})

describe('executing', () => {
  it('reports a journal that cannot be reached, after more batches than it has room for', async () => {
    const harness = createHarness([call('a')], { settings: { maxConcurrentRuns: 1 } })
    harness.journal.claim = () => Promise.reject(new Error('no connection'))
    await expect(harness.engine.execute(['run_1', 'run_2', 'run_3'] as never)).rejects.toThrow('no connection')
    expect(harness.engine.activeRuns).toBe(0)
  })
})
