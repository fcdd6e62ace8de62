import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CustomerId, newId, type RunId, type TenantId, type VersionId, type WorkflowId } from '../contracts/ids.js'
import type { ClaimedRun, DueRun, NewRun, StepWrite } from '../ports/journal.js'
import { ARRAY_TYPES } from './array-types.js'
import { createJournalOver } from './journal.js'
import { migrate } from './migrate.js'
import { type Connection, createConnection } from './query.js'
import { DELIVERED_SQL, WAITED_PATHS_SQL } from './statements/event.sql.js'
import { DUTIES_SQL, LOCK_DUTIES_SQL } from './statements/settle.sql.js'
import { GIVE_SQL, LOOK_SQL, LOOKED_SQL } from './statements/wait.sql.js'

const adminUrl = process.env['INLAY_TEST_DATABASE_URL']
const database = `engine_crashes_${process.pid}_${Date.now()}`
const UNDONE_AFTER_MS = 2100
const DUTIES_DUE_AFTER_MS = 5100

function urlOf(name: string): string {
  const url = new URL(adminUrl ?? 'postgres://unset')
  url.pathname = `/${name}`
  return url.href
}

describe.skipIf(adminUrl === undefined)('a process that dies between two statements of the PostgreSQL journal', () => {
  const admin = postgres(adminUrl ?? '', { max: 1, onnotice: () => {} })
  const sql = postgres(urlOf(database), { max: 4, onnotice: () => {}, fetch_types: false, types: ARRAY_TYPES })
  const connection = createConnection(sql, 15_000)
  const journal = createJournalOver(connection)

  beforeAll(async () => {
    await admin.unsafe(`CREATE DATABASE ${database}`)
    await migrate(sql)
  })

  afterAll(async () => {
    await sql.end({ timeout: 2 })
    await admin.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
    await admin.end()
  })

  /** A journal of a process that dies before it sends a statement: neither that nor anything later is carried out. */
  function dyingBefore(statement: string): ReturnType<typeof createJournalOver> {
    let isDead = false
    const guard =
      (query: Connection['query']): Connection['query'] =>
      async (text, args) => {
        isDead ||= text === statement
        if (isDead) throw new Error('this process is dead')
        return query(text, args)
      }
    return createJournalOver({
      query: guard(connection.query),
      transaction: (work) => connection.transaction((query) => work(guard(query))),
    })
  }

  async function started(more: Partial<NewRun> = {}): Promise<ClaimedRun & NewRun> {
    const run = { ...newRun(), ...more }
    await journal.create(run)
    const [lease] = await journal.claim({ runIds: [run.runId], owner: 'w', leaseMs: 60_000 })
    if (lease === undefined) throw new Error('a new run could not be claimed')
    return { ...run, ...lease }
  }

  async function namedAfter(ms: number, runId: RunId): Promise<DueRun | undefined> {
    await delay(ms)
    return (await journal.due(1000)).find((named) => named.runId === runId)
  }

  it.each([
    ['finding the waits', WAITED_PATHS_SQL],
    ['answering them', GIVE_SQL],
    ['noting that', DELIVERED_SQL],
  ])('loses no event: published, before %s', async (_, statement) => {
    const lease = await started()
    await journal.park(lease, [opened({ kind: 'event', name: 'e', match: {} })], { status: 'waiting' })
    const event = { ...scopeOf(lease), eventId: lease.runId, name: 'e', payload: { n: 1 } }
    await dyingBefore(statement)
      .publish(event)
      .catch(() => undefined)
    await namedAfter(UNDONE_AFTER_MS, lease.runId)
    const [claimed] = await journal.claim({ runIds: [lease.runId], owner: 'w', leaseMs: 60_000 })
    expect(claimed?.answers).toMatchObject([{ stepPath: 'w', answer: { id: lease.runId, payload: { n: 1 } } }])
    const undelivered = await sql`SELECT FROM inlay.events WHERE delivered_at IS NULL`
    expect(undelivered).toHaveLength(0)
  })

  it.each([
    ['looking for it', LOOK_SQL],
    ['answering the wait', GIVE_SQL],
    ['noting that', LOOKED_SQL],
  ])('loses no event that is older than the wait: parked, before %s', async (_, statement) => {
    const lease = await started()
    await journal.publish({ ...scopeOf(lease), eventId: lease.runId, name: 'e', payload: 1 })
    const steps = [opened({ kind: 'event', name: 'e', match: {} })]
    await dyingBefore(statement).park(lease, steps, { status: 'waiting' })
    await namedAfter(UNDONE_AFTER_MS, lease.runId)
    const [claimed] = await journal.claim({ runIds: [lease.runId], owner: 'w', leaseMs: 60_000 })
    expect(claimed?.answers).toMatchObject([{ stepPath: 'w', answer: { payload: 1 } }])
    expect(await sql`SELECT FROM inlay.waits WHERE NOT looked`).toHaveLength(0)
  })

  it.each([
    ['looking what is left to do', DUTIES_SQL],
    ['telling its parent', GIVE_SQL],
    ['giving its place on', LOCK_DUTIES_SQL],
  ])('leaves no parent and no queue waiting: a child has ended, before %s', async (_, statement) => {
    const parent = await started()
    const slot = { key: parent.runId, limit: 1, onConflict: 'queue' as const }
    const more = { ...scopeOf(parent), slot }
    const child = await started({ ...more, parent: { runId: parent.runId, stepPath: 'w', iteration: '0' } })
    const next = { ...newRun(), ...more }
    expect((await journal.create(next)).admission).toBe('queued')
    await journal.park(parent, [opened({ kind: 'child', runId: child.runId })], { status: 'waiting' })
    expect(await dyingBefore(statement).finish(child, [], { status: 'succeeded', output: 7 })).toEqual([])
    expect(await namedAfter(DUTIES_DUE_AFTER_MS, next.runId)).toMatchObject(scopeOf(parent))
    const claimed = await journal.claim({ runIds: [parent.runId, next.runId], owner: 'w', leaseMs: 60_000 })
    const answers = claimed.find(({ runId }) => runId === parent.runId)?.answers
    expect(answers).toMatchObject([{ answer: { runId: child.runId, status: 'succeeded', output: 7 } }])
    expect(claimed).toHaveLength(2)
  })
})

function newRun(): NewRun {
  const now = Date.now()
  return {
    runId: newId<RunId>('run', now),
    tenantId: newId<TenantId>('ten', now),
    customerId: newId<CustomerId>('cus', now),
    workflowId: newId<WorkflowId>('wf', now),
    versionId: newId<VersionId>('ver', now),
    mode: 'live',
    trigger: {},
  }
}

function scopeOf({ tenantId, customerId }: NewRun): Pick<NewRun, 'tenantId' | 'customerId'> {
  return { tenantId, customerId }
}

function opened(wait: NonNullable<StepWrite['wait']>): StepWrite {
  const address = { stepPath: 'w', iteration: '0' }
  return { ...address, type: 'wait', status: 'waiting', attempt: 1, startedAt: 1, seq: 0, at: 1, wait }
}
