import { type ConnectionId, type Connector, type CustomerId, StepError, type TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const CANARY = 'canary-7f3a-s3cret'

/** A service whose connector accepts any key but one that says `bad`, and that can hang or break. */
const shop: Connector = {
  id: 'shop',
  version: '1.0.0',
  name: 'Shop',
  description: 'A shop.',
  categories: ['commerce'],
  connection: 'required',
  auth: [
    {
      id: 'key',
      name: 'API key',
      kind: 'apiKey',
      fields: z.object({ region: z.string(), signingSecret: z.string().optional() }),
      secretFields: ['signingSecret'],
      test: async ({ auth }) => {
        if (auth.kind === 'apiKey' && auth.apiKey.includes('broken')) throw new TypeError(`no: ${auth.apiKey}`)
        if (auth.kind === 'apiKey' && auth.apiKey.includes('bad'))
          throw new StepError('authentication', 'The key is not accepted', { detail: 'Copy it again.' })
      },
    },
  ],
  actions: {},
  triggers: {},
}

describe.skipIf(serverUrl === undefined)('connections', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: [shop] })
    scope = await platform.addTenant()
  })

  afterAll(() => platform?.close())

  function connect(within: { tenantId: TenantId; customerId: CustomerId }, apiKey = CANARY) {
    return platform.connections.create(within, {
      customerId: within.customerId,
      connector: 'shop',
      name: 'Main shop',
      values: { apiKey, region: 'eu', signingSecret: `${CANARY}-2` },
    })
  }

  function open(within: { tenantId: TenantId; customerId?: CustomerId }, id: string, connector = 'shop') {
    return platform.connections.credentials.open(within, id as ConnectionId, connector)
  }

  it('are opened for a run of their customer, and shown to nobody', async () => {
    const connection = await connect(scope)
    expect(connection).toMatchObject({ status: 'ok', method: 'key', account: null, fields: { region: 'eu' } })
    expect(await open(scope, connection.id)).toEqual({
      kind: 'apiKey',
      method: 'key',
      apiKey: CANARY,
      fields: { region: 'eu', signingSecret: `${CANARY}-2` },
    })
    const shown = [
      connection,
      await platform.connections.get(scope, connection.id),
      await platform.connections.list(scope, { limit: 10 }),
      await platform.connections.update(scope, connection.id, { name: 'Renamed' }),
    ]
    expect(JSON.stringify(shown)).not.toContain(CANARY)
    const dump = await platform.test.admin`SELECT encode(secret, 'escape') AS secret, c::text FROM inlay.connections c`
    expect(JSON.stringify(dump)).not.toContain(CANARY)
  })

  it('do not open under another tenant, another customer, or for another connector', async () => {
    const { id } = await connect(scope)
    const stranger = await platform.addTenant()
    const neighbour = await platform.addCustomer(scope.tenantId)
    await expect(open(stranger, id)).rejects.toMatchObject({ kind: 'authentication' })
    await expect(open({ ...scope, customerId: neighbour }, id)).rejects.toMatchObject({ kind: 'authentication' })
    await expect(open(scope, id, 'http')).rejects.toMatchObject({ kind: 'authentication' })
    expect(await open({ tenantId: scope.tenantId }, id)).toMatchObject({ apiKey: CANARY })
  })

  it('do not open when their ciphertext was moved to another row, customer or tenant', async () => {
    const { admin } = platform.test
    const source = await connect(scope)
    const neighbour = { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) }
    for (const place of [scope, neighbour, await platform.addTenant()]) {
      const target = await connect(place, 'other')
      await admin`UPDATE inlay.connections SET secret = (SELECT secret FROM inlay.connections WHERE id = ${source.id})
        WHERE id = ${target.id}`
      await expect(open(place, target.id)).rejects.toMatchObject({ kind: 'authentication' })
      // Not even together with the key that opens it.
      await admin`UPDATE inlay.customers SET data_key = (SELECT data_key FROM inlay.customers WHERE id = ${scope.customerId})
        WHERE id = ${place.customerId}`
      await expect(open(place, target.id)).rejects.toMatchObject({ kind: 'authentication' })
    }
  })

  it.each(['secret', 'data_key'])('do not open when a bit of the %s was flipped', async (column) => {
    const place = await platform.addTenant()
    const { id } = await connect(place)
    const { admin } = platform.test
    const table = column === 'secret' ? admin`inlay.connections` : admin`inlay.customers`
    const owner = column === 'secret' ? id : place.customerId
    const [row] = await admin`SELECT ${admin(column)} AS bytes FROM ${table} WHERE id = ${owner}`
    const bytes: Buffer = row?.['bytes']
    for (const at of [bytes.length - 1, Math.floor(bytes.length / 2), 20]) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      await admin`UPDATE ${table} SET ${admin(column)} = ${flipped} WHERE id = ${owner}`
      const failure = await open(place, id).catch((error: unknown) => error)
      expect(failure).toMatchObject({ kind: 'authentication' })
      expect(`${String(failure)} ${JSON.stringify(failure)}`).not.toContain(CANARY)
    }
    await admin`UPDATE ${table} SET ${admin(column)} = ${bytes} WHERE id = ${owner}`
    expect(await open(place, id)).toMatchObject({ apiKey: CANARY })
  })

  it('cannot be opened any more once their customer is erased, not even from a copy of the row', async () => {
    const { admin } = platform.test
    const place = await platform.addTenant()
    const { id } = await connect(place)
    const [copy] = await admin`SELECT * FROM inlay.connections WHERE id = ${id}`
    await admin`DELETE FROM inlay.customers WHERE id = ${place.customerId}`
    await admin`INSERT INTO inlay.customers (tenant_id, id, external_id, name) VALUES (${place.tenantId}, ${place.customerId}, 'x', 'X')`
    await admin`INSERT INTO inlay.connections ${admin(copy ?? {})}`
    await expect(open(place, id)).rejects.toMatchObject({ kind: 'authentication' })
  })

  it('are refused with what the service said, and never with the secret', async () => {
    const refused = await connect(scope, `bad-${CANARY}`).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'connection.test_failed', detail: 'The key is not accepted. Copy it again.' })
    const broken = await connect(scope, `broken-${CANARY}`).catch((error: unknown) => error)
    expect(broken).toMatchObject({ code: 'connection.test_failed' })
    const incomplete = await platform.connections
      .create(scope, { customerId: scope.customerId, connector: 'shop', name: 'x', values: { apiKey: CANARY } })
      .catch((error: unknown) => error)
    expect(incomplete).toMatchObject({ code: 'connection.invalid', data: { issues: [{ pointer: '/values/region' }] } })
    const written = [refused, broken, incomplete].map((error) => `${String(error)} ${JSON.stringify(error)}`)
    expect(written.join()).not.toContain(CANARY)
  })

  it('remember what their last test found, and keep what a change does not name', async () => {
    const { id } = await connect(scope)
    await expect(platform.connections.update(scope, id, { values: { apiKey: 'bad' } })).rejects.toMatchObject({
      code: 'connection.test_failed',
    })
    await platform.connections.update(scope, id, { values: { region: 'us' } })
    expect(await open(scope, id)).toMatchObject({ apiKey: CANARY, fields: { region: 'us' } })
    expect(await platform.connections.test(scope, id)).toEqual({ ok: true, detail: null })
    expect(await platform.connections.get(scope, id)).toMatchObject({ status: 'ok' })
  })
})
