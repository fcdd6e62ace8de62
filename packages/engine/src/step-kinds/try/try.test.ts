import { describe, expect, it } from 'vitest'
import { StepError } from '../../contracts/errors.js'
import type { JsonValue } from '../../contracts/json.js'
import { type ActionBehaviour, call, createHarness, SCOPE } from '../../testing/harness.js'

const failing: ActionBehaviour = ({ input }) => {
  if ((input as { fail?: boolean }).fail === true) throw new StepError('rejected', 'not liked')
  return input as JsonValue
}

const attempt = (more: object): object => ({ id: 't', type: 'try', ...more })
const bad = call('bad', { fail: true })

const called = (harness: { effects: readonly { key: string }[] }): string[] =>
  harness.effects.map(({ key }) => key.split('/').at(-2) ?? '')

describe('try', () => {
  it('without a failure skips catch, runs finally, and gives the result', async () => {
    const steps = [attempt({ steps: [call('good', { n: 1 })], catch: [call('sorry')], finally: [call('always')] })]
    const harness = createHarness(steps, { behaviour: failing })
    expect((await harness.run()).output).toEqual({ error: null, result: { n: 1 } })
    expect(called(harness)).toEqual(['good', 'always'])
  })

  it('runs catch after a failure, which sees the error, and the run goes on', async () => {
    const steps = [
      attempt({ steps: [bad, call('never')], catch: [call('sorry', { why: '{{ steps.t.output.error.title }}' })] }),
      call('after', { caught: '{{ steps.t.output.error.kind }}' }),
    ]
    const harness = createHarness(steps, { behaviour: failing })
    expect(await harness.run()).toMatchObject({ status: 'succeeded', output: { caught: 'rejected' } })
    expect(called(harness)).toEqual(['bad', 'sorry', 'after'])
    expect(harness.effects[1]?.input).toEqual({ why: 'not liked' })
  })

  it('may keep all that steps have given so far, which does not come to hold itself', async () => {
    const keep = (id: string, all: string) => ({ id, type: 'set', values: { all } })
    const steps = [
      attempt({ steps: [bad], catch: [keep('whole', '{{ steps }}'), keep('part', "{{ steps['t'] }}")] }),
      keep('again', '{{ { ...steps } }}'),
      keep('last', '{{ steps }}'),
    ]
    const run = await createHarness(steps, { behaviour: failing }).run()
    expect(run.status).toBe('succeeded')
    expect(Object.keys((run.output as { all: object }).all)).toEqual(['bad', 't', 'whole', 'part', 'again'])
    expect(JSON.stringify(run.output)).toContain('not liked')
  })

  it('without catch runs finally, and the failure goes on', async () => {
    const harness = createHarness([attempt({ steps: [bad], finally: [call('always')] }), call('after')], {
      behaviour: failing,
    })
    expect(await harness.run()).toMatchObject({ status: 'failed', error: { title: 'not liked' } })
    expect(called(harness)).toEqual(['bad', 'always'])
  })

  it('runs finally once when catch fails too, and fails with the error of catch', async () => {
    const steps = [attempt({ steps: [bad], catch: [call('worse', { fail: true })], finally: [call('always')] })]
    const harness = createHarness(steps, { behaviour: failing })
    expect(await harness.run()).toMatchObject({ status: 'failed', error: { stepPath: 't/worse' } })
    expect(called(harness)).toEqual(['bad', 'worse', 'always'])
  })

  it('catches what fails deep inside, retries first', async () => {
    const flaky = call('flaky', { fail: true }, { retry: { maxAttempts: 2, initialInterval: '1s' } })
    const behaviour: ActionBehaviour = ({ input }) => {
      if ((input as { fail?: boolean }).fail === true) throw new StepError('communication', 'down')
      return input as JsonValue
    }
    const each = { id: 'each', type: 'forEach', items: [1], steps: [flaky] }
    const harness = createHarness([attempt({ steps: [each], catch: [call('sorry')] })], { behaviour })
    expect((await harness.run({}, 10_000)).status).toBe('succeeded')
    expect(called(harness)).toEqual(['flaky', 'flaky', 'sorry'])
  })

  it('runs finally when the run is cancelled, and nothing else', async () => {
    const steps = [
      attempt({ steps: [{ id: 'pause', type: 'wait', for: '1h' }], catch: [call('sorry')], finally: [call('always')] }),
    ]
    const harness = createHarness([call('first'), ...steps, call('after')])
    const runId = await harness.start()
    await harness.clock.advance(1000)
    expect(await harness.engine.cancel(SCOPE, runId)).toBe('requested')
    await harness.clock.advance(1000)
    expect((await harness.read(runId)).status).toBe('cancelled')
    expect(called(harness)).toEqual(['first', 'always'])
  })

  it('goes on where it was parked: in the steps, in catch, in finally', async () => {
    const pause = (id: string): object => ({ id, type: 'wait', for: '1h' })
    const steps = [
      attempt({
        steps: [pause('p1'), bad],
        catch: [pause('p2'), call('sorry')],
        finally: [pause('p3'), call('always')],
      }),
    ]
    const harness = createHarness(steps, { behaviour: failing })
    expect((await harness.run({}, 4 * 3_600_000)).status).toBe('succeeded')
    expect(called(harness)).toEqual(['bad', 'sorry', 'always'])
  })
})
