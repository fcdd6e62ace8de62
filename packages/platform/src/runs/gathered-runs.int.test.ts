import type { CustomerId, JsonObject, RunId, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from './test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined)('a run that many triggers are gathered for', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '' })
    scope = await platform.addTenant()
  })

  afterAll(() => platform?.close())

  async function publish(policy: JsonObject): Promise<string> {
    const { customerId } = scope
    const definition = { schema: 'inlay/workflow@1', name: 'Calm', trigger: { type: 'manual' }, steps: [], ...policy }
    const { id } = await platform.workflows.create(scope, { customerId, name: 'Calm', definition })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    return id
  }

  const start = (workflowId: string, n: number) =>
    platform.runs.start(scope, { workflowId, input: { n }, waitSeconds: 0, callerId: 'test' })

  it('is answered as one that has not begun, and begins with the last of a burst', async () => {
    const workflowId = await publish({ debounce: { period: '1h' } })
    const first = await start(workflowId, 1)
    expect(first).toMatchObject({
      status: 'pending',
      workflowId,
      workflowName: 'Calm',
      versionNumber: 1,
      trigger: { n: 1 },
    })
    expect((await start(workflowId, 2)).id).toBe(first.id)
    expect((await platform.runs.list(scope, { workflowId, limit: 10 })).data).toEqual([])
    await platform.test.admin`UPDATE inlay.admission_buffers SET due_at = now() WHERE workflow_id = ${workflowId}`
    expect(await platform.engine.flushAdmissions()).toBe(1)
    expect(await platform.runs.get(scope, first.id)).toMatchObject({ status: 'pending', trigger: { n: 2 } })
    await platform.engine.execute([first.id as RunId])
    expect((await platform.runs.get(scope, first.id)).status).toBe('succeeded')
  })

  it('begins at once when its batch is full', async () => {
    const workflowId = await publish({ batchEvents: { maxSize: 2, timeout: '1h' } })
    const { id } = await start(workflowId, 1)
    await start(workflowId, 2)
    expect((await platform.runs.get(scope, id)).trigger).toEqual({ items: [{ n: 1 }, { n: 2 }] })
  })

  it('is told from one above a rate, which is recorded as skipped', async () => {
    const workflowId = await publish({ rateLimit: { limit: 1, period: '1h' } })
    expect((await start(workflowId, 1)).status).toBe('pending')
    expect(await start(workflowId, 2)).toMatchObject({ status: 'cancelled', error: { kind: 'rate_limited' } })
  })
})
