import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { journalScenarios } from '../conformance/index.js'
import { type CustomerId, newId, type RunId, type TenantId, type VersionId, type WorkflowId } from '../contracts/ids.js'
import type { NewRun } from '../ports/journal.js'
import { ARRAY_TYPES } from './array-types.js'
import { createPostgresJournal } from './journal.js'
import { createMonthlyPartitions, migrate } from './migrate.js'

const adminUrl = process.env['INLAY_TEST_DATABASE_URL']
const database = `engine_${process.pid}_${Date.now()}`

function urlOf(name: string): string {
  const url = new URL(adminUrl ?? 'postgres://unset')
  url.pathname = `/${name}`
  return url.href
}

// Without a server there is nothing to test here; `pnpm test` provides one.
describe.skipIf(adminUrl === undefined)('the PostgreSQL journal', () => {
  const admin = postgres(adminUrl ?? '', { max: 1, onnotice: () => {} })
  const sql = postgres(urlOf(database), { max: 8, onnotice: () => {}, fetch_types: false, types: ARRAY_TYPES })

  beforeAll(async () => {
    await admin.unsafe(`CREATE DATABASE ${database}`)
    await Promise.all([migrate(sql), migrate(sql)])
    await createMonthlyPartitions(sql, 1)
  })

  afterAll(async () => {
    await sql.end({ timeout: 2 })
    await admin.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
    await admin.end()
  })

  it.each(journalScenarios)('$name', async ({ check }) => {
    await check({ journal: createPostgresJournal({ sql }), pass: (ms) => delay(ms) })
  })

  it('keeps runs of this month in a partition of their own', async () => {
    const [row] =
      await sql`SELECT count(*)::int AS n FROM inlay.runs_default WHERE id > ${`run_${Date.now().toString(16)}`}`
    expect(row?.['n']).toBe(0)
  })

  it('loses nothing and writes nothing twice while its connections are cut', async () => {
    const journal = createPostgresJournal({ sql, queryTimeoutMs: 1000 })
    const runs = Array.from({ length: 300 }, (): NewRun => {
      const now = Date.now()
      return {
        runId: newId<RunId>('run', now),
        tenantId: 'ten_cut' as TenantId,
        customerId: 'cus_cut' as CustomerId,
        workflowId: newId<WorkflowId>('wf', now),
        versionId: 'ver_cut' as VersionId,
        mode: 'live',
        trigger: {},
      }
    })
    let isCarrying = true
    const cut = (async () => {
      // Ends, however slow the machine is.
      for (let cuts = 0; isCarrying && cuts < 60; cuts++) {
        await admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${database}`
        await delay(250)
      }
    })()
    const carry = async (run: NewRun): Promise<void> => {
      await journal.create(run)
      const [lease] = await untilDone(() => journal.claim({ runIds: [run.runId], owner: 'w', leaseMs: 60_000 }))
      if (lease === undefined) return
      const record = {
        at: 1,
        iteration: '0',
        type: 'set',
        status: 'succeeded' as const,
        attempt: 1,
        startedAt: 1,
        finishedAt: 2,
      }
      await journal.append(lease, [{ ...record, seq: 0, stepPath: 'a' }])
      await journal.finish(lease, [{ ...record, seq: 1, stepPath: 'b' }], { status: 'succeeded' })
    }
    await Promise.all(runs.map(carry))
    isCarrying = false
    await cut
    const [counts] = await untilDone(
      () => sql`SELECT
      (SELECT count(*)::int FROM inlay.runs WHERE tenant_id = 'ten_cut') AS runs,
      (SELECT count(*)::int FROM inlay.runs WHERE tenant_id = 'ten_cut' AND status NOT IN ('succeeded', 'running')) AS strange,
      (SELECT count(*)::int FROM inlay.journal WHERE tenant_id = 'ten_cut' AND step_path = 'b') AS ends,
      (SELECT count(*)::int FROM inlay.runs WHERE tenant_id = 'ten_cut' AND status = 'succeeded') AS succeeded`,
    )
    expect(counts?.['runs']).toBe(300)
    expect(counts?.['strange']).toBe(0)
    expect(counts?.['ends']).toBe(counts?.['succeeded'])
    // A claim whose answer was cut off leaves its run to the sweeper; all others must have ended.
    expect(counts?.['succeeded']).toBeGreaterThan(200)
  })
})

/** Repeats a read or claim whose connection was cut; the journal does so by itself for its writes. */
async function untilDone<T>(query: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await query()
    } catch {
      await delay(20)
    }
  }
}
