/** Dispatches that are lost, repeated or out of order, shutdowns and cancellations under way: windows F2, F3, F6, F20, F25. */
import { setTimeout as delay } from 'node:timers/promises'
import { createEngine, type RunId } from '@inlay/engine'
import { createMemoryConnectors, createMemoryDefinitions } from '@inlay/engine/memory'
import { createPostgresJournal } from '@inlay/engine/postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CALLS } from './definitions.js'
import { createFaultWorld, type FaultWorld } from './fault-world.js'
import { judge, UNHARMED } from './verdict.js'

/** Nobody dies here: on a machine that is short of time, a process must not count as dead, nor be cut off in a call. */
const PATIENT = { leaseMs: 30_000, drainMs: 20_000 }

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined)('dispatches', () => {
  let world: FaultWorld

  beforeAll(async () => {
    world = await createFaultWorld(serverUrl ?? '')
  })

  afterAll(() => world.dispose())

  it('F2, F6: that come three times, in any order, to two processes, execute each run once', async () => {
    const hosts = await Promise.all([world.host(PATIENT), world.host(PATIENT)])
    const runIds = await world.create('ver_whole', 60)
    const sent = [...runIds, ...runIds, ...runIds].map((runId, index) => ({ runId, order: (index * 7919) % 181 }))
    for (const { runId, order } of sent.sort((a, b) => a.order - b.order)) {
      hosts[order % 2]?.tell({ execute: [runId] })
    }
    await world.untilEnded(runIds)
    expect(await judge(world, runIds, CALLS.ver_whole)).toEqual({ ...UNHARMED, repeated: 0 })
    for (const host of hosts) host.signal('SIGTERM')
    await Promise.all(hosts.map(({ ended }) => ended))
  })

  it('F3: of runs that are not there yet are dropped, and the runs are found later', async () => {
    const host = await world.host()
    host.tell({ execute: ['run_not_there_yet' as RunId] })
    const runIds = await world.create('ver_whole', 5)
    await world.untilEnded(runIds)
    expect(host.unexpected).toEqual([])
    host.signal('SIGTERM')
    await host.ended
  })

  it('F20: to processes that shut down one after the other strand nothing, and repeat no effect', async () => {
    const runIds = await world.create('ver_whole', 60)
    let host = await world.host(PATIENT)
    for (let round = 0; round < 3; round++) {
      const next = await world.host(PATIENT)
      host.signal('SIGTERM')
      expect(await host.ended).toBe(0)
      host = next
    }
    await world.untilEnded(runIds)
    expect(await judge(world, runIds, CALLS.ver_whole)).toEqual({ ...UNHARMED, repeated: 0 })
    host.signal('SIGTERM')
    await host.ended
  })

  it('F25: a cancellation from elsewhere at any moment ends a run as cancelled or lets it succeed, never both', async () => {
    const host = await world.host()
    const engine = createEngine({
      journal: createPostgresJournal({ sql: world.sql }),
      definitions: createMemoryDefinitions({}),
      connectors: createMemoryConnectors([]),
      credentials: { open: async () => ({ kind: 'none', fields: {} }) },
      http: { request: () => Promise.reject(new Error('not used')) },
      net: { connect: () => Promise.reject(new Error('not used')) },
    })
    const runIds = await world.create('ver_whole', 40)
    for (const [index, runId] of runIds.entries()) {
      if (index % 4 === 0) await delay(10)
      await engine.cancel(world.scope, runId)
    }
    await world.untilEnded(runIds)
    expect(await judge(world, runIds)).toMatchObject({ lost: 0, recordedTwice: 0, zombieWrites: 0, repeated: 0 })
    const ends = await world.sql<{ status: string; steps: number }[]>`
      SELECT r.status, (SELECT count(*)::int FROM inlay.journal j
        WHERE j.run_id = r.id AND j.step_path = 'last' AND j.status = 'succeeded') AS steps
      FROM inlay.runs r WHERE r.id IN ${world.sql(runIds)}`
    for (const { status, steps } of ends)
      expect([`cancelled 0`, `cancelled 1`, `succeeded 1`]).toContain(`${status} ${steps}`)
    expect(ends.some(({ status }) => status === 'cancelled')).toBe(true)
    host.signal('SIGTERM')
    await host.ended
  })
})
