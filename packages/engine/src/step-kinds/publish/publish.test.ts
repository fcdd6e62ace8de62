import { describe, expect, it } from 'vitest'
import { call, createHarness, SCOPE } from '../../testing/harness.js'

const publish = { id: 'tell', type: 'publish', event: 'order.approved', payload: { id: '{{ trigger.id }}' } }

describe('publish', () => {
  it('wakes what waits for the event, here a branch of the same run', async () => {
    const wait = { id: 'w', type: 'wait', event: { name: 'order.approved', match: { id: 'A-1' } } }
    const branches = { waiting: [wait, call('after', { id: '{{ steps.w.output.event.id }}' })], telling: [publish] }
    const harness = createHarness([{ id: 'both', type: 'parallel', branches }])
    const run = await harness.run({ id: 'A-1' }, 10)
    expect(run.status).toBe('succeeded')
    expect(run.output).toMatchObject({ waiting: { id: `${run.runId}/both/tell/0` } })
  })

  it('tells the host of each event once per id, with its payload', async () => {
    const told: unknown[] = []
    const harness = createHarness([publish], { onEvent: async (event) => void told.push(event) })
    const { runId } = await harness.run({ id: 'A-1' })
    const eventId = `${runId}/tell/0`
    expect(told).toEqual([{ ...SCOPE, eventId, name: 'order.approved', payload: { id: 'A-1' } }])
    const again = await harness.engine.publish({ ...SCOPE, eventId, name: 'order.approved', payload: {} })
    expect(again).toEqual({ eventId, created: false })
    expect(told).toHaveLength(2)
  })
})
