import type { CustomerId, VersionId, WorkflowId } from '@inlay/engine'
import { readConfig } from '@inlay/platform/config'
import { createTestDatabase, type TestDatabase } from '@inlay/platform/database/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compose, type Worker } from './compose.js'
import { type Plane, startPlane, workerEnv } from './test-plane.js'
import { createTestRedis, hasRedisServer, type TestRedis } from './test-redis.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const NOISY_RUNS = 5000
const QUIET_CUSTOMERS = 20
const QUIET_RUNS = 3
/** Of the noisy runs, how many may end while quiet ones wait: the places of its customer, and what is under way. */
const MAX_MEANWHILE = 2000

interface Workflow {
  readonly workflowId: WorkflowId
  readonly versionId: VersionId
  readonly customerId: CustomerId
}

describe.skipIf(serverUrl === undefined || !hasRedisServer)('under the flood of one customer', () => {
  let test: TestDatabase
  let redis: TestRedis
  let plane: Plane
  let worker: Worker | undefined

  beforeAll(async () => {
    redis = await createTestRedis()
    await redis.start()
    test = await createTestDatabase(serverUrl ?? '')
    plane = await startPlane(test, redis.url)
  })

  afterAll(async () => {
    await worker?.close()
    await plane?.close()
    await test?.drop()
    await redis?.drop()
  })

  async function addWorkflow(name: string): Promise<Workflow> {
    const { tenantId } = plane.scope
    const customerId = `cus_${name}` as CustomerId
    await test.admin`INSERT INTO inlay.customers (tenant_id, id, external_id, name)
      VALUES (${tenantId}, ${customerId}, ${name}, ${name})`
    const steps = [{ id: 'sum', type: 'set', values: { n: '{{ trigger.n + 1 }}' } }]
    const definition = { schema: 'inlay/workflow@1', name, trigger: { type: 'manual' }, steps }
    const { id } = await plane.workflows.create({ tenantId }, { customerId, name, definition })
    const version = await plane.workflows.publish({ tenantId }, id, { publishedBy: 'test' })
    // What these services call ids are ids.
    return { customerId, workflowId: id as WorkflowId, versionId: version.id as VersionId }
  }

  async function start(workflow: Workflow, count: number): Promise<void> {
    const { tenantId } = plane.scope
    const run = { ...workflow, tenantId, mode: 'live' as const }
    await Promise.all(Array.from({ length: count }, (_, n) => plane.engine.start({ ...run, trigger: { n } })))
  }

  async function countEnded(customerIds: readonly CustomerId[]): Promise<number> {
    const [row] = await test.admin<{ n: number }[]>`SELECT count(*)::int AS n FROM inlay.runs
      WHERE status = 'succeeded' AND customer_id IN ${test.admin(customerIds)}`
    return row?.n ?? 0
  }

  /** A flood and, after it, a few runs of others. */
  async function flood(name: string): Promise<{ noisy: Workflow; quietIds: CustomerId[] }> {
    const noisy = await addWorkflow(`noisy-${name}`)
    const quiet: Workflow[] = []
    for (let i = 0; i < QUIET_CUSTOMERS; i++) quiet.push(await addWorkflow(`quiet-${name}-${i}`))
    await start(noisy, NOISY_RUNS)
    await Promise.all(quiet.map((workflow) => start(workflow, QUIET_RUNS)))
    return { noisy, quietIds: quiet.map(({ customerId }) => customerId) }
  }

  /** Waits for the end of all runs. @returns how many noisy ones ended between the start and the end of the quiet ones */
  async function noisyMeanwhile(noisy: Workflow, quietIds: readonly CustomerId[]): Promise<number> {
    const patience = { timeout: 60_000, interval: 100 }
    await expect.poll(() => countEnded(quietIds), patience).toBe(QUIET_CUSTOMERS * QUIET_RUNS)
    await expect.poll(() => countEnded([noisy.customerId]), patience).toBe(NOISY_RUNS)
    const [order] = await test.admin<{ meanwhile: number }[]>`
      WITH quiet AS (SELECT max(created_at) AS came, max(finished_at) AS went FROM inlay.runs
        WHERE customer_id IN ${test.admin(quietIds)})
      SELECT count(*)::int AS meanwhile FROM inlay.runs, quiet
      WHERE customer_id = ${noisy.customerId} AND finished_at BETWEEN quiet.came AND quiet.went`
    return order?.meanwhile ?? NOISY_RUNS
  }

  it('others are not held up, and its own runs all end', async () => {
    const { noisy, quietIds } = await flood('queued')
    worker = await compose(readConfig(workerEnv(test, redis.url)))
    expect(await noisyMeanwhile(noisy, quietIds)).toBeLessThan(MAX_MEANWHILE)
  })

  it('others are not held up either when the queue was lost and all are found in the journal', async () => {
    await worker?.close()
    await redis.kill()
    const { noisy, quietIds } = await flood('lost')
    await redis.start()
    worker = await compose(readConfig(workerEnv(test, redis.url)))
    expect(await noisyMeanwhile(noisy, quietIds)).toBeLessThan(MAX_MEANWHILE)
  })
})
