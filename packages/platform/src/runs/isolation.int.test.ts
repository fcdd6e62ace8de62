import type { CustomerId, JsonObject, RunId, TenantId, TenantScope } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConnectionStore } from '../connections/index.js'
import { WorkflowStore } from '../workflows/index.js'
import { RunStore } from './store.js'
import { createTestPlatform, type TestPlatform } from './test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

/** What belongs to one customer. */
interface Owned {
  readonly scope: { readonly tenantId: TenantId; readonly customerId: CustomerId }
  readonly workflowId: string
  readonly versionId: string
  readonly runId: RunId
  readonly connectionId: string
}

/** Calls of each method of the stores about somebody's rows, in a scope that is not theirs. Each must find or change nothing. */
type Calls<Store> = Record<string, (store: Store, scope: TenantScope, owned: Owned) => Promise<unknown>>

const page = { limit: 100 }

const RUNS: Calls<RunStore> = {
  list: (store, scope, { workflowId }) => store.list(scope, { ...page, workflowId }),
  find: (store, scope, { runId }) => store.find(scope, runId),
  steps: (store, scope, { runId }) => store.steps(scope, runId),
  startable: (store, scope, { workflowId }) => store.startable(scope, workflowId),
  status: (store, scope, { runId }) => store.status(scope, runId),
  newest: (store, scope, { workflowId }) => store.newest(scope, workflowId, 10),
}

const WORKFLOWS: Calls<WorkflowStore> = {
  list: (store, scope, { scope: owner }) => store.list(scope, { ...page, customerId: owner.customerId }),
  find: (store, scope, { workflowId }) => store.find(scope, workflowId),
  insert: (store, scope, { scope: owner }) =>
    store.insert(scope, { id: 'wf_x' as never, customerId: owner.customerId, name: 'x', draft: {} }),
  update: (store, scope, { workflowId }) =>
    store.update(scope, workflowId, { name: 'Taken', within: () => Promise.reject(new Error('A row was found.')) }),
  saveDraft: (store, scope, { workflowId }) => store.saveDraft(scope, workflowId, { draft: {}, baseRevision: 1 }),
  publish: (store, scope, { workflowId, scope: owner }) =>
    store.publish(scope, {
      version: {
        id: 'ver_x' as never,
        workflow: { id: workflowId as never, customer_id: owner.customerId },
        definition: {},
        responds: false,
        publishedBy: null,
      },
      revision: 1,
      within: () => Promise.reject(new Error('A row was found.')),
    }),
  insertSnapshot: (store, scope, { workflowId, scope: owner }) =>
    store
      .insertSnapshot(scope, {
        id: 'ver_x' as never,
        workflow: { id: workflowId as never, customer_id: owner.customerId },
        definition: {},
        responds: false,
        publishedBy: null,
      })
      // The row security policy or the composite foreign key refuses it.
      .then(
        () => 'inserted',
        () => undefined,
      ),
  listVersions: (store, scope, { workflowId }) => store.listVersions(scope, workflowId, page),
  findVersion: (store, scope, { workflowId }) => store.findVersion(scope, workflowId, 1),
  findVersionById: (store, scope, { versionId }) => store.findVersionById(scope, versionId),
  delete: (store, scope, { workflowId }) => store.delete(scope, workflowId),
  openRuns: (store, scope, { workflowId }) => store.openRuns(scope, workflowId, 10),
  samples: (store, scope, { workflowId }) => store.samples(scope, workflowId),
}

const CONNECTIONS: Calls<ConnectionStore> = {
  list: (store, scope, { scope: owner }) => store.list(scope, { ...page, customerId: owner.customerId }),
  find: (store, scope, { connectionId }) => store.find(scope, connectionId),
  insert: (store, scope, { scope: owner }) =>
    store
      .insert(scope, {
        id: 'con_x' as never,
        customer_id: owner.customerId,
        connector: 'x',
        name: 'x',
        status: 'ok',
        detail: null,
        fields: {},
        secret: Buffer.alloc(0),
      })
      .then(
        () => 'inserted',
        () => undefined,
      ),
  rename: (store, scope, { connectionId }) => store.rename(scope, connectionId, 'Taken'),
  replaceValues: (store, scope, { connectionId }) =>
    store.replaceValues(scope, connectionId, { status: 'failing', fields: {}, secret: Buffer.alloc(0) }),
  setStatus: (store, scope, { connectionId }) =>
    store.setStatus(scope, connectionId, { status: 'failing', detail: 'Taken' }),
  delete: (store, scope, { connectionId }) => store.delete(scope, connectionId),
  readKey: (store, scope, { scope: owner }) => store.readKey({ ...owner, tenantId: scope.tenantId }),
  keepKey: (store, scope, { scope: owner }) =>
    store.keepKey({ ...owner, tenantId: scope.tenantId }, Buffer.from('taken')),
}

/** Keys belong to a customer whom their scope names: only the tenant can be another. */
const BY_TENANT_ONLY = new Set(['readKey', 'keepKey'])

function methodsOf(store: object): string[] {
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(store))
  // `run` is how a store calls the database.
  return names.filter((name) => name !== 'constructor' && name !== 'run').sort()
}

function isNothing(found: unknown): boolean {
  return found === undefined || found === false || (Array.isArray(found) && found.length === 0)
}

describe.skipIf(serverUrl === undefined)('rows of one tenant and customer', () => {
  let platform: TestPlatform
  let owned: Owned
  let strangers: Record<'another tenant' | 'another customer', TenantScope>

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '' })
    const scope = await platform.addTenant()
    const definition: JsonObject = {
      schema: 'inlay/workflow@1',
      name: 'Mine',
      trigger: { type: 'webhook' },
      steps: [{ id: 'a', type: 'set', values: { x: 1 } }],
    }
    const { customerId } = scope
    const { id: workflowId } = await platform.workflows.create(scope, { customerId, name: 'Mine', definition })
    const { id: versionId } = await platform.workflows.publish(scope, workflowId, { publishedBy: 'test' })
    const request = { workflowId, input: {}, waitSeconds: 0, callerId: 'test' }
    const { id } = await platform.runs.start(scope, request)
    await platform.engine.execute([id as RunId])
    const connectionId = 'con_mine'
    await new ConnectionStore(platform.test.database).insert(scope, {
      id: connectionId as never,
      customer_id: customerId,
      connector: 'shop',
      name: 'Mine',
      status: 'ok',
      detail: null,
      fields: {},
      secret: Buffer.from('x'),
    })
    owned = { scope, workflowId, versionId, runId: id as RunId, connectionId }
    strangers = {
      'another tenant': await platform.addTenant(),
      'another customer': { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) },
    }
  })

  afterAll(() => platform?.close())

  const stores: readonly [string, () => object, Calls<never>][] = [
    ['RunStore', () => new RunStore(platform.test.database), RUNS as Calls<never>],
    ['WorkflowStore', () => new WorkflowStore(platform.test.database), WORKFLOWS as Calls<never>],
    ['ConnectionStore', () => new ConnectionStore(platform.test.database), CONNECTIONS as Calls<never>],
  ]

  it.each(stores)('are looked for with every method of the %s', (_name, open, calls) => {
    expect(Object.keys(calls).sort()).toEqual(methodsOf(open()))
  })

  it.each(stores)('are not reached from elsewhere through the %s', async (_name, open, calls) => {
    const before = await snapshot()
    for (const [who, scope] of Object.entries(strangers)) {
      for (const [method, call] of Object.entries(calls)) {
        if (who === 'another customer' && BY_TENANT_ONLY.has(method)) continue
        const found = await call(open() as never, scope, owned)
        expect(isNothing(found), `${method} by ${who} found ${JSON.stringify(found)}`).toBe(true)
      }
    }
    expect(await snapshot()).toEqual(before)
  })

  it('are reached by their owner, so that the calls above look for something', async () => {
    const found = await Promise.all(
      (['list', 'find', 'steps', 'startable', 'status', 'newest'] as const).map((method) =>
        RUNS[method]?.(new RunStore(platform.test.database), owned.scope, owned),
      ),
    )
    expect(found.filter(isNothing)).toEqual([])
  })

  async function snapshot(): Promise<unknown> {
    const { admin } = platform.test
    return Promise.all([
      admin`SELECT * FROM inlay.connections ORDER BY id`,
      admin`SELECT * FROM inlay.workflows ORDER BY id`,
      admin`SELECT * FROM inlay.workflow_versions ORDER BY id`,
      admin`SELECT id, data_key FROM inlay.customers ORDER BY id`,
    ])
  }
})
