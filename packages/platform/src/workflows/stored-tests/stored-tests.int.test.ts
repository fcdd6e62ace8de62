import type { CustomerId, JsonObject, JsonValue, RunId, TenantId } from '@inlay/engine'
import { plainConnector } from '@inlay/engine/conformance'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTestPlatform, type TestPlatform } from '../../runs/test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

/** A service that counts its calls. */
const shop = { calls: 0 }

const CONNECTOR = plainConnector({
  id: 'shop',
  actions: {
    price: {
      name: 'Price',
      description: 'Asks for a price.',
      input: z.object({}),
      output: z.object({ price: z.number() }),
      run: async () => {
        shop.calls += 1
        return { price: 40 + shop.calls }
      },
    },
  },
})

const call = (id: string): JsonObject => ({ id, type: 'action', connector: 'shop', action: 'price', input: {} })

const STEPS: JsonObject[] = [
  call('ask'),
  { id: 'sum', type: 'set', values: { total: '{{ steps.ask.output.price * trigger.amount }}' } },
  {
    id: 'size',
    type: 'branch',
    cases: [{ if: '{{ steps.sum.output.total > 100 }}', steps: [call('big')] }],
    else: [call('small')],
  },
]

describe.skipIf(serverUrl === undefined)('a test that is kept with a workflow', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: [CONNECTOR] })
    scope = await platform.addTenant()
  })

  afterAll(() => platform?.close())

  beforeEach(() => {
    shop.calls = 0
  })

  function definitionOf(steps: JsonValue[]): JsonObject {
    return { schema: 'inlay/workflow@1', name: 'Order', trigger: { type: 'manual' }, steps }
  }

  async function publish(steps: JsonValue[] = STEPS): Promise<string> {
    const { id } = await platform.workflows.create(scope, {
      customerId: scope.customerId,
      name: 'Order',
      definition: definitionOf(steps),
    })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    return id
  }

  /** Runs the workflow once for real. */
  async function runOnce(workflowId: string, input: JsonValue): Promise<RunId> {
    const { id } = await platform.runs.start(scope, { workflowId, input, waitSeconds: 0, callerId: 'test' })
    await platform.engine.execute([id as RunId])
    return id as RunId
  }

  async function recorded(steps: JsonValue[] = STEPS) {
    const id = await publish(steps)
    const runId = await runOnce(id, { amount: 3 })
    const test = await platform.storedTests.record(scope, id, { runId, name: 'A big order' })
    shop.calls = 0
    return { id, test }
  }

  /** What the tests find in the draft with other steps. */
  async function differencesWith(id: string, steps: JsonValue[]) {
    const [result] = await platform.storedTests.run(scope, id, definitionOf(steps))
    return result?.lastResult?.differences
  }

  it('is made of a run, and passes without calling anybody', async () => {
    const { id, test } = await recorded()
    expect(test).toMatchObject({
      input: { amount: 3 },
      recorded: ['ask', 'big'],
      expected: { status: 'succeeded', outputs: { sum: { total: 123 } } },
      lastResult: null,
    })
    expect(test.expected.ran.toSorted()).toEqual(['ask', 'big', 'size', 'sum'])
    const [result] = await platform.storedTests.run(scope, id)
    expect(result?.lastResult).toMatchObject({ outcome: 'passed', differences: [] })
    expect(shop.calls).toBe(0)
    expect((await platform.storedTests.list(scope, id))[0]?.lastResult?.outcome).toBe('passed')
  })

  it('says what a change of the draft would change', async () => {
    const { id } = await recorded()
    const [ask, sum, size] = STEPS
    const halved = { ...sum, values: { total: '{{ steps.ask.output.price }}' } } as JsonObject
    expect(await differencesWith(id, [ask ?? {}, halved, size ?? {}])).toEqual([
      { kind: 'unknown', stepId: 'small' },
      { kind: 'missing', stepId: 'big' },
      { kind: 'output', stepId: 'sum', expected: { total: 123 }, actual: { total: 41 } },
    ])
    const failing = { ...sum, values: { total: '{{ steps.ask.output.nothing.there }}' } } as JsonObject
    expect(await differencesWith(id, [ask ?? {}, failing, size ?? {}])).toMatchObject([
      { kind: 'status', expected: 'succeeded', actual: 'failed', error: { stepId: 'sum' } },
      { kind: 'missing', stepId: 'size' },
      { kind: 'missing', stepId: 'big' },
    ])
    expect(await differencesWith(id, [...STEPS, { id: 'more', type: 'set', values: {} }])).toEqual([
      { kind: 'unexpected', stepId: 'more' },
    ])
    expect(await differencesWith(id, [{ id: 'ask', type: 'nonsense' }])).toMatchObject([{ kind: 'invalid' }])
    expect(shop.calls).toBe(0)
  })

  it('expects what somebody says in place of what was recorded', async () => {
    const { id, test } = await recorded()
    const expected = { ...test.expected, outputs: { sum: { total: 7 } } }
    await platform.storedTests.update(scope, test.id, { expected, name: 'Seven' })
    const [result] = await platform.storedTests.run(scope, id)
    expect(result).toMatchObject({ name: 'Seven', lastResult: { outcome: 'failed' } })
    await platform.storedTests.delete(scope, test.id)
    expect(await platform.storedTests.list(scope, id)).toEqual([])
    await expect(platform.storedTests.delete(scope, test.id)).rejects.toMatchObject({ code: 'workflow_test.not_found' })
  })

  it('is not made of a run that did not end, nor of another workflow’s', async () => {
    const id = await publish()
    const request = { workflowId: id, input: { amount: 1 }, waitSeconds: 0, callerId: 'test' }
    const { id: runId } = await platform.runs.start(scope, request)
    const record = () => platform.storedTests.record(scope, id, { runId, name: 'Early' })
    await expect(record()).rejects.toMatchObject({ code: 'workflow_test.not_recordable' })
    await platform.engine.execute([runId as RunId])
    const other = await publish([])
    await expect(platform.storedTests.record(scope, other, { runId, name: 'Other' })).rejects.toMatchObject({
      code: 'workflow_test.not_recordable',
    })
    expect((await record()).expected.ran).toContain('small')
  })

  it('is nobody else’s', async () => {
    const { id, test } = await recorded()
    const stranger = await platform.addTenant()
    await expect(platform.storedTests.list(stranger, id)).rejects.toMatchObject({ code: 'workflow.not_found' })
    await expect(platform.storedTests.update(stranger, test.id, { name: 'Taken' })).rejects.toMatchObject({
      code: 'workflow_test.not_found',
    })
  })
})
