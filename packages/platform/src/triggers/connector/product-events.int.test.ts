import type { CustomerId, JsonObject, JsonValue, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from '../../runs/test-platform.js'
import { createConnectorTriggerRunner } from './loop.js'
import { acmeConnector } from './test-acme.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

interface Scope {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
}

/** As the product's own connector is served: nothing has to be connected. */
const ownConnector = { ...acmeConnector, connection: 'none' as const, auth: [] }

describe.skipIf(serverUrl === undefined)("a connector's trigger on events of the product", () => {
  let platform: TestPlatform
  let scope: Scope

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: [ownConnector] })
    scope = await platform.addTenant()
  })

  afterAll(() => platform?.close())

  async function publish(input: JsonObject, within = scope, trigger = 'paid'): Promise<string> {
    const id = await publishAlone(input, within, trigger)
    const runner = createConnectorTriggerRunner(platform.triggerDeps)
    while ((await runner.take()) > 0) await runner.idle()
    return id
  }

  /** No worker has seen the trigger yet. */
  async function publishAlone(input: JsonObject, within = scope, name = 'paid'): Promise<string> {
    const trigger = { type: 'connector', connector: 'acme', trigger: name, input }
    const definition = { schema: 'inlay/workflow@1', name: 'Paid', trigger, steps: [] }
    const { customerId } = within
    const { id } = await platform.workflows.create(within, { customerId, name: 'Paid', definition })
    await platform.workflows.publish(within, id, { publishedBy: 'test' })
    return id
  }

  async function started(workflowId: string, within = scope): Promise<JsonValue[]> {
    const { data } = await platform.runs.list(within, { workflowId, limit: 100 })
    const runs = await Promise.all(data.map(({ id }) => platform.runs.get(within, id)))
    return runs.reverse().map(({ trigger }) => trigger)
  }

  function send(payload: JsonValue, { id, within = scope }: { id?: string; within?: Scope } = {}) {
    return platform.events.publish(within, {
      name: 'order.paid',
      customerId: within.customerId,
      payload,
      id,
      callerId: 'test',
    })
  }

  it('starts with the payload of events whose fields are as its input says, once for each id', async () => {
    const [all, berlin] = [await publish({}), await publish({ shop: 'berlin' })]
    await send({ name: 'a', shop: 'berlin' }, { id: 'evt-1' })
    await send({ name: 'a', shop: 'berlin' }, { id: 'evt-1' })
    await send({ name: 'b', shop: 'oslo' })
    await platform.events.publish(scope, { ...scope, name: 'order.sent', payload: { name: 'c' }, callerId: 'test' })
    expect(await started(all)).toEqual([
      { name: 'a', shop: 'berlin' },
      { name: 'b', shop: 'oslo' },
    ])
    expect(await started(berlin)).toEqual([{ name: 'a', shop: 'berlin' }])
  })

  it('hears of what happens right after publishing, before a worker has seen the trigger', async () => {
    const within = { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) }
    const id = await publishAlone({}, within)
    await send({ name: 'at once' }, { within })
    await platform.events.publish(within, { ...within, name: 'order.sent', payload: { name: 'c' }, callerId: 'test' })
    expect(await started(id, within)).toEqual([{ name: 'at once' }])
  })

  it('leaves out what is not what it promises, and hears nothing of other customers', async () => {
    const sibling = { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) }
    const id = await publish({}, sibling)
    await send({ name: 'mine' })
    await send({ total: 7 }, { within: sibling })
    expect(await started(id, sibling)).toEqual([])
    const { connector } = (await platform.workflows.get(sibling, id)).trigger
    expect(connector).toMatchObject({ kind: 'event', status: 'active', detail: expect.stringContaining('left out') })
  })
})
