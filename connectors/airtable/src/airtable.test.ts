import type { JsonValue } from '@inlay/sdk/connector'
import {
  describeConnectorContract,
  loadOptions,
  loadSchema,
  pollTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './index.js'
import { sampleRecord } from './table.js'

let stub: StubServer
let answers: Record<string, StubAnswer>

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    return (
      answers[`${method} ${url}`] ??
      answers[`${method} ${url.split('?')[0]}`] ?? { status: 404, json: { error: 'NOT_FOUND' } }
    )
  })
})
afterAll(() => stub.close())

const auth = { kind: 'bearer' as const, token: 'test-token', fields: {} }
const place = { base: 'app1', table: 'My Orders' }
const run = (action: string, input: object) =>
  runAction(connector, action, { input: { ...place, ...input }, auth, baseUrl: stub.url })
const sent = () => JSON.parse(stub.requests.at(-1)?.body ?? '')

describe('airtable', () => {
  it('creates, changes, reads and deletes a record', async () => {
    answers = {
      'POST /v0/app1/My%20Orders': { json: sampleRecord },
      'PATCH /v0/app1/My%20Orders/rec1': { json: sampleRecord },
      'GET /v0/app1/My%20Orders/rec1': { json: sampleRecord },
      'DELETE /v0/app1/My%20Orders/rec1': { json: { id: 'rec1', deleted: true } },
    }
    expect(await run('createRecord', { fields: { Name: 'A' } })).toEqual(sampleRecord)
    expect(stub.requests.at(-1)?.headers.authorization).toBe('Bearer test-token')
    expect(sent()).toEqual({ fields: { Name: 'A' }, typecast: false })
    await run('updateRecord', { record: 'rec1', fields: { Price: 1 }, typecast: true })
    expect(sent()).toEqual({ fields: { Price: 1 }, typecast: true })
    expect(await run('getRecord', { record: 'rec1' })).toEqual(sampleRecord)
    expect(await run('deleteRecord', { record: 'rec1' })).toEqual({ id: 'rec1', deleted: true })
  })

  it('creates or changes many records, ten at a time', async () => {
    answers = {
      'PATCH /v0/app1/My%20Orders': { json: { records: [sampleRecord], createdRecords: ['a'], updatedRecords: [] } },
    }
    const before = stub.requests.length
    const records = Array.from({ length: 12 }, (_, index) => ({ Name: String(index) }))
    expect(await run('upsertRecords', { keys: ['Name'], records })).toMatchObject({ created: ['a', 'a'] })
    expect(stub.requests.length - before).toBe(2)
    expect(sent()).toMatchObject({
      performUpsert: { fieldsToMergeOn: ['Name'] },
      records: [{ fields: { Name: '10' } }, {}],
    })
  })

  it('finds records over pages', async () => {
    answers = { 'GET /v0/app1/My%20Orders': { json: { records: [sampleRecord], offset: 'itr/rec2' } } }
    expect(await run('listRecords', { formula: "{A} = 'x'", sortBy: 'A', limit: 2 })).toMatchObject({ count: 2 })
    const asked = new URLSearchParams(stub.requests.at(-1)?.url.split('?')[1])
    expect(Object.fromEntries(asked)).toEqual({
      pageSize: '2',
      filterByFormula: "{A} = 'x'",
      'sort[0][field]': 'A',
      'sort[0][direction]': 'asc',
      offset: 'itr/rec2',
    })
  })

  it('offers bases and tables, and makes a form of the columns that can be written', async () => {
    const fields = [
      { id: 'f1', name: 'Name', type: 'singleLineText' },
      { id: 'f2', name: 'State', type: 'singleSelect', options: { choices: [{ id: 's', name: 'open' }] } },
      { id: 'f3', name: 'Tags', type: 'multipleSelects', options: { choices: [{ id: 't', name: 'new' }] } },
      { id: 'f4', name: 'Sum', type: 'formula' },
    ]
    answers = {
      'GET /v0/meta/bases': { json: { bases: [{ id: 'app1', name: 'Shop', permissionLevel: 'create' }], offset: 'o' } },
      'GET /v0/meta/bases/app1/tables': {
        json: { tables: [{ id: 't1', name: 'My Orders', primaryFieldId: 'f1', fields }] },
      },
    }
    const form = { of: 'createRecord', auth, baseUrl: stub.url, input: place }
    expect(await loadOptions(connector, { ...form, field: 'base' })).toEqual({
      options: [{ value: 'app1', label: 'Shop' }],
      nextCursor: 'o',
    })
    expect((await loadOptions(connector, { ...form, field: 'table' })).options).toEqual([
      { value: 'My Orders', label: 'My Orders' },
    ])
    expect(await loadSchema(connector, { ...form, field: 'fields' })).toMatchObject({
      properties: {
        Name: { type: 'string' },
        State: { enum: ['open'] },
        Tags: { type: 'array', items: { enum: ['new'] } },
      },
    })
    expect((await loadSchema(connector, { ...form, field: 'fields' }))['properties']).not.toHaveProperty('Sum')
  })

  it.each<[string, StubAnswer, object]>([
    [
      'a wrong token',
      { status: 401, json: { error: { type: 'AUTHENTICATION_REQUIRED', message: 'Authentication required' } } },
      { kind: 'authentication' },
    ],
    [
      'a base out of reach',
      { status: 403, json: { error: { type: 'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND', message: 'Invalid' } } },
      { kind: 'authorization' },
    ],
    [
      'an unknown field',
      { status: 422, json: { error: { type: 'UNKNOWN_FIELD_NAME', message: 'Unknown field name: "X"' } } },
      { kind: 'rejected', detail: 'Unknown field name: "X"' },
    ],
    [
      'a lock-out',
      { status: 429, json: { errors: [{ error: 'RATE_LIMIT_REACHED' }] } },
      { kind: 'rate_limited', retryAfterMs: 30_000 },
    ],
    ['an unknown record', { status: 404, json: { error: 'NOT_FOUND' } }, { kind: 'rejected' }],
    ['a broken server', { status: 503, text: '<html>' }, { kind: 'communication', retryable: true }],
  ])('understands %s', async (_, answer, error) => {
    answers = { 'GET /v0/app1/My%20Orders/rec1': answer, 'GET /v0/meta/whoami': answer }
    await expect(run('getRecord', { record: 'rec1' })).rejects.toMatchObject(error)
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).rejects.toMatchObject(error)
  })

  it('starts for new records, and for each change', async () => {
    const record = (id: string, at: string) => ({ id, createdTime: at, fields: { At: at } })
    const list = (...records: object[]) => ({ 'GET /v0/app1/My%20Orders': { json: { records: records as never } } })
    const poll = (id: string, input: object, more: { cursor?: JsonValue } = {}) =>
      pollTrigger(connector, id, {
        ...{ input: { ...place, ...input }, auth, baseUrl: stub.url, now: Date.parse('2026-04-01T12:00:00Z') },
        ...more,
      })
    answers = list(record('a', '2026-04-01T00:00:00.000Z'))
    const created = await poll('newRecord', {})
    const changed = await poll('changedRecord', { changedAt: 'At' })
    answers = list(record('a', '2026-04-02T00:00:00.000Z'), record('b', '2026-04-03T00:00:00.000Z'))
    expect((await poll('changedRecord', { changedAt: 'At' }, { cursor: changed.cursor })).items).toHaveLength(2)
    expect(decodeURIComponent(stub.requests.at(-1)?.url ?? '')).toContain("IS_AFTER({At},+'2026-04-01T11:58:59.999Z')")
    answers = list(record('b', '2026-04-03T00:00:00.000Z'))
    expect((await poll('newRecord', {}, { cursor: created.cursor })).items.map(({ id }) => id)).toEqual(['b'])
    // A large table's other pages, which the first poll has not read, are no news.
    answers = list(record('c', '2026-04-01T06:00:00.000Z'))
    expect((await poll('newRecord', {}, { cursor: created.cursor })).items).toEqual([])
    await expect(poll('changedRecord', { changedAt: 'Nope' })).rejects.toMatchObject({ kind: 'validation' })
  })
})

describeConnectorContract(connector, { describe, it, expect })
