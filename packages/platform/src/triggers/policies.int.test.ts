import type { CustomerId, JsonObject, JsonValue, RunId, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

/** Policies as the control plane applies them: in PostgreSQL, as the role that may do no more than execute runs. */
describe.skipIf(serverUrl === undefined)('policies of a published workflow', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '' })
    scope = await platform.addTenant()
  })

  afterAll(() => platform?.close())

  async function publish(policies: JsonObject): Promise<string> {
    const trigger = { type: 'event', name: 'order.paid' }
    const definition = { schema: 'inlay/workflow@1', name: 'Orders', trigger, steps: [], ...policies }
    const { id } = await platform.workflows.create(scope, { customerId: scope.customerId, name: 'Orders', definition })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    return id
  }

  async function startMany(workflowId: string, inputs: readonly JsonValue[]) {
    const runs = []
    for (const input of inputs) {
      runs.push(await platform.runs.start(scope, { workflowId, input, waitSeconds: 0, callerId: 'caller' }))
    }
    return runs
  }

  it('record what is above a rate as cancelled, where people look', async () => {
    const workflowId = await publish({ rateLimit: { limit: 2, period: '1h' } })
    const runs = await startMany(workflowId, [1, 2, 3])
    expect(runs.map(({ status }) => status)).toEqual(['pending', 'pending', 'cancelled'])
    expect(runs[2]?.error).toMatchObject({ kind: 'rate_limited' })
  })

  it('let runs wait for their place and for their time', async () => {
    const limited = await publish({ concurrency: { key: '{{ trigger.k }}', limit: 1 } })
    await startMany(limited, [{ k: 'a' }, { k: 'a' }, { k: 'b' }])
    const throttled = await publish({ throttle: { limit: 1, period: '1h' } })
    const [, later] = await startMany(throttled, [1, 2])
    const dispatched = platform.dispatched.filter(({ delayMs = 0 }) => delayMs > 0)
    expect(dispatched.map(({ runId }) => runId)).toEqual([later?.id])
    const { data } = await platform.runs.list(scope, { workflowId: limited, limit: 10 })
    const now = platform.dispatched.filter(({ runId }) => data.some(({ id }) => id === runId))
    expect([data.length, now.length]).toEqual([3, 2])
  })

  it('gather triggers, also those of several processes, and start one run with all of them', async () => {
    const workflowId = await publish({ batchEvents: { maxSize: 3, timeout: '1h' } })
    const runs = await startMany(workflowId, [1, 2, 3, 4])
    expect(new Set(runs.slice(0, 3).map(({ id }) => id)).size).toBe(1)
    expect((await platform.runs.get(scope, runs[0]?.id ?? '')).trigger).toEqual({ items: [1, 2, 3] })
    await platform.test.admin`UPDATE inlay.admission_buffers SET due_at = now() WHERE workflow_id = ${workflowId}`
    const flushed = await Promise.all([platform.engine.flushAdmissions(), platform.engine.flushAdmissions()])
    expect(flushed.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect((await platform.runs.get(scope, runs[3]?.id ?? '')).trigger).toEqual({ items: [4] })
  })

  it('start a debounced workflow once for the events of a burst, each event counted once', async () => {
    const workflowId = await publish({ debounce: { key: '{{ trigger.payload.id }}', period: '1h' } })
    for (const [id, total] of [
      ['e1', 1],
      ['e2', 2],
      ['e2', 3],
    ] as const) {
      const payload = { id: 7, total }
      await platform.events.publish(scope, {
        id,
        name: 'order.paid',
        customerId: scope.customerId,
        payload,
        callerId: 'x',
      })
    }
    await platform.test.admin`UPDATE inlay.admission_buffers SET due_at = now() WHERE workflow_id = ${workflowId}`
    expect(await platform.engine.flushAdmissions()).toBe(1)
    const { data } = await platform.runs.list(scope, { workflowId, limit: 10 })
    const run = await platform.runs.get(scope, (data[0]?.id ?? '') as RunId)
    expect([data.length, run.trigger]).toMatchObject([1, { payload: { total: 2 } }])
  })
})
