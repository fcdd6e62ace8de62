import { describe, expect, it } from 'vitest'
import { StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import { type ActionBehaviour, call, createHarness, SCOPE } from '../testing/harness.js'

const behaviour: ActionBehaviour = ({ input }) => {
  if ((input as { fail?: boolean }).fail === true) throw new StepError('rejected', 'not liked')
  return input as JsonValue
}

/** A call that is undone by a call named after it. */
const book = (id: string, input: object = {}, undo: object = {}): object =>
  call(id, { ...input } as JsonValue, {
    compensate: call(`undo_${id}`, { what: `{{ steps.${id}.output }}`, ...undo } as JsonValue),
  })

const called = (harness: { effects: readonly { key: string }[] }): string[] =>
  harness.effects.map(({ key }) => key.split('/').slice(1).join('/'))

const fails = call('fails', { fail: true })
const pause = (id: string, duration = '1h'): object => ({ id, type: 'wait', for: duration })

describe('compensation', () => {
  it('undoes what succeeded in reverse order when the run fails, with what each step gave', async () => {
    const harness = createHarness([book('flight', { n: 1 }), book('hotel', { n: 2 }), fails, book('car')], {
      behaviour,
    })
    const run = await harness.run()
    expect(run).toMatchObject({ status: 'failed', error: { title: 'not liked', stepPath: 'fails' } })
    expect(called(harness)).toEqual(['flight/0', 'hotel/0', 'fails/0', 'hotel/undo_hotel/0', 'flight/undo_flight/0'])
    expect(harness.effects[3]?.input).toEqual({ what: { n: 2 } })
  })

  it('does nothing when the run succeeds, nor for a step that failed or was skipped', async () => {
    const steps = [
      book('a'),
      { ...book('b'), if: 'false' },
      { ...(book('c', { fail: true }) as object), onError: 'continue' },
    ]
    const harness = createHarness(steps, { behaviour })
    expect((await harness.run()).status).toBe('succeeded')
    expect(called(harness)).toEqual(['a/0', 'c/0'])
  })

  it('undoes on cancel, also of a run that was waiting', async () => {
    const harness = createHarness([book('a'), pause('rest'), book('b')], { behaviour })
    const runId = await harness.start()
    await harness.clock.advance(1000)
    expect(await harness.engine.cancel(SCOPE, runId)).toBe('requested')
    await harness.clock.advance(1000)
    expect((await harness.read(runId)).status).toBe('cancelled')
    expect(called(harness)).toEqual(['a/0', 'a/undo_a/0'])
  })

  it('finds what loops, branches and rounds have done, also after other processes did it', async () => {
    const steps = [
      {
        id: 'each',
        type: 'forEach',
        items: ['x', 'y'],
        steps: [book('item', { v: '{{ item }}' }, { of: '{{ item }}' })],
      },
      { id: 'loop', type: 'while', condition: '(index ?? 0) < 1', max: 3, steps: [book('round')] },
      { id: 'way', type: 'branch', cases: [{ if: 'true', steps: [book('taken')] }] },
      pause('rest'),
      fails,
    ]
    const harness = createHarness(steps, { behaviour })
    expect((await harness.run({}, 2 * 3_600_000)).status).toBe('failed')
    expect(called(harness).slice(-5)).toEqual([
      'way/taken/undo_taken/0',
      'loop/round/undo_round/1',
      'loop/round/undo_round/0',
      'each/item/undo_item/1',
      'each/item/undo_item/0',
    ])
    expect(harness.effects.at(-1)?.input).toEqual({ what: { v: 'x' }, of: 'x' })
  })

  it('follows the order of completion, not of the definition', async () => {
    const branches = { slow: [pause('p', '1m'), book('late')], fast: [book('early')] }
    const harness = createHarness([{ id: 'both', type: 'parallel', branches }, fails], { behaviour })
    await harness.run({}, 120_000)
    expect(called(harness).slice(-2)).toEqual(['both/late/undo_late/0', 'both/early/undo_early/0'])
  })

  it('retries by its own policy', async () => {
    let attempts = 0
    const flaky: ActionBehaviour = ({ input, idempotencyKey }) => {
      if ((input as { fail?: boolean }).fail === true) throw new StepError('rejected', 'not liked')
      if (idempotencyKey.includes('undo_a') && ++attempts < 3) throw new StepError('communication', 'down')
      return input as JsonValue
    }
    const undo = call('undo_a', {}, { retry: { maxAttempts: 3, initialInterval: '1m' } })
    const harness = createHarness([call('a', {}, { compensate: undo }), fails], { behaviour: flaky })
    const run = await harness.run({}, 10 * 60_000)
    expect(run).toMatchObject({ status: 'failed', error: { title: 'not liked' } })
    expect(run.error?.data).toBeUndefined()
    expect(attempts).toBe(3)
  })

  it('that fails for good leaves the run failed with the exact list, and the others are undone', async () => {
    const steps = [book('a'), book('b', {}, { fail: true }), book('c'), pause('rest')]
    const harness = createHarness(steps, { behaviour })
    const runId = await harness.start()
    await harness.clock.advance(1000)
    await harness.engine.cancel(SCOPE, runId)
    await harness.clock.advance(1000)
    const run = await harness.read(runId)
    expect(run).toMatchObject({
      status: 'failed',
      error: {
        kind: 'cancelled',
        title: 'The run was cancelled, but not everything could be undone',
        detail: 'Could not be undone: "b/undo_b".',
        data: { notCompensated: [{ stepPath: 'b/undo_b', iteration: '0', error: { kind: 'rejected' } }] },
      },
    })
    expect(called(harness).slice(-3)).toEqual(['c/undo_c/0', 'b/undo_b/0', 'a/undo_a/0'])
  })

  it('undoes after a time-out of the run', async () => {
    const hang: ActionBehaviour = ({ input, signal }) => {
      if ((input as { hang?: boolean }).hang !== true) return input as JsonValue
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    const harness = createHarness([book('a'), call('slow', { hang: true })], { behaviour: hang, timeout: '50ms' })
    const runId = await harness.start()
    await new Promise((resolve) => setTimeout(resolve, 80))
    await harness.clock.advance(10)
    expect(await harness.read(runId)).toMatchObject({ status: 'failed', error: { kind: 'timeout' } })
    expect(called(harness)).toEqual(['a/0', 'slow/0', 'a/undo_a/0'])
  })
})
