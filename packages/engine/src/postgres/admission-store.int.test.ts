import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admissionScenarios } from '../conformance/index.js'
import { type CustomerId, newId, type RunId, type TenantId, type VersionId, type WorkflowId } from '../contracts/ids.js'
import type { AdmissionStore, TriggerToGather } from '../ports/admission-store.js'
import { createPostgresAdmissionStore } from './admission-store.js'
import { ARRAY_TYPES } from './array-types.js'
import { migrate } from './migrate.js'

const adminUrl = process.env['INLAY_TEST_DATABASE_URL']
const database = `admission_${process.pid}_${Date.now()}`

function urlOf(name: string): string {
  const url = new URL(adminUrl ?? 'postgres://unset')
  url.pathname = `/${name}`
  return url.href
}

// Without a server there is nothing to test here; `pnpm test` provides one.
describe.skipIf(adminUrl === undefined)('the admission store in PostgreSQL', () => {
  const admin = postgres(adminUrl ?? '', { max: 1, onnotice: () => {} })
  const connect = () =>
    postgres(urlOf(database), { max: 4, onnotice: () => {}, fetch_types: false, types: ARRAY_TYPES })
  const clients = [connect(), connect()]
  const stores = clients.map((sql) => createPostgresAdmissionStore({ sql, queryTimeoutMs: 2000 }))
  const [sql, store] = [clients[0] as postgres.Sql, stores[0] as AdmissionStore]

  beforeAll(async () => {
    await admin.unsafe(`CREATE DATABASE ${database}`)
    await migrate(sql)
  })

  afterAll(async () => {
    await Promise.all(clients.map((client) => client.end({ timeout: 2 })))
    await admin.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
    await admin.end()
  })

  it.each(admissionScenarios)('$name', async ({ check }) => {
    await check({ store, pass: (ms) => delay(ms) })
  })

  it('keeps a rate over all processes', async () => {
    const claim = { tenantId: newTenant(), key: 'k', limit: 20, periodMs: 60_000, onExcess: 'refuse' as const }
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => stores[n % 2]?.take(claim)))
    expect(answers.filter((answer) => answer?.isTaken === true)).toHaveLength(20)
  })

  it('keeps each trigger once while processes gather, take and lose their connections at the same time', async () => {
    const first = newTrigger()
    const triggers = Array.from({ length: 400 }, (_, n) => ({ ...newTrigger(), trigger: n }))
    const asked = triggers.map((trigger) => ({ ...trigger, run: { ...first.run, runId: trigger.run.runId } }))
    const kept: unknown[] = []
    const sizes: number[] = []
    let isGathering = true
    let cuts = 0
    const cutting = repeat(
      // They end, however slow the machine is.
      () => isGathering && cuts++ < 100,
      async () => {
        await admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${database}`
        await delay(100)
      },
    )
    const takeDue = async (from: AdmissionStore): Promise<number> => {
      const due = await from.due({ limit: 10 })
      for (const { run, triggers: gathered } of due) {
        kept.push(...gathered)
        sizes.push(gathered.length)
        await untilDone(() => from.done([run.runId]))
      }
      return due.length
    }
    const taking = stores.map((each) =>
      repeat(
        () => isGathering,
        () =>
          takeDue(each).then(
            () => delay(5),
            () => delay(20),
          ),
      ),
    )
    for (let n = 0; n < asked.length; n += 40) {
      await Promise.all(asked.slice(n, n + 40).map((trigger, index) => untilDone(() => storeOf(index).gather(trigger))))
    }
    isGathering = false
    await Promise.all([cutting, ...taking])
    // What was closed by a call whose answer was cut off is given again after 30 seconds.
    await untilDone(
      () => sql`UPDATE inlay.admission_buffers SET due_at = now() WHERE tenant_id = ${first.run.tenantId}`,
    )
    while ((await untilDone(() => takeDue(store))) > 0);
    expect(kept.sort((a, b) => Number(a) - Number(b))).toEqual(asked.map(({ trigger }) => trigger))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(7)
  })

  function storeOf(n: number): AdmissionStore {
    return stores[n % 2] as AdmissionStore
  }
})

function newTenant(): TenantId {
  return newId<TenantId>('ten', Date.now())
}

function newTrigger(): TriggerToGather {
  const now = Date.now()
  return {
    run: {
      runId: newId<RunId>('run', now),
      tenantId: newTenant(),
      customerId: newId<CustomerId>('cus', now),
      workflowId: newId<WorkflowId>('wf', now),
      versionId: newId<VersionId>('ver', now),
      mode: 'live',
    },
    key: 'k',
    trigger: 0,
    bytes: 1,
    policy: { kind: 'all', maxItems: 7, maxBytes: 1_000_000, maxMs: 50 },
  }
}

async function repeat(goesOn: () => boolean, work: () => Promise<unknown>): Promise<void> {
  while (goesOn()) await work()
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
