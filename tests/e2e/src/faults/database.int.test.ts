/** A database whose connections are cut and that is killed: window F12. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CALLS } from './definitions.js'
import { createFaultWorld, type FaultWorld } from './fault-world.js'
import { type OwnDatabase, startDatabase } from './own-database.js'
import { judge, UNHARMED } from './verdict.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined || process.platform !== 'linux')('a database that fails', () => {
  let database: OwnDatabase
  let world: FaultWorld

  beforeAll(async () => {
    database = await startDatabase()
    world = await createFaultWorld(database.url)
  })

  afterAll(async () => {
    await world?.dispose()
    await database?.stop()
  })

  it('F12: by cutting every connection again and again loses nothing and records nothing twice', async () => {
    const hosts = await Promise.all([world.host(), world.host()])
    const admin = postgres(database.url, { max: 1, onnotice: () => {} })
    const name = new URL(world.databaseUrl).pathname.slice(1)
    const runIds = await world.create('ver_whole', 80)
    for (let cut = 0; cut < 15; cut++) {
      await admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${name}`
      await delay(60)
    }
    await admin.end()
    await world.untilEnded(runIds)
    expect(await judge(world, runIds, CALLS.ver_whole)).toMatchObject(UNHARMED)
    for (const host of hosts) host.signal('SIGTERM')
    await Promise.all(hosts.map(({ ended }) => ended))
  })

  it('F12: by being killed, and coming back, loses nothing and records nothing twice', async () => {
    const hosts = await Promise.all([world.host(), world.host()])
    const runIds = await world.create('ver_whole', 60)
    await delay(100)
    const [pid = ''] = readFileSync(join(database.dataFolder, 'postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(pid), 'SIGKILL')
    await world.untilEnded(runIds)
    expect(await judge(world, runIds, CALLS.ver_whole)).toMatchObject(UNHARMED)
    for (const host of hosts) host.signal('SIGKILL')
    await Promise.all(hosts.map(({ ended }) => ended))
  })
})
