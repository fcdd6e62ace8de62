import {
  type Connector,
  type ConnectorAction,
  type CustomerId,
  type JsonObject,
  type JsonValue,
  type RunId,
  StepError,
  type TenantId,
  type TenantScope,
} from '@inlay/engine'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'
import { createUpgradesService, type UpgradesService, WorkflowStore } from '../workflows/index.js'
import {
  CatalogSettingsStore,
  createBlockingGovernor,
  createConnectorRegistry,
  createLoadingDirectory,
  createTenantCatalogs,
} from './index.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

function action(given: Partial<ConnectorAction>): ConnectorAction {
  return {
    name: 'Send a message',
    description: 'Sends.',
    input: z.object({ text: z.string() }),
    output: z.object({ id: z.string(), link: z.string() }),
    scopes: [],
    options: {},
    schemas: {},
    run: async () => ({ id: 'm1', link: 'https://acme.example/m1' }),
    ...given,
  }
}

function connector(id: string, version: string, actions: Connector['actions']): Connector {
  const name = id === 'acme' ? 'Acme' : 'Zeta'
  return {
    id,
    version,
    name,
    description: `${name} for teams.`,
    categories: ['communication'],
    auth: [],
    connection: 'none',
    actions,
    triggers: {},
  }
}

const CONNECTORS = [
  connector('acme', '1.0.0', { send: action({}), ping: action({ name: 'Ping', input: z.object({}) }) }),
  connector('acme', '2.0.0', {
    send: action({
      input: z.object({ text: z.string(), channel: z.string() }),
      output: z.object({ id: z.string() }),
    }),
    ping: action({ name: 'Ping', input: z.object({ note: z.string().optional() }) }),
  }),
  connector('zeta', '1.0.0', { send: action({}) }),
]

const send = (more: JsonObject = {}): JsonObject => ({
  id: 'tell',
  type: 'action',
  connector: 'acme',
  version: '1.0.0',
  action: 'send',
  input: { text: 'hi' },
  ...more,
})

const definitionOf = (steps: JsonValue[]): JsonObject => ({
  schema: 'inlay/workflow@1',
  name: 'Orders',
  trigger: { type: 'webhook' },
  steps,
})

describe.skipIf(serverUrl === undefined)('the catalog of a tenant', () => {
  let platform: TestPlatform
  let upgrades: UpgradesService
  let tenant: TenantScope
  let customer: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: CONNECTORS })
    const entries = CONNECTORS.map((one) => ({ ...one, load: async () => ({ connector: one }) }))
    upgrades = createUpgradesService({
      database: platform.test.database,
      store: new WorkflowStore(platform.test.database),
      workflows: platform.workflows,
      directory: createLoadingDirectory(createConnectorRegistry(entries)),
    })
  })

  beforeEach(async () => {
    customer = await platform.addTenant()
    tenant = { tenantId: customer.tenantId }
  })

  afterAll(() => platform?.close())

  const OPEN = { availability: null, hidden: false, name: null, description: null, icon: null }
  const list = async (scope: TenantScope, search = '') =>
    (await platform.catalog.list(scope, { search, limit: 10 })).data
  const idsFor = async (scope: TenantScope): Promise<string[]> => (await list(scope)).map(({ id }) => id)
  const publish = async (steps: JsonValue[]) => {
    const definition = definitionOf(steps)
    const { id } = await platform.workflows.create(customer, { ...customer, name: 'Orders', definition })
    return { id, version: await platform.workflows.publish(customer, id, { publishedBy: 'test' }) }
  }

  it('lists the newest release of each connector, in pages, and finds by name, action and category', async () => {
    expect((await list(tenant)).map(({ id, version, counts }) => [id, version, counts.actions])).toEqual([
      ['acme', '2.0.0', 2],
      ['zeta', '1.0.0', 1],
    ])
    const first = await platform.catalog.list(tenant, { search: '', limit: 1 })
    const second = await platform.catalog.list(tenant, { search: '', limit: 1, cursor: first.nextCursor ?? '' })
    expect([first.data[0]?.id, second.data[0]?.id, second.nextCursor]).toEqual(['acme', 'zeta', null])
    expect((await list(tenant, 'acme ping')).map(({ id, matches }) => [id, matches])).toEqual([
      ['acme', [{ kind: 'action', id: 'ping', name: 'Ping' }]],
    ])
    expect(await list(tenant, 'nothing like it')).toEqual([])
    const ai = await platform.catalog.list(tenant, { search: '', category: 'ai', limit: 10 })
    expect(ai.data).toEqual([])
    expect((await platform.catalog.get(tenant, 'acme')).versions).toEqual(['2.0.0', '1.0.0'])
    expect((await platform.catalog.get(tenant, 'acme', '1.0.0')).version).toBe('1.0.0')
  })

  it('shows connectors under the names that the tenant gave them, to this tenant alone', async () => {
    const icon = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    await platform.catalog.settings.set(tenant, 'acme', { ...OPEN, name: 'Our messenger', description: 'Ours.', icon })
    expect(await list(customer, 'messenger')).toMatchObject([{ id: 'acme', name: 'Our messenger', icon }])
    expect(await platform.catalog.get(customer, 'acme')).toMatchObject({ name: 'Our messenger', description: 'Ours.' })
    const { data } = await platform.audit.list(tenant, { limit: 10 })
    expect(data).toMatchObject([{ action: 'connector.configured', target: { kind: 'connector', id: 'acme' } }])
    const other = await platform.addTenant()
    expect(await platform.catalog.get(other, 'acme')).toMatchObject({ name: 'Acme', icon: null })
  })

  it('keeps hidden connectors from lists of customers, and disabled ones from customers', async () => {
    await platform.catalog.settings.set(tenant, 'acme', { ...OPEN, hidden: true })
    await platform.catalog.settings.set(tenant, 'zeta', { ...OPEN, availability: 'disabled' })
    expect(await idsFor(customer)).toEqual([])
    expect((await list(tenant)).map(({ id, availability, hidden }) => [id, availability, hidden])).toEqual([
      ['acme', 'enabled', true],
      ['zeta', 'disabled', false],
    ])
    expect((await platform.catalog.get(customer, 'acme')).id).toBe('acme')
    await expect(platform.catalog.get(customer, 'zeta')).rejects.toMatchObject({ code: 'connector.not_found' })
    await expect(
      platform.catalog.options(customer, { connector: 'zeta', action: 'send', field: 'text', input: {}, search: '' }),
    ).rejects.toMatchObject({ code: 'connector.disabled' })
  })

  it('refuses new versions that use a disabled connector, and leaves those that are published', async () => {
    const { id, version } = await publish([send()])
    await platform.catalog.settings.set(tenant, 'acme', { ...OPEN, availability: 'disabled' })
    await expect(platform.workflows.publish(customer, id, { publishedBy: 'test' })).rejects.toMatchObject({
      code: 'definition.invalid',
      data: {
        issues: [{ pointer: '/steps/0/connector', stepId: 'tell', message: expect.stringMatching('switched off') }],
      },
    })
    const { published, draft } = await platform.workflows.get(customer, id)
    expect([published?.id, draft.issues.length]).toEqual([version.id, 1])
  })

  it('lets no call of a blocked connector out, and those of all others', async () => {
    const catalogs = createTenantCatalogs(new CatalogSettingsStore(platform.test.database))
    await platform.catalog.settings.set(tenant, 'acme', { ...OPEN, availability: 'blocked' })
    const passed: string[] = []
    const governor = createBlockingGovernor(
      {
        before: async ({ connectorId }) => {
          passed.push(connectorId)
          return { end: () => undefined }
        },
      },
      catalogs,
    )
    const call = (tenantId: TenantId, connectorId: string) =>
      governor.before({ tenantId, connectorId, host: 'api.acme.example' })
    const other = await platform.addTenant()
    await expect(call(tenant.tenantId, 'acme')).rejects.toMatchObject({ kind: 'authorization' })
    await expect(call(tenant.tenantId, 'acme')).rejects.toBeInstanceOf(StepError)
    await call(tenant.tenantId, 'zeta')
    await call(other.tenantId, 'acme')
    expect(passed).toEqual(['zeta', 'acme'])
  })

  it('can be an allow-list, or keep what is there and leave out what is new', async () => {
    const { settings } = platform.catalog
    await settings.setNewConnectors(tenant, { newConnectors: 'disabled', keepCurrent: true })
    expect(await idsFor(customer)).toEqual(['acme', 'zeta'])
    await settings.set(tenant, 'zeta', OPEN)
    expect(await idsFor(customer)).toEqual(['acme'])
    expect(await settings.get(tenant, 'zeta')).toMatchObject({ availability: null, effective: 'disabled' })

    const strict = await platform.addTenant()
    await settings.setNewConnectors(strict, { newConnectors: 'disabled', keepCurrent: false })
    expect(await idsFor(strict)).toEqual([])
    await settings.set(strict, 'zeta', { ...OPEN, availability: 'enabled' })
    expect(await idsFor(strict)).toEqual(['zeta'])
    await expect(settings.requireEnabled(strict, 'acme')).rejects.toMatchObject({ code: 'connector.disabled' })
    await expect(settings.set(strict, 'nope', OPEN)).rejects.toMatchObject({ code: 'connector.not_found' })
  })

  it('names what a newer version breaks for a workflow, and writes a draft that uses it', async () => {
    const reader = { id: 'keep', type: 'set', values: { link: '{{ steps.tell.output.link }}' } }
    const { id } = await publish([send(), { ...send({ id: 'ping', action: 'ping', input: {} }) }, reader])
    const check = await upgrades.check(customer, id)
    expect(check).toMatchObject({ breaking: 2, isOutdated: true })
    expect(check.uses.map(({ stepId, from, to, state, changes }) => [stepId, from, to, state, changes])).toEqual([
      [
        'tell',
        '1.0.0',
        '2.0.0',
        'outdated',
        [
          { level: 'breaking', code: 'input_required', message: '"channel" is new, and required.' },
          { level: 'breaking', code: 'output_removed', message: 'The output no longer has "link".' },
        ],
      ],
      ['ping', '1.0.0', '2.0.0', 'outdated', [{ level: 'safe', code: 'input_added', message: '"note" can be set.' }]],
    ])
    await expect(upgrades.upgrade(customer, id, { acceptBreaking: false })).rejects.toMatchObject({
      code: 'workflow.upgrade_breaks',
    })
    const { issues } = await upgrades.upgrade(customer, id, { acceptBreaking: true })
    expect(issues.map(({ pointer }) => pointer)).toContain('/steps/0/input/channel')
    const { draft } = await platform.workflows.get(customer, id)
    expect(draft.definition).toMatchObject({ steps: [{ version: '2.0.0' }, { version: '2.0.0' }, {}] })
    expect((await upgrades.check(customer, id)).isOutdated).toBe(false)
    const behind = await upgrades.ofConnector(tenant, 'acme', { limit: 10 })
    expect(behind).toMatchObject({ data: [{ workflowId: id, breaking: 2 }], nextCursor: null })
  })

  it('checks a draft that names no version against what is published', async () => {
    const { id } = await publish([send()])
    const { version: _version, ...unpinned } = send()
    const { draft } = await platform.workflows.get(customer, id)
    const definition = definitionOf([unpinned])
    await platform.workflows.saveDraft(customer, id, { definition, baseRevision: draft.revision })
    expect((await upgrades.check(customer, id)).uses).toMatchObject([{ from: '1.0.0', to: '2.0.0' }])
  })

  it('counts workflows, runs and steps per version, for a customer its own', async () => {
    const { id } = await publish([send(), send({ id: 'again' })])
    const { engine, runs } = platform
    const started = await Promise.all(
      [1, 2].map((count) =>
        runs.start(customer, { workflowId: id, input: { count }, waitSeconds: 0, callerId: 'test' }),
      ),
    )
    await engine.execute(started.map((run) => run.id as RunId))
    const usage = await platform.catalog.usage(tenant, 'acme', 30)
    expect(usage).toMatchObject({
      connector: 'acme',
      connections: 0,
      isComplete: true,
      versions: [{ version: '1.0.0', workflows: 1, runs: 2, steps: 4, failedSteps: 0 }],
    })
    const neighbour = await platform.addCustomer(customer.tenantId)
    const own = await platform.catalog.usage({ ...tenant, customerId: neighbour }, 'acme', 30)
    expect(own.versions).toEqual([])
  })
})
