/** Processes that stand still for longer than their lease and come back: windows F5 and F6; and clocks that are wrong: F13. */
import type { RunId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFaultWorld, type FaultWorld } from './fault-world.js'
import { judge, UNHARMED } from './verdict.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined)('a process that stands still', () => {
  let world: FaultWorld

  beforeAll(async () => {
    world = await createFaultWorld(serverUrl ?? '')
  })

  afterAll(() => world.dispose())

  const callsOf = (runId: RunId | undefined, step: string): number =>
    world.effects.calls.filter((key) => key === `${runId}/${step}/0`).length

  it('F5: is refused by the database when it comes back, and the run ends once', async () => {
    const zombie = await world.host({ sweeps: false })
    const [runId, ...rest] = await world.create('ver_slow', 1)
    expect(rest).toEqual([])
    zombie.tell({ execute: [runId as RunId] })
    await world.until(() => callsOf(runId, 'slow') === 1, 'the call has begun')
    zombie.signal('SIGSTOP')
    const heir = await world.host()
    await world.until(() => callsOf(runId, 'slow') === 2, 'another process has taken over')
    world.effects.release()
    zombie.signal('SIGCONT')
    await world.untilEnded([runId as RunId])
    // Long enough for the zombie to try what it was about to.
    await world.until(async () => (await journalOf(world, runId)).length >= 2, 'everything is recorded')
    zombie.signal('SIGTERM')
    await zombie.ended
    expect(await judge(world, [runId as RunId], ['slow/0', 'after/0'])).toEqual({ ...UNHARMED, repeated: 1 })
    expect(callsOf(runId, 'after')).toBe(1)
    const epochs = new Set((await journalOf(world, runId)).map(({ epoch }) => epoch))
    expect(epochs).toEqual(new Set([2]))
    heir.signal('SIGTERM')
    await heir.ended
  })

  it('F5: because its own work keeps it from renewing its lease does no harm either', async () => {
    const [busy, well] = await Promise.all([world.host({ sweeps: false }), world.host()])
    const [runId] = await world.create('ver_block', 1)
    busy.tell({ execute: [runId as RunId] })
    await world.untilEnded([runId as RunId])
    busy.signal('SIGTERM')
    await busy.ended
    expect(await judge(world, [runId as RunId], ['block/0', 'after/0'])).toMatchObject(UNHARMED)
    expect(callsOf(runId, 'after')).toBe(1)
    well.signal('SIGTERM')
    await well.ended
  })

  it('F13: and clocks that are an hour wrong, either way, neither end waits early nor lose runs', async () => {
    const hosts = await Promise.all([-3_600_000, 3_600_000].map((clockStepMs) => world.host({ clockStepMs })))
    const runIds = await world.create('ver_wait', 12)
    await world.untilEnded(runIds)
    expect(await judge(world, runIds, ['after/0'])).toEqual({ ...UNHARMED, repeated: 0 })
    const early = await world.sql`SELECT id FROM inlay.runs
      WHERE id IN ${world.sql(runIds)} AND finished_at - started_at < interval '500 milliseconds'`
    expect(early).toEqual([])
    for (const host of hosts) host.signal('SIGTERM')
    await Promise.all(hosts.map(({ ended }) => ended))
  })
})

async function journalOf({ sql }: FaultWorld, runId: RunId | undefined): Promise<{ epoch: number }[]> {
  return sql<{ epoch: number }[]>`SELECT epoch FROM inlay.journal WHERE run_id = ${runId ?? ''} AND step_path <> ''`
}
