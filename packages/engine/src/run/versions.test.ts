import { describe, expect, it } from 'vitest'
import type { VersionId } from '../contracts/ids.js'
import { createMemoryDefinitions, createMemoryJournal, createVirtualClock } from '../memory/index.js'
import { call, createHarness, type Effect } from '../testing/harness.js'

const later = (steps: readonly object[]) => ({
  schema: 'inlay/workflow@1',
  name: 'Test',
  trigger: { type: 'manual' },
  steps,
})

describe('a version that a process cannot execute', () => {
  it.each([
    ['is not there yet', undefined],
    ['has a step type that only newer ones know', later([{ id: 'a', type: 'teleport' }])],
  ])('because it %s is left to processes that can', async (_, seenByOld) => {
    const clock = createVirtualClock()
    const journal = createMemoryJournal({ clock })
    const effects: Effect[] = []
    const definitions = createMemoryDefinitions({ ['ver_1' as VersionId]: seenByOld })
    const old = createHarness([], { clock, journal, effects, definitions })
    const runId = await old.start()
    await clock.advance(100)
    expect((await old.read(runId)).status).toBe('waiting')
    await old.engine.close({ drainMs: 1 })
    const next = createHarness([call('a')], { clock, journal, effects })
    await clock.advance(10_000)
    await next.engine.execute([runId])
    await clock.advance(10)
    expect(await next.read(runId)).toMatchObject({ status: 'succeeded' })
    expect(effects).toHaveLength(1)
  })

  it('fails in the end, with every problem of its document', async () => {
    const definitions = createMemoryDefinitions({ ['ver_1' as VersionId]: later([{ id: 'a', type: 'teleport' }]) })
    const run = await createHarness([], { definitions }).run({}, 120_000)
    expect(run).toMatchObject({ status: 'failed', error: { title: 'The version of this run cannot be executed' } })
    expect(run.error?.detail).toContain('/steps/0/type')
  })
})
