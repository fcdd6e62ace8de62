/** A run that takes down its process every time: window F14. */
import type { RunId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CALLS } from './definitions.js'
import { createFaultWorld, type FaultWorld } from './fault-world.js'
import type { Host } from './hosts.js'
import { judge } from './verdict.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined)('a poison run', () => {
  let world: FaultWorld

  beforeAll(async () => {
    world = await createFaultWorld(serverUrl ?? '')
  })

  afterAll(() => world.dispose())

  it('F14: goes to the dead-letter list with its last step, and the others end', async () => {
    const poison = await world.create('ver_poison', 1)
    const others = await world.create('ver_whole', 20)
    let deaths = 0
    let isOver = false
    // As a supervisor does: a process that dies is replaced.
    const keepAlive = async (): Promise<void> => {
      while (!isOver) {
        const host: Host = await world.host()
        const end = await Promise.race([
          host.ended,
          world.untilEnded([...poison, ...others]).then(() => 'done' as const),
        ])
        if (end === 'done') {
          host.signal('SIGTERM')
          await host.ended
          return
        }
        deaths += 1
      }
    }
    try {
      await keepAlive()
    } finally {
      isOver = true
    }
    // The first time and three recoveries.
    expect(deaths).toBe(4)
    const [run] = await world.sql<{ status: string; is_dead: boolean; error: string }[]>`
      SELECT status, is_dead, error::text AS error FROM inlay.runs WHERE id = ${poison[0] as RunId}`
    expect(run).toMatchObject({ status: 'failed', is_dead: true })
    expect(JSON.parse(run?.error ?? '{}')).toMatchObject({ kind: 'limit', stepPath: 'poison' })
    expect(await judge(world, others, CALLS.ver_whole)).toMatchObject({ lost: 0, recordedTwice: 0, zombieWrites: 0 })
  })
})
