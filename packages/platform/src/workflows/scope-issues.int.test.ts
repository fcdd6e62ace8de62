import type { Connector, CustomerId, JsonObject, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

const common = { description: 'For tests.', input: z.object({}), output: z.object({}), options: {}, schemas: {} }

const shop: Connector = {
  ...{ id: 'shop', version: '1.0.0', name: 'Shop', description: 'A shop.', categories: [], connection: 'required' },
  auth: [
    {
      ...{ id: 'oauth2', kind: 'oauth2', name: 'Sign in', tokenUrl: 'https://shop.test/token' },
      authorizationUrl: 'https://shop.test/authorize',
      scopes: [
        { scope: 'orders.read', description: 'See orders' },
        { scope: 'orders.write', description: 'Create orders', optional: true },
      ],
    },
  ],
  actions: {
    create: { ...common, name: 'Create an order', scopes: ['orders.read', 'orders.write'], run: async () => ({}) },
  },
  triggers: {
    made: {
      ...{ ...common, kind: 'polling', name: 'New order', scopes: ['orders.write'], sampleOutput: {} },
      poll: async ({ cursor }) => ({ items: [], cursor }),
    },
  },
}

describe.skipIf(serverUrl === undefined)('permissions that a connection lacks', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: [shop] })
    scope = await platform.addTenant()
  })

  afterAll(() => platform?.close())

  async function connect(scopes: readonly string[]): Promise<string> {
    const given = { customerId: scope.customerId, connector: 'shop', method: 'oauth2', name: 'Main shop', fields: {} }
    const tokens = { accessToken: 'test-token', scopes, extra: {} }
    return (await platform.connections.createAuthorized(scope, { ...given, tokens })).id
  }

  function definitionOf(connection: string, isTriggered = false): JsonObject {
    const trigger = isTriggered
      ? { type: 'connector', connector: 'shop', trigger: 'made', connection, input: {} }
      : { type: 'webhook' }
    const step = { id: 'order', type: 'action', connector: 'shop', action: 'create', connection, input: {} }
    return { schema: 'inlay/workflow@1', name: 'Orders', trigger, steps: [step] }
  }

  async function draft(definition: JsonObject): Promise<string> {
    const { customerId } = scope
    const { id, draft: empty } = await platform.workflows.create(scope, { customerId, name: 'Orders' })
    await platform.workflows.saveDraft(scope, id, { definition, baseRevision: empty.revision })
    return id
  }

  const publish = (id: string) => platform.workflows.publish(scope, id, { publishedBy: 'test' })

  it('are issues of the draft that keep it from being published, until the account is connected again', async () => {
    const connection = await connect(['orders.read'])
    const id = await draft(definitionOf(connection, true))
    const lacking = { connection: 'Main shop', connector: 'Shop', permissions: 'Create orders ("orders.write")' }
    const issues = [
      {
        code: 'connection.lacks_permissions',
        pointer: '/steps/0/connection',
        details: lacking,
        stepId: 'order',
        message:
          '"Create an order" needs permissions of Shop that the connection "Main shop" does not have: Create orders ("orders.write"). Reconnect it and allow them.',
      },
      {
        code: 'connection.lacks_permissions',
        pointer: '/trigger/connection',
        details: lacking,
        message:
          '"New order" needs permissions of Shop that the connection "Main shop" does not have: Create orders ("orders.write"). Reconnect it and allow them.',
      },
    ]
    expect((await platform.workflows.get(scope, id)).draft.issues).toEqual(issues)
    await expect(publish(id)).rejects.toMatchObject({ code: 'definition.invalid', data: { issues } })
    const tokens = { accessToken: 'test-token', scopes: ['orders.read', 'orders.write'], extra: {} }
    await platform.connections.reauthorize(scope, connection, { tokens })
    expect((await publish(id)).number).toBe(1)
  })

  it('keep a workflow from being switched on, but not from being switched off', async () => {
    const connection = await connect(['orders.read', 'orders.write'])
    const id = await draft(definitionOf(connection))
    await publish(id)
    const tokens = { accessToken: 'test-token', scopes: ['orders.read'], extra: {} }
    await platform.connections.reauthorize(scope, connection, { tokens })
    expect((await platform.workflows.update(scope, id, { enabled: false })).enabled).toBe(false)
    await expect(platform.workflows.update(scope, id, { enabled: true })).rejects.toMatchObject({
      code: 'definition.invalid',
      data: { issues: [{ stepId: 'order' }] },
    })
  })

  it('are none when the service does not say what it granted', async () => {
    expect((await publish(await draft(definitionOf(await connect([]))))).number).toBe(1)
  })
})
