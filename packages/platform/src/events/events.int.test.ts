import type { CustomerId, JsonObject, JsonValue, RunId, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined)('an event', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '' })
    scope = await platform.addTenant()
  })

  afterAll(() => platform?.close())

  async function addWorkflow(trigger: JsonObject, { steps = [], customerId = scope.customerId }: WorkflowParts = {}) {
    const definition = { schema: 'inlay/workflow@1', name: 'Listener', trigger: { type: 'event', ...trigger }, steps }
    const { id } = await platform.workflows.create(scope, { customerId, name: 'Listener', definition })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    return id
  }

  interface WorkflowParts {
    readonly steps?: JsonValue[]
    readonly customerId?: CustomerId
  }

  function send(name: string, payload: JsonValue = {}, more: { id?: string; idempotencyKey?: string } = {}) {
    const { customerId } = scope
    return platform.events.publish(scope, { name, customerId, payload, callerId: 'key_1', ...more })
  }

  async function triggersOf(workflowId: string): Promise<JsonValue[]> {
    const { data } = await platform.runs.list(scope, { workflowId, limit: 100 })
    return Promise.all(data.map(async ({ id }) => (await platform.runs.get(scope, id)).trigger))
  }

  it('starts each workflow that listens for its name, once for its id', async () => {
    const first = await addWorkflow({ name: 'order.paid' })
    const second = await addWorkflow({ name: 'order.paid' })
    const other = await addWorkflow({ name: 'order.sent' })
    expect(await send('order.paid', { total: 9 }, { id: 'e1' })).toEqual({ id: 'e1', created: true })
    expect(await send('order.paid', { total: 9 }, { id: 'e1' })).toEqual({ id: 'e1', created: false })
    const trigger = { id: 'e1', name: 'order.paid', payload: { total: 9 } }
    expect(await triggersOf(first)).toEqual([trigger])
    expect(await triggersOf(second)).toEqual([trigger])
    expect(await triggersOf(other)).toEqual([])
  })

  it('is the same when its request is repeated, and a new one otherwise', async () => {
    const listener = await addWorkflow({ name: 'repeated' })
    const { id } = await send('repeated', {}, { idempotencyKey: 'k' })
    expect(await send('repeated', {}, { idempotencyKey: 'k' })).toEqual({ id, created: false })
    await send('repeated')
    await send('repeated')
    expect(await triggersOf(listener)).toHaveLength(3)
  })

  it('starts only workflows whose filter is true; one that does not fit it is left out', async () => {
    const big = await addWorkflow({ name: 'filtered', filter: 'trigger.payload.order.total > 50' })
    const own = await addWorkflow({ name: 'filtered', filter: `customer.id === '${scope.customerId}'` })
    await send('filtered', { order: { total: 60 } })
    await send('filtered', { order: { total: 50 } })
    await send('filtered', {})
    expect(await triggersOf(big)).toHaveLength(1)
    expect(await triggersOf(own)).toHaveLength(3)
  })

  it('stays within its customer and leaves alone what is switched off', async () => {
    const stranger = await platform.addCustomer(scope.tenantId)
    const { tenantId } = scope
    const definition = { schema: 'inlay/workflow@1', name: 'X', trigger: { type: 'event', name: 'own' }, steps: [] }
    const foreign = await platform.workflows.create({ tenantId }, { customerId: stranger, name: 'X', definition })
    await platform.workflows.publish({ tenantId }, foreign.id, { publishedBy: 'test' })
    const off = await addWorkflow({ name: 'own' })
    await platform.workflows.update(scope, off, { enabled: false })
    await send('own', {}, { id: 'own-1' })
    await platform.workflows.update(scope, off, { enabled: true })
    // What came meanwhile is not made up for, even when it is sent again.
    await send('own', {}, { id: 'own-1' })
    expect(await triggersOf(off)).toEqual([])
    expect((await platform.runs.list({ tenantId }, { workflowId: foreign.id, limit: 10 })).data).toEqual([])
    await expect(
      platform.events.publish(scope, { name: 'own', customerId: stranger, payload: {}, callerId: 'key_1' }),
    ).rejects.toMatchObject({ code: 'customer.not_found' })
  })

  it('is forgotten by a workflow that gets another trigger', async () => {
    const id = await addWorkflow({ name: 'moved' })
    const { draft } = await platform.workflows.get(scope, id)
    const definition = { ...(draft.definition as JsonObject), trigger: { type: 'manual' } }
    await platform.workflows.saveDraft(scope, id, { definition, baseRevision: draft.revision })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    await send('moved')
    expect(await triggersOf(id)).toEqual([])
  })

  it('wakes a run that waits for it, and one that a workflow publishes starts others', async () => {
    const waiter = await addWorkflow(
      { name: 'begin' },
      {
        steps: [
          { id: 'paid', type: 'wait', event: { name: 'paid', match: { order: '{{ trigger.payload.order }}' } } },
          { id: 'tell', type: 'publish', event: 'told', payload: { by: '{{ steps.paid.output.event.payload.by }}' } },
        ],
      },
    )
    const told = await addWorkflow({ name: 'told' })
    await send('begin', { order: 7 })
    const [run] = (await platform.runs.list(scope, { workflowId: waiter, limit: 1 })).data
    const runId = run?.id as RunId
    await platform.engine.execute([runId])
    expect((await platform.runs.get(scope, runId)).status).toBe('waiting')
    await send('paid', { order: 8, by: 'x' })
    await send('paid', { order: 7, by: 'card' })
    await platform.engine.execute([runId])
    expect((await platform.runs.get(scope, runId)).status).toBe('succeeded')
    expect(await triggersOf(told)).toEqual([expect.objectContaining({ name: 'told' })])
  })

  it('comes to rest when workflows start each other in a circle', async () => {
    const circle = await addWorkflow(
      { name: 'round' },
      { steps: [{ id: 'again', type: 'publish', event: 'round', payload: '{{ trigger.payload }}' }] },
    )
    await send('round', { n: 1 })
    const executed = new Set<string>()
    for (let pending = 1; pending > 0 && executed.size < 100; ) {
      const { data } = await platform.runs.list(scope, { workflowId: circle, status: 'pending', limit: 10 })
      pending = data.length
      for (const { id } of data) executed.add(id)
      await platform.engine.execute(data.map(({ id }) => id as RunId))
    }
    expect(executed.size).toBe(21)
    expect(await triggersOf(circle)).toContainEqual(expect.objectContaining({ hops: 20, payload: { n: 1 } }))
  })
})
