import { describe, expect, it } from 'vitest'
import { createMemoryJournal, createVirtualClock } from '../../memory/index.js'
import { call, createHarness, SCOPE } from '../../testing/harness.js'

const publish = { id: 'tell', type: 'publish', event: 'order.approved', payload: { id: '{{ trigger.id }}' } }

describe('publish', () => {
  it('wakes the runs of the same customer that wait for the event', async () => {
    const clock = createVirtualClock()
    const journal = createMemoryJournal({ clock })
    const waiting = createHarness(
      [{ id: 'w', type: 'wait', event: { name: 'order.approved', match: { id: 'A-1' } } }, call('after')],
      { clock, journal },
    )
    const waitingId = await waiting.start()
    await clock.advance(10)
    const publishing = createHarness([publish], { clock, journal })
    const run = await publishing.run({ id: 'A-1' })
    expect(run.output).toEqual({ eventId: `${run.runId}/tell/0` })
    await waiting.engine.execute((await journal.due(10)).map(({ runId }) => runId))
    await clock.advance(10)
    expect((await waiting.read(waitingId)).status).toBe('succeeded')
    expect(waiting.effects).toHaveLength(1)
  })

  it('tells the host of each event once per id, with its payload', async () => {
    const told: unknown[] = []
    const harness = createHarness([publish], { onEvent: async (event) => void told.push(event) })
    const { runId } = await harness.run({ id: 'A-1' })
    const eventId = `${runId}/tell/0`
    expect(told).toEqual([{ ...SCOPE, eventId, name: 'order.approved', payload: { id: 'A-1' } }])
    const again = await harness.engine.publish({ ...SCOPE, eventId, name: 'order.approved', payload: {} })
    expect(again).toEqual({ eventId, created: false })
  })
})
