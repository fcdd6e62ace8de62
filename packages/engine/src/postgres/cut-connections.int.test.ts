import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CustomerId, newId, type RunId, type TenantId, type VersionId, type WorkflowId } from '../contracts/ids.js'
import type { ClaimedRun, DueRun, NewRun, StepWrite } from '../ports/journal.js'
import { ARRAY_TYPES } from './array-types.js'
import { createPostgresJournal } from './journal.js'
import { migrate } from './migrate.js'

const adminUrl = process.env['INLAY_TEST_DATABASE_URL']
const database = `engine_storm_${process.pid}_${Date.now()}`
const RUNS = 40
const PLACES = 5
const LEASE_MS = 500
const SCOPE = { tenantId: 'ten_storm' as TenantId, customerId: 'cus_storm' as CustomerId }

function urlOf(name: string): string {
  const url = new URL(adminUrl ?? 'postgres://unset')
  url.pathname = `/${name}`
  return url.href
}

describe.skipIf(adminUrl === undefined)('waits, events and slots while connections are cut', () => {
  const admin = postgres(adminUrl ?? '', { max: 1, onnotice: () => {} })
  const sql = postgres(urlOf(database), { max: 8, onnotice: () => {}, fetch_types: false, types: ARRAY_TYPES })
  const journal = createPostgresJournal({ sql, queryTimeoutMs: 1000 })

  beforeAll(async () => {
    await admin.unsafe(`CREATE DATABASE ${database}`)
    await migrate(sql)
  })

  afterAll(async () => {
    await sql.end({ timeout: 2 })
    await admin.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
    await admin.end()
  })

  /** Runs to look at, as answers name them; those that a cut connection loses are due some seconds later. */
  const dispatched = new Set<RunId>()

  function dispatch(due: readonly DueRun[]): void {
    for (const { runId } of due) dispatched.add(runId)
  }

  /** One activation: records a step and waits for the run's event, or ends with what came. */
  async function activate(lease: ClaimedRun): Promise<void> {
    const match = { run: lease.runId }
    const [answer] = lease.answers
    if (answer === undefined) {
      const steps = lease.steps.length > 0 ? [] : [step(0, 'waiting', { kind: 'event', name: 'go', match })]
      const { isDueNow } = await journal.park(lease, steps, { status: 'waiting' })
      if (isDueNow) dispatched.add(lease.runId)
      return
    }
    const steps = [step(0, 'succeeded', null)]
    dispatch(await journal.finish(lease, steps, { status: 'succeeded', output: answer.answer }))
  }

  /** What workers and sweepers do: whatever is due is claimed and carried on with. */
  async function work(): Promise<void> {
    dispatch(await journal.due(100))
    const runIds = [...dispatched]
    dispatched.clear()
    const claimed = await journal.claim({ runIds, owner: 'w', leaseMs: LEASE_MS })
    await Promise.allSettled(claimed.map(activate))
  }

  async function begin(run: NewRun): Promise<void> {
    const { admission } = await untilDone(() => journal.create(run))
    if (admission === 'admitted') dispatched.add(run.runId)
    const event = { ...SCOPE, eventId: run.runId, name: 'go', payload: { run: run.runId, text: 'ü' } }
    dispatch((await untilDone(() => journal.publish(event))).due)
  }

  it('no run is lost, none gets an event twice, and no place is given twice', async () => {
    let isOver = false
    let mostTaken = 0
    let cuts = 0
    const cut = repeat(250, async () => {
      // They end, however slow the machine is.
      if (cuts++ < 60) await admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${database}`
    })
    const sweep = repeat(20, work)
    const watch = repeat(30, async () => {
      const [row] = await sql`SELECT count(*)::int AS n FROM inlay.slots WHERE taken`
      mostTaken = Math.max(mostTaken, Number(row?.['n']))
    })
    const runs = Array.from({ length: RUNS }, newRun)
    await Promise.all(runs.map(begin))
    for (let left = RUNS; left > 0; await delay(100)) {
      const [row] = await untilDone(() => sql`SELECT count(*)::int AS n FROM inlay.runs WHERE status <> 'succeeded'`)
      left = Number(row?.['n'])
    }
    isOver = true
    await Promise.all([cut, sweep, watch])
    // The last cut may be heard of only now.
    const outputs = await untilDone(() => Promise.all(runs.map((run) => journal.readRun(SCOPE, run.runId))))
    expect(outputs.map((run) => run?.output)).toMatchObject(runs.map(({ runId }) => ({ payload: { run: runId } })))
    const answered = await untilDone(() => sql`SELECT run_id FROM inlay.transitions WHERE what = 'answered'`)
    expect(answered).toHaveLength(RUNS)
    expect(mostTaken).toBeLessThanOrEqual(PLACES)
    await until(async () => {
      await journal.due(100)
      const [left] = await sql`SELECT (SELECT count(*) FROM inlay.slots) + (SELECT count(*) FROM inlay.waits)
        + (SELECT count(*) FROM inlay.runs WHERE has_duties) = 0 AS none`
      return left?.['none'] === true
    })

    async function repeat(everyMs: number, action: () => Promise<void>): Promise<void> {
      // What a cut connection fails is what this test is about; the next round makes up for it.
      for (; !isOver; await delay(everyMs)) await action().catch(() => undefined)
    }
  })
})

function newRun(): NewRun {
  const now = Date.now()
  return {
    ...SCOPE,
    runId: newId<RunId>('run', now),
    workflowId: 'wf_storm' as WorkflowId,
    versionId: 'ver_storm' as VersionId,
    mode: 'live',
    trigger: {},
    slot: { key: 'storm', limit: PLACES, onConflict: 'queue' },
  }
}

function step(seq: number, status: StepWrite['status'], wait: NonNullable<StepWrite['wait']> | null): StepWrite {
  return { stepPath: 'w', iteration: '0', type: 'wait', status, attempt: 1, startedAt: 1, seq, at: 1, wait }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(200)
}

async function untilDone<T>(query: () => PromiseLike<T>): Promise<T> {
  for (;;) {
    try {
      return await query()
    } catch {
      await delay(20)
    }
  }
}
