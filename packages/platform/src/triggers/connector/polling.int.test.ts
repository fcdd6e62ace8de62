import { type CustomerId, type Engine, type JsonObject, type JsonValue, StepError, type TenantId } from '@inlay/engine'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from '../../runs/test-platform.js'
import { type ConnectorTriggerDeps, createConnectorTriggerRunner } from './loop.js'
import { type Acme, acmeConnector, startAcme, strange } from './test-acme.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

interface Scope {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
}

describe.skipIf(serverUrl === undefined)('a polling trigger', () => {
  let platform: TestPlatform
  let acme: Acme
  let scope: Scope
  let connection: string

  beforeAll(async () => {
    const options = { connectors: [acmeConnector], egressAllow: ['127.0.0.0/8'] }
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', ...options })
    scope = await platform.addTenant()
  })

  afterAll(() => platform?.close())

  beforeEach(async () => {
    acme = await startAcme()
    connection = await connect(scope)
  })

  afterEach(async () => {
    await platform.test.admin`DELETE FROM inlay.connector_triggers`
    await platform.test.admin`DELETE FROM inlay.workflows`
    await acme.close()
  })

  async function connect(within: Scope): Promise<string> {
    const values = { apiKey: 'test-key', url: acme.url }
    const given = { customerId: within.customerId, connector: 'acme', name: 'Acme', values }
    return (await platform.connections.create(within, given)).id
  }

  async function publish(trigger: JsonObject = {}, within = scope): Promise<string> {
    const start = { type: 'connector', connector: 'acme', trigger: 'item', connection, input: {}, ...trigger }
    const definition = { schema: 'inlay/workflow@1', name: 'Poll', trigger: start, steps: [] }
    const { id } = await platform.workflows.create(within, { customerId: within.customerId, name: 'Poll', definition })
    await platform.workflows.publish(within, id, { publishedBy: 'test' })
    return id
  }

  /** Works on all that is due until nothing is. */
  async function work(changes: Partial<ConnectorTriggerDeps> = {}): Promise<void> {
    const runner = createConnectorTriggerRunner({ ...platform.triggerDeps, ...changes })
    while ((await runner.take()) > 0) await runner.idle()
    await runner.close()
  }

  async function workLater(workflowId: string, changes: Partial<ConnectorTriggerDeps> = {}): Promise<void> {
    await platform.test.admin`UPDATE inlay.connector_triggers SET due_at = now() WHERE workflow_id = ${workflowId}`
    await work(changes)
  }

  async function state(id: string, within = scope) {
    return (await platform.workflows.get(within, id)).trigger.connector
  }

  /** What the runs of a workflow were started with, oldest first. */
  async function started(workflowId: string, within = scope): Promise<JsonValue[]> {
    const { data } = await platform.runs.list(within, { workflowId, limit: 100 })
    const runs = await Promise.all(data.map(({ id }) => platform.runs.get(within, id)))
    return runs.reverse().map(({ trigger }) => (trigger as { name: JsonValue }).name)
  }

  function add(...names: JsonValue[]): void {
    for (const name of names) acme.items.push({ id: `i${acme.items.length + 1}`, name })
  }

  it('starts nothing of what is there already, however many pages that has, and then each new thing once, in order', async () => {
    add('old 1', 'old 2', 'old 3')
    const id = await publish({ input: { size: 2 } })
    expect(await state(id)).toMatchObject({ status: 'starting', kind: null, lastPollAt: null })
    await work()
    expect(await started(id)).toEqual([])
    expect(await state(id)).toMatchObject({ status: 'active', kind: 'polling', detail: null })
    add('a', 'b', 'c', 'd', 'e')
    await workLater(id)
    await workLater(id)
    expect(await started(id)).toEqual(['a', 'b', 'c', 'd', 'e'])
    const { nextAt, lastPollAt } = (await state(id)) ?? {}
    const gap = Date.parse(nextAt ?? '') - Date.parse(lastPollAt ?? '')
    expect([gap >= 270_000, gap <= 330_000]).toEqual([true, true])
  })

  it('tells items apart by id, though the service forgets what it has told', async () => {
    add('old')
    strange.poll = async () => ({ items: acme.items.map(({ id, name }) => ({ id, data: { name } })), cursor: null })
    const id = await publish({ trigger: 'strange' })
    await work()
    add('a')
    acme.items.push({ id: 'i2', name: 'a again' })
    await workLater(id)
    add('b')
    await workLater(id)
    expect(await started(id)).toEqual(['a', 'b'])
  })

  it('loses nothing and doubles nothing when it dies between the runs and the cursor, or between two runs', async () => {
    const id = await publish()
    await work()
    add('a', 'b', 'c')
    let left = 2
    const dying: Pick<Engine, 'start'> = {
      start: (run) => (left-- > 0 ? platform.engine.start(run) : Promise.reject(new Error('the process is gone'))),
    }
    await workLater(id, { engine: dying })
    expect(await started(id)).toEqual(['a', 'b'])
    // Nor is the cursor written when the database goes away after the last run.
    await platform.test.admin`ALTER TABLE inlay.trigger_items RENAME TO hidden`
    await workLater(id).finally(() => platform.test.admin`ALTER TABLE inlay.hidden RENAME TO trigger_items`)
    await workLater(id)
    await workLater(id)
    expect(await started(id)).toEqual(['a', 'b', 'c'])
  })

  it('is polled by one worker at a time, and one that lost its lease writes nothing', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => publish()))
    const runners = [0, 1, 2].map(() => createConnectorTriggerRunner(platform.triggerDeps))
    const taken = await Promise.all(runners.map((runner) => runner.take()))
    await Promise.all(runners.map((runner) => runner.idle()))
    expect(taken.reduce((sum, count) => sum + count)).toBe(12)
    expect(acme.calls.filter((call) => call === 'GET /items')).toHaveLength(12)
    const [id = ''] = ids
    add('a')
    let finish = (): void => undefined
    const slow = new Promise<void>((resolve) => {
      finish = resolve
    })
    const late: Pick<Engine, 'start'> = { start: async (run) => slow.then(() => platform.engine.start(run)) }
    const { admin } = platform.test
    await admin`UPDATE inlay.connector_triggers SET due_at = now() WHERE workflow_id = ${id}`
    const loser = createConnectorTriggerRunner({ ...platform.triggerDeps, engine: late })
    expect(await loser.take()).toBe(1)
    expect(await runners[0]?.take()).toBe(0)
    await admin`UPDATE inlay.connector_triggers SET lease_until = now() WHERE workflow_id = ${id}`
    await workLater(id)
    const [after] = await admin`SELECT generation, cursor FROM inlay.connector_triggers WHERE workflow_id = ${id}`
    finish()
    await loser.idle()
    expect(await admin`SELECT generation, cursor FROM inlay.connector_triggers WHERE workflow_id = ${id}`).toEqual([
      after,
    ])
    expect(await started(id)).toEqual(['a'])
  })

  it('lets the triggers of all tenants have their turn, though one has many', async () => {
    const other = await platform.addTenant()
    await Promise.all(Array.from({ length: 8 }, () => publish()))
    const mine = connection
    connection = await connect(other)
    const id = await publish({}, other)
    connection = mine
    const runner = createConnectorTriggerRunner({ ...platform.triggerDeps, concurrency: 4 })
    expect(await runner.take()).toBe(3)
    await runner.idle()
    expect(await state(id, other)).toMatchObject({ status: 'active' })
    while ((await runner.take()) > 0) await runner.idle()
  })

  it('waits as long as the service asks, tells what is wrong, and goes on where it was', async () => {
    const id = await publish()
    await work()
    acme.intercept = () => ({ status: 429, headers: { 'retry-after': '7200' } })
    add('a')
    await workLater(id)
    const limited = await state(id)
    expect(limited).toMatchObject({ status: 'active', detail: expect.stringContaining('429') })
    expect(Date.parse(limited?.nextAt ?? '')).toBeGreaterThan(Date.now() + 7_000_000)
    acme.intercept = () => ({ status: 401, body: { why: 'your test-key is not valid' } })
    await workLater(id)
    const refused = await state(id)
    expect(refused).toMatchObject({ status: 'failing', detail: expect.stringContaining('401') })
    expect(refused?.detail).not.toContain('test-key')
    acme.intercept = () => undefined
    await workLater(id)
    expect(await state(id)).toMatchObject({ status: 'active', detail: null })
    expect(await started(id)).toEqual(['a'])
  })

  it('is tried at once when its connection is mended', async () => {
    const id = await publish()
    acme.intercept = () => ({ status: 401 })
    await work()
    expect(await state(id)).toMatchObject({ status: 'failing' })
    acme.intercept = () => undefined
    await work()
    expect(await state(id)).toMatchObject({ status: 'failing' })
    await platform.connections.update(scope, connection, { values: { apiKey: 'another-test-key' } })
    await work()
    expect(await state(id)).toMatchObject({ status: 'active', detail: null })
  })

  it.each<[string, () => Promise<never> | Promise<unknown>, string]>([
    ['throws a text', () => Promise.reject('oh no'), 'failed unexpectedly'],
    ['gives nothing', () => Promise.resolve(undefined), "something else than a poll's result"],
    [
      'gives items without ids',
      () => Promise.resolve({ items: [{ data: {} }], cursor: null }),
      'something else than items',
    ],
    ['gives a function as its cursor', () => Promise.resolve({ items: [], cursor: () => 1 }), 'a poll'],
    ['gives a cursor without end', () => Promise.resolve({ items: [], cursor: 'x'.repeat(300_000) }), 'too large'],
    ['never answers', () => new Promise(() => undefined), 'did not answer within'],
  ])('that %s fails by itself, and says so', async (_name, poll, detail) => {
    const neighbour = await publish()
    const id = await publish({ trigger: 'strange' })
    strange.poll = poll as typeof strange.poll
    await work({ pollTimeoutMs: 200 })
    expect((await state(id))?.detail).toContain(detail)
    expect(await state(neighbour)).toMatchObject({ status: 'active', detail: null })
  })

  it('leaves out items that are not what it promises, and starts the others', async () => {
    const id = await publish()
    await work()
    add('a', 7, 'with \0', 'x'.repeat(2_000_000), 'b')
    await workLater(id)
    expect(await started(id)).toEqual(['a', 'b'])
    expect(await state(id)).toMatchObject({
      status: 'active',
      detail: expect.stringContaining('3 items were left out'),
    })
    await workLater(id)
    expect(await started(id)).toEqual(['a', 'b'])
  })

  it('leaves the credentials out of items that repeat them', async () => {
    const apiKey = 'a-test-key-that-is-long'
    await platform.connections.update(scope, connection, { values: { apiKey } })
    const id = await publish({ trigger: 'strange' })
    strange.poll = async () => ({ items: [], cursor: 1 })
    await work()
    strange.poll = async () => ({ items: [{ id: '1', data: { name: `sent with ${apiKey}` } }], cursor: 2 })
    await workLater(id)
    expect(await started(id)).toEqual(['sent with [redacted]'])
  })

  it('makes at most a thousand runs of one poll; the rest follow', async () => {
    const id = await publish()
    await work()
    add(...Array.from({ length: 1030 }, (_, n) => `n${n}`))
    const count = async (): Promise<number> => {
      const [row] = await platform.test.admin`SELECT count(*)::int AS n FROM inlay.runs WHERE workflow_id = ${id}`
      return Number(row?.['n'])
    }
    const runner = createConnectorTriggerRunner(platform.triggerDeps)
    await platform.test.admin`UPDATE inlay.connector_triggers SET due_at = now() WHERE workflow_id = ${id}`
    await runner.take()
    await runner.idle()
    expect(await count()).toBe(1000)
    await work()
    expect(await count()).toBe(1030)
  })

  it('is stopped after a week of failures, and begun anew by switching it off and on', async () => {
    const id = await publish()
    acme.intercept = () => ({ status: 500 })
    await work()
    await platform.test.admin`UPDATE inlay.connector_triggers SET failing_since = now() - interval '8 days'
      WHERE workflow_id = ${id}`
    await workLater(id)
    expect(await state(id)).toMatchObject({
      status: 'stopped',
      nextAt: null,
      detail: expect.stringContaining('a week'),
    })
    acme.intercept = () => undefined
    await platform.workflows.update(scope, id, { enabled: false })
    await platform.workflows.update(scope, id, { enabled: true })
    await work()
    expect(await state(id)).toMatchObject({ status: 'active', detail: null })
  })

  it('does not make up for what came while it was switched off, and goes on when it is published unchanged', async () => {
    const id = await publish()
    await work()
    await platform.workflows.update(scope, id, { enabled: false })
    add('missed')
    await work()
    expect(await state(id)).toMatchObject({ status: 'stopped', nextAt: null })
    await platform.workflows.update(scope, id, { enabled: true })
    await work()
    add('a')
    const { draft } = await platform.workflows.get(scope, id)
    const definition = { ...(draft.definition as JsonObject), steps: [{ id: 's', type: 'set', values: {} }] }
    await platform.workflows.saveDraft(scope, id, { definition, baseRevision: draft.revision })
    const version = await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    expect(version.definition).toMatchObject({ trigger: { version: '1.2.0' } })
    await workLater(id)
    expect(await started(id)).toEqual(['a'])
    const [run] = (await platform.runs.list(scope, { workflowId: id, limit: 1 })).data
    expect(run).toMatchObject({ versionNumber: 2 })
    expect(await platform.test.admin`SELECT 1 FROM inlay.connector_triggers WHERE workflow_id IS NULL`).toHaveLength(0)
  })

  it('stops when its workflow is switched off while it is polled', async () => {
    const id = await publish({ trigger: 'strange' })
    strange.poll = async () => ({ items: [], cursor: 1 })
    await work()
    strange.poll = async () => {
      await platform.workflows.update(scope, id, { enabled: false })
      return { items: [{ id: 'x', data: { name: 'x' } }], cursor: 2 }
    }
    await workLater(id)
    expect(await started(id)).toEqual([])
    expect(await state(id)).toMatchObject({ status: 'stopped' })
  })

  it('keeps values of its own, and gives a sample without keeping anything', async () => {
    const id = await publish({ trigger: 'strange' })
    const seen: JsonValue[] = []
    strange.poll = async ({ store, isFirst }) => {
      const before = await store.workflow.get('polls')
      seen.push(before ?? null)
      await store.workflow.set('polls', Number(before ?? 0) + 1)
      return { items: [{ id: `n${seen.length}`, data: { name: `n${seen.length}` } }], cursor: isFirst }
    }
    await work()
    const { customerId, draft } = await platform.workflows.get(scope, id)
    const request = { workflowId: id, customerId, definition: draft.definition }
    const { triggerSamples } = platform.reception.services
    expect(await triggerSamples.take(scope, request)).toEqual({ source: 'service', data: { name: 'n2' }, detail: null })
    await workLater(id)
    expect(seen).toEqual([null, null, 1])
    strange.poll = () => Promise.reject(new StepError('authentication', 'The key is not accepted'))
    expect(await triggerSamples.take(scope, request)).toEqual({
      source: 'sample',
      data: { name: 'Sample' },
      detail: 'The key is not accepted.',
    })
    const manual = { ...(draft.definition as JsonObject), trigger: { type: 'manual' } }
    await expect(triggerSamples.take(scope, { ...request, definition: manual })).rejects.toThrow('not started by')
  })

  it('is shown to nobody but its own customer', async () => {
    const id = await publish()
    await work()
    add('a')
    await workLater(id)
    const stranger = await platform.addTenant()
    const sibling = { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) }
    for (const within of [stranger, sibling]) {
      const rows = await platform.test.database.withTenant(
        within,
        (sql) => sql`SELECT id FROM inlay.connector_triggers UNION ALL SELECT item FROM inlay.trigger_items`,
      )
      expect(rows).toHaveLength(0)
    }
    await expect(platform.test.database.engine`SELECT cursor, secret FROM inlay.connector_triggers`).rejects.toThrow(
      'permission denied',
    )
  })
})
