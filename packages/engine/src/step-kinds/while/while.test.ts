import { describe, expect, it } from 'vitest'
import { call, createHarness } from '../../testing/harness.js'

const loop = (condition: string, max: number, steps: object[]): object => ({
  id: 'loop',
  type: 'while',
  condition,
  max,
  steps,
})

describe('while', () => {
  it('repeats as long as the condition holds, which sees what the last round gave', async () => {
    const steps = [
      loop('(steps.count?.output.n ?? 0) < 3', 10, [{ id: 'count', type: 'set', values: { n: '{{ index + 1 }}' } }]),
    ]
    const run = await createHarness(steps).run()
    expect(run).toMatchObject({ status: 'succeeded', output: { rounds: 3, last: { n: 3 } } })
    expect(run.steps.map(({ stepPath, iteration }) => `${stepPath} ${iteration}`)).toEqual([
      'loop 0',
      'loop/count 0',
      'loop/count 1',
      'loop/count 2',
    ])
  })

  it('does nothing when the condition does not hold at first', async () => {
    const harness = createHarness([loop('false', 1, [call('inner')])])
    expect((await harness.run()).output).toEqual({ rounds: 0, last: null })
    expect(harness.effects).toEqual([])
  })

  it('fails with a limit when the condition never becomes false', async () => {
    const run = await createHarness([loop('true', 2, [call('inner')])]).run()
    expect(run).toMatchObject({
      status: 'failed',
      error: { kind: 'limit', title: 'The condition still holds after 2 rounds', stepPath: 'loop' },
    })
  })

  it('gives each round an idempotency key of its own, and a loop inside it one for each of its rounds', async () => {
    const inner = {
      id: 'each',
      type: 'forEach',
      items: ['a', 'b'],
      steps: [call('tell', { v: '{{ item }}{{ index }}' })],
    }
    const harness = createHarness([loop('(steps.each?.output.length ?? 0) < 1', 5, [inner])])
    const run = await harness.run()
    expect(run.status).toBe('succeeded')
    const keys = harness.effects.map(({ key }) => key.replace(run.runId, 'run'))
    expect(keys).toEqual(['run/loop/each/tell/0.0', 'run/loop/each/tell/0.1'])
  })

  it('goes on in the round in which it was parked, whatever the condition says by then', async () => {
    const steps = [
      loop('index == null || index < 1', 5, [call('before'), { id: 'pause', type: 'wait', for: '1h' }, call('after')]),
    ]
    const harness = createHarness(steps)
    const run = await harness.run({}, 3 * 3_600_000)
    expect(run).toMatchObject({ status: 'succeeded', output: { rounds: 2 } })
    expect(harness.effects.map(({ key }) => key.split('/').slice(2).join('/'))).toEqual([
      'before/0',
      'after/0',
      'before/1',
      'after/1',
    ])
  })
})
