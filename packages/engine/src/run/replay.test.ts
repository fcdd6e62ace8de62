import { describe, expect, it } from 'vitest'
import { StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import type { StepRecord } from '../contracts/run.js'
import { type ActionBehaviour, call, createHarness } from '../testing/harness.js'

const rejecting: ActionBehaviour = ({ input }) => {
  if ((input as { fail?: boolean }).fail === true) throw new StepError('rejected', 'not liked')
  return input as JsonValue
}

const wait = (id: string, duration: string): object => ({ id, type: 'wait', for: duration })
const set = (id: string, values: object): object => ({ id, type: 'set', values })

const calls = (harness: { effects: readonly { key: string }[] }): string[] =>
  harness.effects.map(({ key }) => key.split('/').slice(1).join('/'))

describe('a run that is taken up again', () => {
  it('does not go on with a branch of a block that had failed', async () => {
    const branches = { bad: [call('fails', { fail: true })], slow: [wait('pause', '5s'), call('late')] }
    const steps = [
      { id: 'both', type: 'parallel', onError: 'continue', branches },
      wait('later', '10s'),
      set('end', { why: '{{ steps.both.output.error.title }}', seen: '{{ steps.fails.status }}' }),
    ]
    const harness = createHarness(steps, { behaviour: rejecting })
    const run = await harness.run({}, 60_000)
    expect(run).toMatchObject({ status: 'succeeded', output: { why: 'not liked', seen: 'failed' } })
    expect(calls(harness)).toEqual(['both/fails/0'])
    expect(run.steps.find(({ stepPath }) => stepPath === 'both/pause')?.status).toBe('cancelled')
  })

  it('gives later steps what steps inside an ended block have given', async () => {
    const steps = [
      { id: 'size', type: 'branch', cases: [{ if: 'true', steps: [call('inner', { n: 1 })] }] },
      { id: 'each', type: 'forEach', items: [1, 2], steps: [call('item', { v: '{{ item }}' })] },
      wait('pause', '1h'),
      set('end', { inner: '{{ steps.inner.output.n }}', items: '{{ steps.each.output }}' }),
    ]
    const harness = createHarness(steps)
    const run = await harness.run({}, 3_600_000)
    expect(run.output).toEqual({ inner: 1, items: [{ v: 1 }, { v: 2 }] })
    expect(calls(harness)).toEqual(['size/inner/0', 'each/item/0', 'each/item/1'])
  })

  it('goes on inside a fallback that waits', async () => {
    const fallback = [wait('calm', '1m'), call('other', { why: '{{ steps.first.output.error.title }}' })]
    const steps = [call('first', { fail: true }, { onError: { fallback } }), call('end')]
    const harness = createHarness(steps, { behaviour: rejecting })
    const run = await harness.run({}, 120_000)
    expect(run.status).toBe('succeeded')
    expect(calls(harness)).toEqual(['first/0', 'first/other/0', 'end/0'])
    expect(harness.effects[1]?.input).toEqual({ why: 'not liked' })
  })

  it('goes on with the attempt at which its process died, and fails what must never run twice', async () => {
    const retry = { maxAttempts: 3, initialInterval: '1s' }
    const steps = [call('a', {}, { retry }), { ...call('b'), action: 'once' }]
    const behaviour: ActionBehaviour = () => {
      throw new StepError('communication', 'down')
    }
    const harness = createHarness(steps, { behaviour, settings: { leaseMs: 1000 } })
    const runId = await crashedRun(harness, { stepPath: 'a', attempt: 2 })
    const executing = harness.engine.execute([runId])
    await harness.clock.advance(10_000)
    await executing
    expect((await harness.read(runId)).steps).toMatchObject([{ stepPath: 'a', status: 'failed', attempt: 3 }])
    expect(harness.effects).toHaveLength(2)

    const once = await crashedRun(harness, { stepPath: 'b', attempt: 1, done: ['a'] })
    await harness.engine.execute([once])
    await harness.clock.advance(1)
    expect((await harness.read(once)).error).toMatchObject({
      kind: 'communication',
      title: 'It is not known whether the action was carried out',
      stepPath: 'b',
    })
    expect(harness.effects).toHaveLength(2)
  })

  it('has its running step on record before it is tried again', async () => {
    const harness = createHarness([call('a')], { behaviour: () => new Promise<never>(() => {}) })
    const runId = await crashedRun(harness, { stepPath: 'a', attempt: 1 })
    const writes: string[] = []
    const { append } = harness.journal
    harness.journal.append = (lease, steps) => {
      writes.push(...steps.map(({ stepPath, status }) => `${stepPath} ${status}`))
      return append.call(harness.journal, lease, steps)
    }
    const executing = harness.engine.execute([runId])
    await harness.clock.advance(1)
    expect(writes).toEqual(['a running'])
    await closeAtOnce(harness)
    await executing
  })
})

type Crash = Pick<StepRecord, 'stepPath' | 'attempt'> & { readonly done?: readonly string[] }

/** A run whose process died while a step ran. */
async function crashedRun(harness: ReturnType<typeof createHarness>, { stepPath, attempt, done = [] }: Crash) {
  const { journal, clock } = harness
  const identity = { tenantId: 'ten_1', customerId: 'cus_1', workflowId: 'wf_1', versionId: 'ver_1', mode: 'live' }
  const { runId } = await journal.create({ ...identity, runId: `run_${stepPath}`, trigger: {} } as never)
  const [lease] = await journal.claim({ runIds: [runId], owner: 'dies', leaseMs: 1000 })
  if (lease === undefined) throw new Error('the run cannot be claimed')
  const base = { iteration: '0', type: 'action', startedAt: clock.now(), at: clock.now() }
  const ended = { attempt: 1, status: 'succeeded' as const, finishedAt: 1 }
  await journal.append(lease, [
    ...done.map((path, seq) => ({ ...base, ...ended, stepPath: path, seq })),
    { ...base, stepPath, attempt, status: 'running' as const, seq: done.length },
  ])
  await clock.advance(1001)
  return runId
}

async function closeAtOnce(harness: ReturnType<typeof createHarness>): Promise<void> {
  const closing = harness.engine.close({ drainMs: 1 })
  await harness.clock.advance(1)
  await closing
}
