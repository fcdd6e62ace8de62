import type { CustomerId, RunMode, RunStatus, TenantId, TenantScope } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/test-database.js'
import type { RunFilter } from './rows.js'
import { joinNames, runColumns, whichRuns } from './run-query.js'
import { RunStore } from './store.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
/** Enough that walking through all of them is dearer than any index. */
const RUNS = 20_000
const tenantId = 'ten_big' as TenantId
const [BIG, SMALL] = ['cus_big' as CustomerId, 'cus_small' as CustomerId]
const SECRET = 'a'.repeat(43)

const vendor: TenantScope = { tenantId }
const customer: TenantScope = { tenantId, customerId: SMALL }

describe.skipIf(serverUrl === undefined)('lists of many runs', () => {
  let test: TestDatabase
  let store: RunStore

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    store = new RunStore(test.database)
    await fill(test)
  })

  afterAll(() => test?.drop())

  async function planOf(scope: TenantScope, filter: Omit<RunFilter, 'limit'>): Promise<string> {
    const rows = await test.database.withTenant(
      scope,
      (sql) => sql<{ 'QUERY PLAN': string }[]>`
        EXPLAIN SELECT ${runColumns(sql)} FROM inlay.runs r ${joinNames(sql)}
        WHERE ${whichRuns(sql, scope, filter)} ORDER BY r.id DESC LIMIT 26`,
    )
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }

  const cases: readonly (readonly [string, TenantScope, Omit<RunFilter, 'limit'>, RegExp])[] = [
    ['the default list', vendor, {}, /tenant_id_id_idx/],
    ['the default list of a small customer', customer, {}, /tenant_id_customer_id_id_idx/],
    ['what a customer has, asked for by the vendor', vendor, { customerId: SMALL }, /tenant_id_customer_id_id_idx/],
    ['a workflow', vendor, { workflowId: 'wf_small' }, /tenant_id_workflow_id_id_idx/],
    ['what failed', vendor, { status: 'failed' }, /tenant_id_status_id/],
    ['what failed of a customer', customer, { status: 'failed' }, /tenant_id_(status|customer_id)_id/],
    ['what is under way', vendor, { status: 'running' }, /tenant_id_status_id/],
    ['what succeeded', vendor, { status: 'succeeded' }, /tenant_id_id_idx/],
    ['tests', vendor, { mode: 'test' }, /tenant_id_id_customer_id_workflow_id_idx/],
    ['the dead-letter list', vendor, { dead: true }, /tenant_id_id_idx1/],
    ['a further page', vendor, { cursor: runId(100) }, /tenant_id_id_idx/],
    ['a time', vendor, { createdBefore: '2020-01-02T00:00:00Z' }, /tenant_id_id_idx/],
    ['a version of a workflow', vendor, { workflowId: 'wf_small', version: 2 }, /tenant_id_workflow_id_id_idx/],
  ]

  it.each(cases)('%s: is read by an index', async (_name, scope, filter, index) => {
    const plan = await planOf(scope, filter)
    expect(plan).toMatch(index)
    // The other partitions are empty.
    expect(plan).not.toMatch(/Seq Scan on runs_default/)
  })

  it('find a text in errors and inputs, however far back, and only what may be seen', async () => {
    const find = async (text: string, filter: Partial<RunFilter> = {}, scope = vendor) =>
      (await store.search(scope, { limit: 25, ...filter }, text)).rows.map(({ id }) => id)
    expect(await find('order-17-')).toEqual([runId(17)])
    expect(await find(runId(42))).toEqual([runId(42)])
    expect(await find('the shop is CLOSED', { status: 'failed' })).toHaveLength(26)
    expect(await find('order-17-', { cursor: runId(17) })).toEqual([])
    expect(await find('order-17-', {}, customer)).toEqual([])
    expect(await find('100%')).toEqual([])
    // A link is shown to nobody who looks at runs: nor may its token be found out piece by piece.
    expect(await find(`/approvals/${SECRET.slice(0, 5)}`)).toEqual([])
  })

  it('can be taken up where a search gave up', async () => {
    const { rows, stoppedAt } = await store.search(vendor, { limit: 25 }, 'order-')
    expect(rows).toHaveLength(26)
    expect(stoppedAt).toBeUndefined()
  })
})

/** Run number `n`, the higher the older. */
function runId(n: number): string {
  return `run_${(Date.UTC(2024, 0, 1) - n * 60_000).toString(16).padStart(12, '0')}${'0'.repeat(20)}`
}

/** One customer has nearly all runs, another every hundredth; one in fifty has failed, one in a thousand was a test. */
async function fill({ admin }: TestDatabase): Promise<void> {
  await admin`INSERT INTO inlay.tenants (tenant_id, name, slug) VALUES (${tenantId}, 'Big', 'big')`
  for (const id of [BIG, SMALL]) {
    await admin`INSERT INTO inlay.customers (tenant_id, id, external_id, name) VALUES (${tenantId}, ${id}, ${id}, ${id})`
  }
  const runs = Array.from({ length: RUNS }, (_, n) => ({
    id: runId(n),
    tenant_id: tenantId,
    customer_id: n % 100 === 5 ? SMALL : BIG,
    workflow_id: n % 100 === 5 ? 'wf_small' : 'wf_big',
    version_id: 'ver_1',
    mode: (n % 1000 === 0 ? 'test' : 'live') satisfies RunMode,
    status: statusOf(n),
    created_at: new Date(Date.UTC(2024, 0, 1) - n * 60_000),
    error: n % 50 === 1 ? admin.json({ kind: 'rejected', title: 'The shop is closed', retryable: false }) : null,
  }))
  const starts = runs.map(({ id, customer_id }, n) => ({
    ...{ run_id: id, tenant_id: tenantId, customer_id, step_path: '', iteration: '0', type: 'trigger' },
    ...{ status: 'succeeded', attempt: 1, epoch: 0, seq: 0, started_at: 0, at: 0 },
    input: admin.json({ id: `order-${n}-x`, link: `https://plane.test/approvals/${SECRET}` }),
  }))
  for (let n = 0; n < RUNS; n += 2000) {
    await admin`INSERT INTO inlay.runs ${admin(runs.slice(n, n + 2000))}`
    await admin`INSERT INTO inlay.journal ${admin(starts.slice(n, n + 2000))}`
  }
  await admin`ANALYZE inlay.runs, inlay.journal`
}

function statusOf(n: number): RunStatus {
  if (n % 50 === 1) return 'failed'
  return n < 3 ? 'running' : 'succeeded'
}
