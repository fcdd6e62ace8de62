/** Processes that die at every call of the journal: windows F1, F4, F21 and F22 of the failure list. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CRASH_CALLS, type CrashPoint } from './crash-points.js'
import { CALLS } from './definitions.js'
import { createFaultWorld, type FaultWorld } from './fault-world.js'
import { judge, UNHARMED } from './verdict.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const RUNS = 4

const points: CrashPoint[] = CRASH_CALLS.flatMap((call) =>
  (['before', 'after'] as const).flatMap((when) => [1, 2].map((nth) => ({ when, call, nth }))),
)

describe.skipIf(serverUrl === undefined)('a process that dies', () => {
  let world: FaultWorld

  beforeAll(async () => {
    world = await createFaultWorld(serverUrl ?? '')
    // One process stays well and takes over what the others leave behind.
    await world.host()
  })

  afterAll(() => world.dispose())

  it.concurrent.each(points)(
    'F4: $when its journal call $call number $nth loses nothing and records nothing twice',
    async (crash) => {
      const dying = await world.host({ crash, sweeps: false })
      const runIds = [...(await world.create('ver_whole', RUNS)), ...(await world.create('ver_saga', RUNS))]
      dying.tell({ execute: runIds })
      if (crash.call === 'create') dying.tell({ start: world.run('ver_parent') })
      await world.untilEnded(runIds)
      expect(await judge(world, runIds.slice(0, RUNS), CALLS.ver_whole)).toMatchObject(UNHARMED)
      expect(await judge(world, runIds.slice(RUNS), CALLS.ver_saga)).toMatchObject(UNHARMED)
      dying.signal('SIGKILL')
      await dying.ended
    },
  )

  it('F1: after a run was recorded and before anybody was told leaves it to the sweeper', async () => {
    const runIds = await world.create('ver_whole', 20)
    await world.untilEnded(runIds)
    expect(await judge(world, runIds, CALLS.ver_whole)).toEqual({ ...UNHARMED, repeated: 0 })
  })

  it('F21: while it starts, beside runs that begin in the same moment, takes over nothing that lives', async () => {
    const runIds = await world.create('ver_whole', 20)
    const others = await Promise.all([world.host(), world.host()])
    for (const other of others) other.tell({ execute: runIds })
    await world.untilEnded(runIds)
    expect(await judge(world, runIds, CALLS.ver_whole)).toEqual({ ...UNHARMED, repeated: 0 })
    for (const other of others) other.signal('SIGTERM')
    await Promise.all(others.map(({ ended }) => ended))
  })

  it.concurrent.each([1, 2, 3])('F22: after %i of three children were started has each child once', async (nth) => {
    const dying = await world.host({ crash: { when: 'after', call: 'create', nth }, sweeps: false })
    const runIds = await world.create('ver_parent', 1)
    dying.tell({ execute: runIds })
    expect(await dying.ended).toBe('SIGKILL')
    await world.untilEnded(runIds)
    const [children] =
      await world.sql`SELECT count(*)::int AS n FROM inlay.runs WHERE parent_run_id = ${runIds[0] ?? ''}`
    expect(children?.['n']).toBe(3)
    const [parent] = await world.sql`SELECT status FROM inlay.runs WHERE id = ${runIds[0] ?? ''}`
    expect(parent?.['status']).toBe('succeeded')
  })
})
