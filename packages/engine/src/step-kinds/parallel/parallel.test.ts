import { describe, expect, it } from 'vitest'
import { StepError } from '../../contracts/errors.js'
import type { JsonValue } from '../../contracts/json.js'
import { createMemoryJournal, createVirtualClock } from '../../memory/index.js'
import { type ActionBehaviour, call, createHarness, type Effect } from '../../testing/harness.js'

const race = (branches: object): object => ({ id: 'race', type: 'parallel', join: 'any', branches })
const wait = (id: string, duration: string): object => ({ id, type: 'wait', for: duration })

const behaviour: ActionBehaviour = ({ input, signal }) => {
  const { fail, hang } = input as { fail?: boolean; hang?: boolean }
  if (fail === true) throw new StepError('rejected', 'not liked')
  if (hang !== true) return input as JsonValue
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

const statuses = (steps: readonly { stepPath: string; status: string }[]): Record<string, string> =>
  Object.fromEntries(steps.map(({ stepPath, status }) => [stepPath, status]))

describe('parallel that joins any', () => {
  it('goes on with the first branch to succeed and cancels the others, also in the middle of a call', async () => {
    const steps = [
      race({ fast: [call('quick', { n: 1 })], slow: [call('slow', { hang: true }), call('late')] }),
      call('end'),
    ]
    const harness = createHarness(steps, { behaviour })
    const run = await harness.run({}, 1000)
    expect(run.status).toBe('succeeded')
    expect(harness.effects).toHaveLength(3)
    expect(statuses(run.steps)).toEqual({
      race: 'succeeded',
      'race/quick': 'succeeded',
      'race/slow': 'cancelled',
      end: 'succeeded',
    })
    expect(run.steps.find(({ stepPath }) => stepPath === 'race')?.output).toEqual({ winner: 'fast', output: { n: 1 } })
  })

  it('lets a branch fail as long as another can succeed', async () => {
    const harness = createHarness(
      [race({ bad: [call('bad', { fail: true })], good: [wait('rest', '1m'), call('ok')] })],
      {
        behaviour,
      },
    )
    expect(await harness.run({}, 120_000)).toMatchObject({ status: 'succeeded', output: { winner: 'good' } })
  })

  it('fails when all branches fail', async () => {
    const branches = { one: [call('one', { fail: true })], two: [call('two', { fail: true })] }
    const run = await createHarness([race(branches)], { behaviour }).run()
    expect(run).toMatchObject({ status: 'failed', error: { title: 'not liked' } })
  })

  it('wakes for the branch that is due first, and ends the waits of the others', async () => {
    const branches = { soon: [wait('a', '1m')], late: [wait('b', '1h'), call('never')] }
    const harness = createHarness([race(branches), wait('pause', '2h'), call('end')])
    const run = await harness.run({}, 3 * 3_600_000)
    expect(run.status).toBe('succeeded')
    expect(statuses(run.steps)).toMatchObject({ 'race/a': 'succeeded', 'race/b': 'cancelled' })
    expect(harness.effects.map(({ key }) => key.split('/').at(-2))).toEqual(['end'])
  })

  it('keeps its winner when the process dies right after, though another branch would be first then', async () => {
    const clock = createVirtualClock()
    const journal = createMemoryJournal({ clock })
    const effects: Effect[] = []
    const steps = [race({ a: [call('a', { n: 1 })], b: [wait('rest', '1s'), call('b')] }), call('end', { hang: true })]
    const options = { clock, journal, effects, settings: { leaseMs: 1000 } }
    const dying = createHarness(steps, { ...options, behaviour })
    dying.journal.renew = () => new Promise(() => {})
    const runId = await dying.start()
    await clock.advance(100)
    const second = createHarness(steps, { ...options, behaviour: ({ input }) => input as JsonValue })
    await clock.advance(60_000)
    await second.engine.execute([runId])
    await clock.advance(60_000)
    const run = await second.read(runId)
    expect(run.status).toBe('succeeded')
    expect(statuses(run.steps)).toMatchObject({ 'race/rest': 'cancelled', 'race/a': 'succeeded' })
    expect(effects.map(({ key }) => key.split('/').at(-2))).toEqual(['a', 'end', 'end'])
  })
})
