import { describe, expect, it } from 'vitest'
import { StepError } from '../../contracts/errors.js'
import type { JsonValue } from '../../contracts/json.js'
import { createMemoryJournal, createVirtualClock } from '../../memory/index.js'
import { childRunId } from '../../run/children.js'
import { type ActionBehaviour, call, createHarness, type Effect, SCOPE } from '../../testing/harness.js'

const run = (id: string, workflow: string, more: object = {}): object => ({ id, type: 'call', workflow, ...more })

const behaviour: ActionBehaviour = ({ input }) => {
  if ((input as { fail?: boolean }).fail === true)
    throw new StepError('authorization', 'not allowed', { detail: 'Ask.' })
  return input as JsonValue
}

describe('call', () => {
  it('runs a workflow with its input, waits for its end, and gives its output', async () => {
    const workflows = {
      wf_child: [{ id: 'rest', type: 'wait', for: '1h' }, call('work', { n: '{{ trigger.n * 2 }}' })],
    }
    const harness = createHarness([run('sub', 'wf_child', { input: { n: '{{ trigger.n }}' } })], { workflows })
    const parent = await harness.run({ n: 21 }, 2 * 3_600_000)
    const childId = childRunId(parent.runId, { stepPath: 'sub', iteration: '0' })
    expect(parent).toMatchObject({ status: 'succeeded', output: { runId: childId, output: { n: 42 } } })
    const child = await harness.read(childId)
    expect(child).toMatchObject({ status: 'succeeded', parent: { runId: parent.runId, stepPath: 'sub' } })
  })

  it('fails with what the child failed with', async () => {
    const harness = createHarness([run('sub', 'wf_child')], {
      workflows: { wf_child: [call('bad', { fail: true })] },
      behaviour,
    })
    const parent = await harness.run({}, 1000)
    expect(parent).toMatchObject({
      status: 'failed',
      error: {
        kind: 'authorization',
        title: 'The called workflow did not succeed',
        detail: 'not allowed Ask.',
        stepPath: 'sub',
      },
    })
  })

  it('cancels the child when the parent is cancelled', async () => {
    const workflows = { wf_child: [{ id: 'rest', type: 'wait', for: '1h' }, call('never')] }
    const harness = createHarness([run('sub', 'wf_child')], { workflows })
    const runId = await harness.start()
    await harness.clock.advance(1000)
    await harness.engine.cancel(SCOPE, runId)
    await harness.clock.advance(1000)
    expect((await harness.read(runId)).status).toBe('cancelled')
    expect((await harness.read(childRunId(runId, { stepPath: 'sub', iteration: '0' }))).status).toBe('cancelled')
  })

  it('lets children of a loop run at the same time', async () => {
    const workflows = { wf_child: [{ id: 'rest', type: 'wait', for: '1h' }, call('work', { n: '{{ trigger }}' })] }
    const each = {
      id: 'each',
      type: 'forEach',
      items: [1, 2, 3],
      concurrency: 3,
      steps: [run('sub', 'wf_child', { input: '{{ item }}' })],
    }
    const harness = createHarness([each], { workflows })
    const parent = await harness.run({}, 3_600_000 + 1000)
    expect(parent.status).toBe('succeeded')
    expect(parent.output).toMatchObject([{ output: { n: 1 } }, { output: { n: 2 } }, { output: { n: 3 } }])
  })

  it('does not wait when told so, and says when there is no such workflow', async () => {
    const workflows = { wf_child: [{ id: 'rest', type: 'wait', for: '1h' }] }
    const harness = createHarness([run('sub', 'wf_child', { wait: false })], { workflows })
    expect((await harness.run({}, 1000)).status).toBe('succeeded')
    expect(await createHarness([run('sub', 'wf_none')]).run()).toMatchObject({
      status: 'failed',
      error: { kind: 'validation', title: 'There is no published workflow wf_none' },
    })
  })

  it('ends a workflow that calls itself for ever', async () => {
    const workflows = { wf_self: [run('again', 'wf_self')] }
    const parent = await createHarness([run('sub', 'wf_self')], { workflows }).run({}, 10_000)
    expect(parent).toMatchObject({ status: 'failed', error: { kind: 'limit' } })
  })

  it('starts no child twice when the parent dies in between', async () => {
    const clock = createVirtualClock()
    const journal = createMemoryJournal({ clock })
    const effects: Effect[] = []
    const workflows = { wf_child: [call('work')] }
    const options = { clock, journal, effects, workflows, settings: { leaseMs: 1000 } }
    const steps = [run('sub', 'wf_child'), call('end')]
    const park = journal.park.bind(journal)
    journal.park = () => new Promise(() => {})
    journal.renew = () => new Promise(() => {})
    const first = createHarness(steps, options)
    const runId = await first.start()
    await clock.advance(10_000)
    journal.park = park
    const second = createHarness(steps, options)
    for (let i = 0; i < 5; i++) {
      await second.engine.execute((await journal.due(10)).map((due) => due.runId))
      await clock.advance(5000)
    }
    expect((await second.read(runId)).status).toBe('succeeded')
    expect(effects.map(({ key }) => key.split('/').at(-2))).toEqual(['work', 'end'])
  })
})
