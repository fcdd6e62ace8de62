import { describe, expect, it } from 'vitest'
import { StepError } from '../contracts/errors.js'
import type { RunId, VersionId, WorkflowId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import { type ActionBehaviour, call, createHarness, SCOPE } from '../testing/harness.js'

const HOUR = 3_600_000
const pause = (id: string): object => ({ id, type: 'wait', for: '1h' })

const called = (harness: { effects: readonly { key: string }[] }): string[] =>
  harness.effects.map(({ key }) => key.split('/').slice(1, -1).join('/'))

/** Fails where the input says so, until it is mended. */
function breakable(): { behaviour: ActionBehaviour; mend(): void } {
  let isBroken = true
  return {
    behaviour: ({ input }) => {
      if (isBroken && (input as { fail?: boolean }).fail === true) throw new StepError('rejected', 'not liked')
      return input as JsonValue
    },
    mend: () => {
      isBroken = false
    },
  }
}

describe('suspend and resume', () => {
  it('lets a waiting run rest past its time, and go on when resumed', async () => {
    const harness = createHarness([pause('rest'), call('after')])
    const runId = await harness.start()
    await harness.clock.advance(1000)
    expect(await harness.engine.suspend(SCOPE, runId)).toBe('suspended')
    expect(await harness.engine.suspend(SCOPE, runId)).toBe('already_suspended')
    await harness.clock.advance(2 * HOUR)
    expect((await harness.read(runId)).status).toBe('suspended')
    expect(await harness.engine.resume(SCOPE, runId)).toBe('resumed')
    await harness.clock.advance(10)
    expect((await harness.read(runId)).status).toBe('succeeded')
    expect(await harness.engine.resume(SCOPE, runId)).toBe('not_suspended')
  })

  it('lets the steps under way end, in all branches, and begins no other', async () => {
    let release: () => void = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const branches = { x: [call('x1'), call('x2')], y: [call('y1'), call('y2')] }
    const harness = createHarness([{ id: 'both', type: 'parallel', branches }], {
      behaviour: async ({ input }) => {
        await gate
        return input as JsonValue
      },
    })
    const runId = await harness.start()
    await harness.clock.advance(10)
    expect(await harness.engine.suspend(SCOPE, runId)).toBe('requested')
    release()
    await harness.clock.advance(10)
    expect((await harness.read(runId)).status).toBe('suspended')
    expect(called(harness)).toEqual(['both/x1', 'both/y1'])
    await harness.engine.resume(SCOPE, runId)
    await harness.clock.advance(10)
    expect((await harness.read(runId)).status).toBe('succeeded')
    expect(called(harness)).toEqual(['both/x1', 'both/y1', 'both/x2', 'both/y2'])
  })

  it('of a suspended run that is cancelled ends it', async () => {
    const harness = createHarness([pause('rest')])
    const runId = await harness.start()
    await harness.clock.advance(10)
    await harness.engine.suspend(SCOPE, runId)
    expect(await harness.engine.cancel(SCOPE, runId)).toBe('requested')
    await harness.clock.advance(10)
    expect((await harness.read(runId)).status).toBe('cancelled')
  })
})

describe('redrive', () => {
  it('goes on from the step that failed, and keeps what had succeeded', async () => {
    const { behaviour, mend } = breakable()
    const each = {
      id: 'each',
      type: 'forEach',
      items: [false, true, false],
      steps: [call('item', { fail: '{{ item }}' })],
    }
    const harness = createHarness([call('first'), each, call('last')], { behaviour })
    const { runId, status } = await harness.run()
    expect(status).toBe('failed')
    mend()
    expect(await harness.engine.redrive(SCOPE, runId)).toBe('redriven')
    await harness.clock.advance(10)
    expect((await harness.read(runId)).status).toBe('succeeded')
    const keys = harness.effects.map(({ key }) => key.split('/').slice(1).join('/'))
    expect(keys).toEqual(['first/0', 'each/item/0', 'each/item/1', 'each/item/1', 'each/item/2', 'last/0'])
    expect(await harness.engine.redrive(SCOPE, runId)).toBe('not_ended')
  })

  it('leaves failures alone that the workflow dealt with', async () => {
    const { behaviour, mend } = breakable()
    const bad = (id: string, more: object = {}): object => call(id, { fail: true }, more)
    const steps = [
      bad('ignored', { onError: 'continue' }),
      bad('replaced', { onError: { fallback: [call('instead')] } }),
      { id: 't', type: 'try', steps: [bad('tried')], catch: [call('caught')] },
      { id: 'each', type: 'forEach', items: [1], onItemError: 'skip', steps: [bad('item')] },
      bad('fatal'),
    ]
    const harness = createHarness(steps, { behaviour })
    const { runId } = await harness.run()
    const before = called(harness).length
    mend()
    await harness.engine.redrive(SCOPE, runId)
    await harness.clock.advance(10)
    expect((await harness.read(runId)).status).toBe('succeeded')
    expect(called(harness).slice(before)).toEqual(['fatal'])
  })

  it('does again what had been undone', async () => {
    const { behaviour, mend } = breakable()
    const booked = call('book', {}, { compensate: call('undo') })
    const harness = createHarness([call('first'), booked, call('fatal', { fail: true })], { behaviour })
    const { runId } = await harness.run()
    mend()
    await harness.engine.redrive(SCOPE, runId)
    await harness.clock.advance(10)
    expect((await harness.read(runId)).status).toBe('succeeded')
    expect(called(harness)).toEqual(['first', 'book', 'fatal', 'book/undo', 'book', 'fatal'])
  })

  it('of a cancelled run goes on where it was', async () => {
    const harness = createHarness([call('first'), pause('rest'), call('last')])
    const runId = await harness.start()
    await harness.clock.advance(10)
    await harness.engine.cancel(SCOPE, runId)
    await harness.clock.advance(10)
    expect(await harness.engine.redrive(SCOPE, runId)).toBe('redriven')
    await harness.clock.advance(2 * HOUR)
    expect((await harness.read(runId)).status).toBe('succeeded')
    expect(called(harness)).toEqual(['first', 'last'])
  })

  it('takes runs from the dead-letter list in bulk', async () => {
    const harness = createHarness([call('a')], { settings: { maxRecoveries: 1, leaseMs: 1000 } })
    const journal = harness.journal
    const runId = 'run_dying' as RunId
    const ids = { workflowId: 'wf_1' as WorkflowId, versionId: 'ver_1' as VersionId, mode: 'live' as const }
    await journal.create({ ...SCOPE, ...ids, runId, trigger: {} })
    for (let crash = 0; crash < 3; crash++) {
      await journal.claim({ runIds: [runId], owner: 'dying', leaseMs: 1 })
      await harness.clock.advance(1000)
    }
    await harness.engine.execute([runId])
    expect(await harness.read(runId)).toMatchObject({ status: 'failed', isDead: true })
    expect((await journal.deadRuns(SCOPE, { limit: 10 })).map((run) => run.runId)).toEqual([runId])
    expect(await harness.engine.redriveDead(SCOPE, { limit: 10 })).toEqual([runId])
    await harness.clock.advance(10)
    expect(await harness.read(runId)).toMatchObject({ status: 'succeeded', isDead: false })
  })
})

describe('rerun and fork', () => {
  it('rerun starts anew with the same input', async () => {
    const harness = createHarness([call('a', { n: '{{ trigger.n }}' })])
    const first = await harness.run({ n: 5 })
    const { runId } = await harness.engine.rerun(SCOPE, first.runId)
    await harness.clock.advance(10)
    expect(await harness.read(runId)).toMatchObject({ status: 'succeeded', output: { n: 5 }, origin: first.runId })
    await expect(harness.engine.rerun(SCOPE, 'run_none' as typeof runId)).rejects.toMatchObject({
      code: 'run.not_found',
    })
  })

  it('fork takes over what came before a step, with what it changes', async () => {
    const steps = [
      call('a', { n: 1 }),
      {
        id: 'way',
        type: 'branch',
        cases: [
          { if: 'true', steps: [call('b', { n: 2 }), call('c', { sum: '{{ steps.a.output.n + steps.b.output.n }}' })] },
        ],
      },
      call('d'),
    ]
    const harness = createHarness(steps)
    const first = await harness.run()
    const { runId } = await harness.engine.fork(SCOPE, first.runId, { fromStep: 'c', outputs: { a: { n: 40 } } })
    await harness.clock.advance(10)
    const fork = await harness.read(runId)
    expect(fork).toMatchObject({ status: 'succeeded', origin: first.runId })
    expect(fork.steps.find(({ stepPath }) => stepPath === 'way/c')?.output).toEqual({ sum: 42 })
    expect(called(harness)).toEqual(['a', 'way/b', 'way/c', 'd', 'way/c', 'd'])
  })

  it('fork names what it cannot fork from', async () => {
    const steps = [{ id: 'each', type: 'forEach', items: [1], steps: [call('inner')] }]
    const harness = createHarness(steps)
    const { runId } = await harness.run()
    await expect(harness.engine.fork(SCOPE, runId, { fromStep: 'nope' })).rejects.toMatchObject({
      code: 'run.unknown_step',
    })
    await expect(harness.engine.fork(SCOPE, runId, { fromStep: 'inner' })).rejects.toMatchObject({
      code: 'run.step_in_loop',
    })
  })
})

describe('history', () => {
  it('reads back every transition in order, also what later ones replaced', async () => {
    const { behaviour, mend } = breakable()
    const harness = createHarness([call('a', { fail: true }), pause('rest')], { behaviour })
    const { runId } = await harness.run()
    mend()
    await harness.engine.redrive(SCOPE, runId)
    await harness.clock.advance(10)
    await harness.engine.suspend(SCOPE, runId)
    await harness.engine.resume(SCOPE, runId)
    await harness.clock.advance(2 * HOUR)
    const lines = (await harness.engine.history(SCOPE, runId)).map(({ what, step }) =>
      step === undefined ? what : `${step.stepPath} ${what}`,
    )
    expect(lines).toEqual([
      'created',
      'claimed',
      'a failed',
      'failed',
      'a forgotten',
      'redriven',
      'a succeeded',
      'rest waiting',
      'waiting',
      'suspend_requested',
      'suspended',
      'resumed',
      'waiting',
      'rest succeeded',
      'succeeded',
    ])
  })
})
