import type { CustomerId, JsonObject, RunId, TenantId, TenantScope } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApprovalStore } from '../approvals/index.js'
import { ConnectionStore } from '../connections/index.js'
import { lookupOf } from '../database/index.js'
import { EventStore } from '../events/index.js'
import { UploadStore } from '../files/index.js'
import { openWorkflowStores, WorkflowStore, type WorkflowStores } from '../workflows/index.js'
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
  search: async (store, scope, { workflowId }) => (await store.search(scope, { ...page, workflowId }, 'run_')).rows,
  find: (store, scope, { runId }) => store.find(scope, runId),
  steps: (store, scope, { runId }) => store.steps(scope, runId),
  stepOutput: (store, scope, { runId }) => store.stepOutput(scope, runId, { stepPath: 'a', iteration: '0' }),
  logs: (store, scope, { runId }) => store.logs(scope, runId, { stepPath: 'a', iteration: '0' }),
  failed: (store, scope, { workflowId }) => store.failed(scope, { workflowId, limit: 10 }),
  startable: (store, scope, { workflowId }) => store.startable(scope, workflowId),
  status: (store, scope, { runId }) => store.status(scope, runId),
  newest: (store, scope, { workflowId }) => store.newest(scope, { workflowId }, 10),
  hasCustomer: async (store, scope, { scope: owner }) =>
    (await store.hasCustomer(scope, owner.customerId)) ? 'found' : undefined,
}

const WORKFLOWS: Calls<WorkflowStore> = {
  list: (store, scope, { scope: owner }) => store.list(scope, { ...page, customerId: owner.customerId }),
  find: (store, scope, { workflowId }) => store.find(scope, workflowId),
  insert: (store, scope, { scope: owner }) =>
    store
      .insert(scope, { id: 'wf_x' as never, customerId: owner.customerId, name: 'x', draft: {}, limit: null })
      .then((outcome) => outcome !== 'no_customer'),
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
        pins: {},
      })
      // The row security policy or the composite foreign key refuses it.
      .then(
        () => 'inserted',
        () => undefined,
      ),
  draftRevision: (store, scope, { workflowId }) => store.draftRevision(scope, workflowId),
  pinsOf: async (store, scope, { versionId }) => Object.keys(await store.pinsOf(scope, versionId)),
  listVersions: (store, scope, { workflowId }) => store.listVersions(scope, workflowId, page),
  findVersion: (store, scope, { workflowId }) => store.findVersion(scope, workflowId, 1),
  findVersionById: (store, scope, { versionId }) => store.findVersionById(scope, versionId),
  latestVersion: (store, scope, { workflowId }) => store.latestVersion(scope, workflowId as never),
  delete: (store, scope, { workflowId }) => store.delete(scope, workflowId),
  openRuns: (store, scope, { workflowId }) => store.openRuns(scope, workflowId, 10),
  samples: (store, scope, { workflowId }) => store.samples(scope, workflowId),
}

const SAMPLES: Calls<WorkflowStores['samples']> = {
  list: (store, scope, { workflowId }) => store.list(scope, workflowId),
  pins: async (store, scope, { workflowId }) => Object.keys(await store.pins(scope, workflowId)),
  keep: (store, scope, { workflowId }) =>
    store.keep(scope, { workflowId, stepId: 'a', isPinned: true, value: 'taken' }, 10),
  unpin: (store, scope, { workflowId }) => store.unpin(scope, workflowId, 'a'),
}

const EXPECTED = { status: 'succeeded' as const, ran: [], outputs: {} }
const TEST_ID = 'wft_mine'

const TESTS: Calls<WorkflowStores['tests']> = {
  list: (store, scope, { workflowId }) => store.list(scope, workflowId),
  find: (store, scope) => store.find(scope, TEST_ID),
  insert: (store, scope, { workflowId }) =>
    store.insert(
      scope,
      { id: 'wft_x', workflow_id: workflowId, name: 'x', input: {}, pins: {}, expected: EXPECTED },
      10,
    ),
  update: (store, scope) => store.update(scope, { id: TEST_ID, name: 'Taken', expected: EXPECTED }),
  keepResult: (store, scope) =>
    store.keepResult(scope, TEST_ID, { outcome: 'passed', differences: [], durationMs: 0, at: '2026-01-01' }),
  delete: (store, scope) => store.delete(scope, TEST_ID),
}

const CONNECTIONS: Calls<ConnectionStore> = {
  grants: (store, scope, { connectionId }) => store.grants(scope, [connectionId]),
  list: (store, scope, { scope: owner }) => store.list(scope, { ...page, customerId: owner.customerId }),
  ofAccount: (store, scope) => store.ofAccount(scope, 'shop', ACCOUNT.id),
  usage: (store, scope, { scope: owner }) => store.usage(scope, owner.customerId),
  find: (store, scope, { connectionId }) => store.find(scope, connectionId),
  findSealed: (store, scope, { connectionId }) => store.findSealed(scope, connectionId),
  within: (store, scope) => store.within(scope, (sql) => sql`SELECT id FROM inlay.connections`),
  insert: (store, scope, { scope: owner }) =>
    store
      .within(scope, (sql) =>
        store.insert(sql, scope, { ...CONNECTION, id: 'con_x' as never, customer_id: owner.customerId }),
      )
      .then(
        () => 'inserted',
        () => undefined,
      ),
  rename: (store, scope, { connectionId: id }) =>
    store.within(scope, (sql) => store.rename(sql, scope, { id, name: 'Taken' })),
  replaceValues: (store, scope, { connectionId: id }) =>
    store.within(scope, (sql) =>
      store.replaceValues(sql, scope, { ...CONNECTION, id: id as never, status: 'failing' }),
    ),
  replaceTokens: (store, scope, { connectionId: id }) =>
    store.within(scope, (sql) =>
      store.replaceTokens(sql, scope, { id, tokens: Buffer.from('taken'), scopes: [], expiresAt: null }),
    ),
  setAccount: (store, scope, { connectionId: id }) =>
    store.within(scope, (sql) => store.setAccount(sql, scope, { id, account: { id: 'taken', label: 'Taken' } })),
  setStatus: (store, scope, { connectionId: id }) =>
    store.within(scope, (sql) => store.setStatus(sql, scope, { id, status: 'failing', detail: 'Taken' })),
  setReconnectNeeded: (store, scope, { connectionId: id }) =>
    store.within(scope, (sql) => store.setReconnectNeeded(sql, scope, { id, detail: 'Taken' })),
  delete: (store, scope, { connectionId: id }) => store.within(scope, (sql) => store.delete(sql, scope, id)),
}

const ACCOUNT = { id: 'acc_1', label: 'Acme' }
const CONNECTION = {
  connector: 'shop',
  method: null,
  auth_kind: null,
  name: 'Mine',
  status: 'ok' as const,
  detail: null,
  fields: {},
  secret: Buffer.alloc(0),
}

const ADDRESS = { stepPath: 'ask', iteration: '0' }
const TOKEN = 'token'

const APPROVALS: Calls<ApprovalStore> = {
  list: (store, scope, { runId }) => store.list(scope, { ...page, runId }),
  find: (store, scope, { runId }) => store.find(scope, { runId, ...ADDRESS }),
  // In no scope at all: the token of another wait.
  findByToken: (store) => store.findByToken(`${TOKEN}x`),
}

const EVENT = { eventId: 'e1', name: 'order.paid', payload: {} }

const EVENTS: Calls<EventStore> = {
  targets: (store, { tenantId, customerId = 'cus_none' as CustomerId }) =>
    store.targets({ ...EVENT, tenantId, customerId }),
  publisherTrigger: (store, { tenantId, customerId = 'cus_none' as CustomerId }, { runId }) =>
    store.publisherTrigger({ ...EVENT, eventId: `${runId}/a/0`, tenantId, customerId }),
  hasCustomer: (store, scope, { scope: owner }) => store.hasCustomer(scope, owner.customerId),
}

const UPLOAD = { id: `file_${'0a'.repeat(16)}`, name: 'mine.txt', content_type: 'text/plain', size: 4 }

const UPLOADS: Calls<UploadStore> = {
  insert: (store, scope, { scope: owner }) =>
    store.insert(scope, { ...UPLOAD, id: `file_${'0b'.repeat(16)}`, customer_id: owner.customerId }),
  find: (store, scope) => store.find(scope, UPLOAD.id),
  existing: (store, scope) => store.existing(scope, { ids: [UPLOAD.id], customerId: scope.customerId }),
  delete: (store, scope) => store.delete(scope, UPLOAD.id),
  removeUnused: (store, scope) =>
    store.removeUnused(scope, UPLOAD.id, {
      snapshotsSince: new Date(),
      within: () => Promise.reject(new Error('A row was found.')),
    }),
}

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
    const store = new ConnectionStore(platform.test.database)
    await store.within(scope, async (sql) => {
      await store.insert(sql, scope, { ...CONNECTION, id: connectionId as never, customer_id: customerId })
      await store.setAccount(sql, scope, { id: connectionId, account: ACCOUNT })
    })
    const { admin } = platform.test
    await admin`UPDATE inlay.runs SET status = 'failed' WHERE id = ${id}`
    await admin`INSERT INTO inlay.waits (run_id, tenant_id, customer_id, step_path, iteration, kind, token_hash, detail, looked)
      VALUES (${id}, ${scope.tenantId}, ${customerId}, 'ask', '0', 'approval', ${lookupOf(TOKEN)}, '{}', true)`
    await admin`INSERT INTO inlay.event_triggers (tenant_id, workflow_id, customer_id, version_id, name, enabled)
      VALUES (${scope.tenantId}, ${workflowId}, ${customerId}, ${versionId}, ${EVENT.name}, true)`
    await admin`INSERT INTO inlay.events (tenant_id, event_id, customer_id, name, payload)
      VALUES (${scope.tenantId}, ${EVENT.eventId}, ${customerId}, ${EVENT.name}, '{}')`
    const stores = openWorkflowStores(platform.test.database)
    await stores.samples.keep(scope, { workflowId, stepId: 'a', isPinned: true, value: 'mine' }, 10)
    const kept = { id: TEST_ID, workflow_id: workflowId, name: 'Mine', input: {}, pins: {}, expected: EXPECTED }
    await stores.tests.insert(scope, kept, 10)
    await new UploadStore(platform.test.database).insert(scope, { ...UPLOAD, customer_id: customerId })
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
    ['SampleStore', () => openWorkflowStores(platform.test.database).samples, SAMPLES as Calls<never>],
    ['StoredTestStore', () => openWorkflowStores(platform.test.database).tests, TESTS as Calls<never>],
    ['ConnectionStore', () => new ConnectionStore(platform.test.database), CONNECTIONS as Calls<never>],
    ['ApprovalStore', () => new ApprovalStore(platform.test.database), APPROVALS as Calls<never>],
    ['EventStore', () => new EventStore(platform.test.database), EVENTS as Calls<never>],
    ['UploadStore', () => new UploadStore(platform.test.database), UPLOADS as Calls<never>],
  ]

  it.each(stores)('are looked for with every method of the %s', (_name, open, calls) => {
    expect(Object.keys(calls).sort()).toEqual(methodsOf(open()))
  })

  it.each(stores)('are not reached from elsewhere through the %s', async (_name, open, calls) => {
    const before = await snapshot()
    for (const [who, scope] of Object.entries(strangers)) {
      for (const [method, call] of Object.entries(calls)) {
        const found = await call(open() as never, scope, owned)
        expect(isNothing(found), `${method} by ${who} found ${JSON.stringify(found)}`).toBe(true)
      }
    }
    expect(await snapshot()).toEqual(before)
  })

  it('are reached by their owner, so that the calls above look for something', async () => {
    const { database } = platform.test
    const { scope } = owned
    const runs = ['list', 'find', 'steps', 'stepOutput', 'failed', 'startable', 'status', 'newest'] as const
    const found = await Promise.all([
      ...runs.map((method) => RUNS[method]?.(new RunStore(database), scope, owned)),
      WORKFLOWS['latestVersion']?.(new WorkflowStore(database), scope, owned),
      APPROVALS['list']?.(new ApprovalStore(database), scope, owned),
      APPROVALS['find']?.(new ApprovalStore(database), scope, owned),
      new ApprovalStore(database).findByToken(TOKEN),
      EVENTS['targets']?.(new EventStore(database), scope, owned),
      EVENTS['publisherTrigger']?.(new EventStore(database), scope, owned),
      EVENTS['hasCustomer']?.(new EventStore(database), scope, owned),
      UPLOADS['find']?.(new UploadStore(database), scope, owned),
      UPLOADS['existing']?.(new UploadStore(database), scope, owned),
    ])
    expect(found.filter(isNothing)).toEqual([])
  })

  async function snapshot(): Promise<unknown> {
    const { admin } = platform.test
    return Promise.all([
      admin`SELECT * FROM inlay.connections ORDER BY id`,
      admin`SELECT * FROM inlay.waits ORDER BY run_id`,
      admin`SELECT * FROM inlay.step_samples ORDER BY step_id`,
      admin`SELECT * FROM inlay.workflow_tests ORDER BY id`,
      admin`SELECT * FROM inlay.uploads ORDER BY id`,
      admin`SELECT * FROM inlay.workflows ORDER BY id`,
      admin`SELECT * FROM inlay.workflow_versions ORDER BY id`,
      admin`SELECT id, data_key FROM inlay.customers ORDER BY id`,
    ])
  }
})
