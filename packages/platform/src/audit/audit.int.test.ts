import { type ConnectionId, type Connector, type CustomerId, newId, type RunId, type TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'
import type { ActingScope, AuditSource } from './index.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const CANARY = 'canary-audit-7f3a'

const shop: Connector = {
  id: 'shop',
  version: '1.0.0',
  name: 'Shop',
  description: 'A shop.',
  categories: [],
  connection: 'required',
  auth: [{ id: 'key', name: 'Key', kind: 'apiKey', test: async () => undefined }],
  actions: {},
  triggers: {},
}

const kim: AuditSource = { actor: { kind: 'member', id: 'mem_kim' }, ip: '192.0.2.7', requestId: 'req_1' }

describe.skipIf(serverUrl === undefined)('the audit log', () => {
  let platform: TestPlatform
  let scope: ActingScope & { readonly customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: [shop] })
    scope = { ...(await platform.addTenant()), by: kim }
  })

  afterAll(() => platform?.close())

  const ofTenant = ({ tenantId }: { tenantId: TenantId }): ActingScope => ({ tenantId, by: kim })

  async function recorded(within: ActingScope, filter: { targetId?: string } = {}) {
    const { data } = await platform.audit.list({ tenantId: within.tenantId }, { limit: 100, ...filter })
    return data.reverse()
  }

  function connect(within: ActingScope & { customerId: CustomerId }) {
    const { customerId } = within
    return platform.connections.create(within, {
      customerId,
      connector: 'shop',
      name: 'Main',
      values: { apiKey: CANARY },
    })
  }

  it('tells what was done to a connection, by whom and from where, and no secret', async () => {
    const { id } = await connect(scope)
    await platform.connections.update(scope, id, { name: 'Other' })
    await platform.connections.update(scope, id, { values: { apiKey: `${CANARY}-2` } })
    await platform.connections.test(scope, id)
    await platform.connections.delete(scope, id)
    const records = await recorded(scope, { targetId: id })
    expect(records.map(({ action, details }) => [action, details])).toEqual([
      ['connection.created', { connector: 'shop', method: 'key' }],
      ['connection.updated', { changed: ['name'] }],
      ['secret.read', { purpose: 'update' }],
      ['connection.updated', { changed: ['apiKey'] }],
      ['secret.read', { purpose: 'connection test' }],
      ['connection.tested', { ok: true }],
      ['connection.deleted', {}],
    ])
    for (const record of records) {
      expect(record).toMatchObject({ ...kim, target: { kind: 'connection', id }, customerId: scope.customerId })
    }
    expect(JSON.stringify(records)).not.toContain(CANARY)
  })

  it('tells of each read of a secret for which step of which run it was', async () => {
    const { id } = await connect(scope)
    const runId = newId<RunId>('run', Date.now())
    const { tenantId, customerId } = scope
    const use = { purpose: 'step', runId, stepPath: 'order/tell' }
    await Promise.all(
      Array.from({ length: 20 }, () =>
        platform.connections.credentials.open({ tenantId, customerId }, id as ConnectionId, 'shop', use),
      ),
    )
    const reads = (await recorded(scope, { targetId: id })).filter(({ action }) => action === 'secret.read')
    expect(reads).toHaveLength(20)
    expect(reads[0]).toMatchObject({
      actor: { kind: 'run', id: runId },
      details: { purpose: 'step', stepPath: 'order/tell' },
      customerId,
    })
  })

  it('hands out no secret whose reading could not be recorded', async () => {
    const { id } = await connect(scope)
    const { admin } = platform.test
    await admin`ALTER TABLE inlay.audit_log ADD CONSTRAINT full_disk CHECK (action <> 'secret.read') NOT VALID`
    const opened = platform.connections.credentials.open(scope, id as ConnectionId, 'shop')
    await expect(opened).rejects.toThrow('full_disk')
    await admin`ALTER TABLE inlay.audit_log DROP CONSTRAINT full_disk`
    expect(await platform.connections.credentials.open(scope, id as ConnectionId, 'shop')).toMatchObject({
      apiKey: CANARY,
    })
  })

  it('tells of what is done in a transaction exactly when that commits', async () => {
    const within = ofTenant(await platform.addTenant())
    const attempt = platform.test.database.withTenant(within, async (sql) => {
      await platform.audit.record(within, { action: 'api_key.created' }, sql)
      throw new Error('rolled back')
    })
    await expect(attempt).rejects.toThrow('rolled back')
    expect(await recorded(within)).toEqual([])
    await platform.test.database.withTenant(within, (sql) =>
      platform.audit.record(within, { action: 'api_key.created' }, sql),
    )
    expect(await recorded(within)).toMatchObject([{ action: 'api_key.created' }])
  })

  it('cannot be changed, thinned out or back-dated by the roles of the processes', async () => {
    await platform.audit.record(scope, { action: 'api_key.created' })
    const { database } = platform.test
    const forbidden = [
      `UPDATE inlay.audit_log SET action = 'x'`,
      'DELETE FROM inlay.audit_log',
      'TRUNCATE inlay.audit_log',
      `INSERT INTO inlay.audit_log (tenant_id, id, at, actor_kind, actor_id, action, details)
        VALUES ('${scope.tenantId}', 'aud_0', '2001-01-01', 'member', 'm', 'x', '{}')`,
    ]
    for (const statement of forbidden) {
      const asApp = database.withTenant({ tenantId: scope.tenantId }, (sql) => sql.unsafe(statement))
      await expect(asApp, statement).rejects.toMatchObject({ code: '42501' })
      await expect(database.engine.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
    await expect(database.engine.unsafe('SELECT 1 FROM inlay.audit_log')).rejects.toMatchObject({ code: '42501' })
  })

  it('is shown to its tenant alone, and not to those confined to one customer, who still add to it', async () => {
    const stranger = ofTenant(await platform.addTenant())
    await platform.audit.record(scope, { action: 'connection.tested' })
    await platform.audit.recordGrouped(stranger, { action: 'api_key.revoked' })
    expect(await recorded(stranger)).toMatchObject([{ action: 'api_key.revoked' }])
    expect(await platform.audit.list(scope, { limit: 10 })).toEqual({ data: [], nextCursor: null })
    const forged = platform.audit.record(scope, { action: 'connection.tested', customerId: 'cus_other' as CustomerId })
    await expect(forged).rejects.toMatchObject({ code: '42501' })
  })

  it('is read page by page, and by what, whom and when', async () => {
    const within = ofTenant(await platform.addTenant())
    const before = Date.now()
    for (const action of ['api_key.created', 'api_key.revoked', 'signing_key.created'] as const) {
      await platform.audit.record(within, { action, target: { kind: 'key', id: `target of ${action}\0` } })
    }
    const first = await platform.audit.list(within, { limit: 2 })
    expect(first.data.map(({ action }) => action)).toEqual(['signing_key.created', 'api_key.revoked'])
    const second = await platform.audit.list(within, { limit: 2, cursor: first.nextCursor ?? '' })
    expect(second).toMatchObject({ data: [{ action: 'api_key.created' }], nextCursor: null })
    const countOf = async (filter: object) => (await platform.audit.list(within, { limit: 10, ...filter })).data.length
    expect(await countOf({ action: 'api_key.created' })).toBe(1)
    expect(await countOf({ actorId: 'mem_kim' })).toBe(3)
    expect(await countOf({ actorId: 'mem_lee' })).toBe(0)
    expect(await countOf({ targetId: 'target of api_key.revoked�' })).toBe(1)
    expect(await countOf({ sinceMs: before - 60_000, untilMs: Date.now() + 60_000 })).toBe(3)
    expect(await countOf({ untilMs: before - 60_000 })).toBe(0)
    expect(await countOf({ sinceMs: Date.now() + 60_000 })).toBe(0)
  })
})
