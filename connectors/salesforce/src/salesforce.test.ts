import type { JsonValue } from '@inlay/sdk/connector'
import {
  accountOf,
  createTestFiles,
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
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connector } from './index.js'
import { sampleRecord } from './record.js'
import { baseUrlOf, DATA } from './salesforce-api.js'

const ID = '001000000000001AAA'
let stub: StubServer
let answers: Record<string, StubAnswer>

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const path = url.startsWith(DATA) ? url.slice(DATA.length) : url
    const missing = { status: 404, json: [{ errorCode: 'NOT_FOUND', message: 'does not exist' }] }
    return answers[`${method} ${path}`] ?? answers[`${method} ${path.split('?')[0]}`] ?? missing
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = { [`GET /sobjects/Account/${ID}`]: { json: sampleRecord }, 'GET /limits': { json: {} } }
})

const auth = {
  kind: 'oauth2' as const,
  accessToken: 'test-token',
  scopes: ['api'],
  extra: { instance_url: 'https://acme.my.salesforce.com' },
  fields: { domain: 'login.salesforce.com' },
}
const place = () => ({ auth, baseUrl: stub.url })
const run = (id: string, input: object, more: object = {}) => runAction(connector, id, { input, ...place(), ...more })
const last = () => stub.requests.at(-1)
const sent = () => JSON.parse(last()?.body ?? 'null')
const soql = () => new URLSearchParams(last()?.url.split('?')[1]).get('q')

describe('salesforce actions', () => {
  it('is where the token endpoint says', () => {
    expect(baseUrlOf(auth)).toBe('https://acme.my.salesforce.com')
    expect(baseUrlOf({ ...auth, extra: {} })).toBe('https://login.salesforce.com')
    const [method] = connector.auth
    const signsInAt = (domain: string) => method?.fields?.safeParse({ domain }).success
    expect(['test.salesforce.com', 'acme--dev.sandbox.my.salesforce.com'].map(signsInAt)).toEqual([true, true])
    expect(['evil.example', 'evil.example/.my.salesforce.com', 'salesforce.com'].map(signsInAt)).toEqual([
      false,
      false,
      false,
    ])
  })

  it('creates, changes, upserts, gets and deletes records', async () => {
    answers['POST /sobjects/Account'] = { status: 201, json: { id: ID, success: true, errors: [] } }
    expect(await run('createRecord', { object: 'Account', fields: { Name: 'Acme' } })).toMatchObject({ id: ID })
    expect(last()).toMatchObject({ headers: { authorization: 'Bearer test-token' }, body: '{"Name":"Acme"}' })
    answers[`PATCH /sobjects/Account/${ID}`] = { status: 204 }
    expect(await run('updateRecord', { object: 'Account', id: ID, fields: { Fax: null } })).toEqual({ id: ID })
    answers['PATCH /sobjects/Account/No__c/C%2F1'] = { status: 201, json: { id: ID, success: true, created: true } }
    const fields = { Name: 'Acme', No__c: 'C/1' }
    const upsert = { object: 'Account', externalIdField: 'No__c', externalId: 'C/1', fields }
    expect(await run('upsertRecord', upsert)).toMatchObject({ created: true })
    expect(sent()).toEqual({ Name: 'Acme' })
    expect(await run('getRecord', { object: 'Account', id: ID, fields: ['Name'] })).toMatchObject({ Id: ID })
    expect(last()?.url).toContain('?fields=Name')
    answers[`DELETE /sobjects/Account/${ID}`] = { status: 204 }
    expect(await run('deleteRecord', { object: 'Account', id: ID })).toEqual({})
  })

  it('queries over pages, and searches', async () => {
    const next = `${DATA}/query/01g-2000`
    answers['GET /query'] = { json: { totalSize: 2, done: false, nextRecordsUrl: next, records: [sampleRecord] } }
    answers['GET /query/01g-2000'] = { json: { totalSize: 2, done: true, records: [{ Id: 'b' }] } }
    const output = await run('queryRecords', { soql: 'SELECT Id FROM Account' })
    expect(output).toMatchObject({ total: 2, records: [{ Id: ID }, { Id: 'b' }] })
    answers['POST /parameterizedSearch'] = { json: { searchRecords: [sampleRecord] } }
    expect(await run('searchRecords', { text: 'Acme', object: 'Account' })).toMatchObject({ records: [{ Id: ID }] })
    expect(sent()).toMatchObject({ q: 'Acme', sobjects: [{ name: 'Account', fields: ['Id', 'Name'], limit: 50 }] })
  })

  it('finds records without SOQL, and writes values as the type of the field wants', async () => {
    const base = { label: 'X', createable: true, updateable: true }
    const types = { Name: 'string', Size__c: 'double', CloseDate: 'date', IsWon: 'boolean' }
    const fields = Object.entries(types).map(([name, type]) => ({ ...base, name, type }))
    answers['GET /sobjects/Deal/describe'] = { json: { fields } }
    answers['GET /query'] = { json: { totalSize: 1, done: true, records: [sampleRecord] } }
    const find = (conditions: object[], more: object = {}) =>
      run('findRecords', { object: 'Deal', conditions, ...more })
    const conditions = [
      { field: 'Name', value: "O'Hara \\ Co" },
      { field: 'Name', operator: 'contains', value: '50%' },
      { field: 'Size__c', operator: 'is one of', value: [1, '2.5'] },
      { field: 'CloseDate', operator: '>=', value: 'LAST_N_DAYS:7' },
      { field: 'IsWon', value: true },
      { field: 'Owner.Name', operator: '!=', value: null },
    ]
    expect(await find(conditions, { sortBy: 'Name', direction: 'ASC', limit: 5 })).toMatchObject({
      records: [{ Id: ID }],
    })
    expect(soql()).toBe(
      [
        "SELECT FIELDS(STANDARD) FROM Deal WHERE Name = 'O\\'Hara \\\\ Co' AND Name LIKE '%50\\%%' AND Size__c IN (1, 2.5)",
        'AND CloseDate >= LAST_N_DAYS:7 AND IsWon = true AND Owner.Name != null ORDER BY Name ASC LIMIT 5',
      ].join(' '),
    )
    const injected = [{ field: 'CloseDate', value: "2026-01-01 OR Name != ''" }]
    await expect(find(injected)).rejects.toMatchObject({ kind: 'validation' })
    await expect(find([{ field: 'Name', value: ['a', 'b'] }])).rejects.toMatchObject({ kind: 'validation' })
  })

  it('runs flows and tells when they fail, and uploads files', async () => {
    const url = 'POST /actions/custom/flow/Welcome'
    answers[url] = { json: [{ isSuccess: true, errors: null, outputValues: { a: 1 } }] }
    expect(await run('runFlow', { name: 'Welcome', inputs: { b: 2 } })).toEqual({ outputs: { a: 1 } })
    expect(sent()).toEqual({ inputs: [{ b: 2 }] })
    answers[url] = { json: [{ isSuccess: false, errors: [{ statusCode: 'X', message: 'No.' }] }] }
    await expect(run('runFlow', { name: 'Welcome' })).rejects.toMatchObject({ kind: 'rejected', detail: 'No.' })
    answers['POST /sobjects/ContentVersion'] = { status: 201, json: { id: '068', success: true, errors: [] } }
    const files = createTestFiles()
    const file = await files.write({ name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('hi') })
    await run('uploadFile', { file, recordId: ID }, { files })
    expect(sent()).toEqual({ Title: 'a.txt', PathOnClient: 'a.txt', VersionData: 'aGk=', FirstPublishLocationId: ID })
  })

  it('tells of values that several records have, and of errors that are no list', async () => {
    const upsert = { object: 'Account', externalIdField: 'No__c', externalId: '1', fields: {}, mustExist: true }
    const url = 'PATCH /sobjects/Account/No__c/1'
    answers[url] = { status: 300, json: ['/services/data/v66.0/sobjects/Account/001'] }
    const many = { kind: 'rejected', detail: expect.stringContaining('/sobjects/Account/001') }
    await expect(run('upsertRecord', upsert)).rejects.toMatchObject(many)
    expect(last()?.url).toContain('?updateOnly=true')
    answers[url] = { status: 404, json: { message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' } }
    await expect(run('upsertRecord', upsert)).rejects.toMatchObject({ data: { status: 404, code: 'NOT_FOUND' } })
  })

  it('saves many records in one call, and downloads files', async () => {
    const errors = [{ statusCode: 'REQUIRED_FIELD_MISSING', message: 'Missing.', fields: ['Name'] }]
    answers['PATCH /composite/sobjects/Account/No__c'] = {
      json: [
        { id: ID, success: true, errors: [], created: true },
        { success: false, errors },
      ],
    }
    const records = [{ No__c: '1', Name: 'Acme' }, { No__c: '2' }]
    const saved = await run('upsertRecords', { object: 'Account', externalIdField: 'No__c', records })
    expect(saved).toMatchObject({
      results: [
        { id: ID, created: true },
        { success: false, errors },
      ],
    })
    const attributes = { type: 'Account' }
    expect(sent()).toEqual({ allOrNone: false, records: records.map((record) => ({ ...record, attributes })) })
    answers[`GET /sobjects/ContentVersion/${ID}`] = { json: { Title: 'offer', FileExtension: 'pdf' } }
    answers[`GET /sobjects/ContentVersion/${ID}/VersionData`] = { text: 'hi' }
    const files = createTestFiles()
    expect(await run('getFile', { id: ID }, { files })).toMatchObject({ file: { name: 'offer.pdf', size: 2 } })
  })

  it.each<[number, string, string, object]>([
    [401, 'INVALID_SESSION_ID', 'Session expired', { kind: 'authentication' }],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', { kind: 'rate_limited', retryAfterMs: 3_600_000 }],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'Concurrent', { kind: 'rate_limited', retryAfterMs: 10_000 }],
    [400, 'REQUIRED_FIELD_MISSING', 'Missing:', { kind: 'rejected', detail: 'Missing: (Name)' }],
    [400, 'UNABLE_TO_LOCK_ROW', 'Locked', { kind: 'communication' }],
    [403, 'API_DISABLED_FOR_ORG', 'Off', { kind: 'authorization' }],
    [503, 'SERVER_UNAVAILABLE', 'Busy', { kind: 'communication' }],
  ])('understands status %i with %s', async (status, errorCode, message, error) => {
    answers[`GET /sobjects/Account/${ID}`] = { status, json: [{ message, errorCode, fields: ['Name'] }] }
    await expect(run('getRecord', { object: 'Account', id: ID })).rejects.toMatchObject(error)
  })
})

describe('salesforce forms', () => {
  const field = { name: 'Name', label: 'Name', type: 'string', createable: true, updateable: true, nillable: false }

  it('knows the objects and fields of the org', async () => {
    const sobjects = [
      { name: 'Account', label: 'Account', queryable: true },
      { name: 'X', label: 'X', queryable: false },
    ]
    answers['GET /sobjects'] = { json: { sobjects } }
    const form = { ...place(), input: { object: 'Account' } }
    const objects = await loadOptions(connector, { of: 'createRecord', field: 'object', ...form })
    expect(objects.options).toEqual([{ value: 'Account', label: 'Account', description: 'Account' }])
    const fields = [
      field,
      { ...field, name: 'Size', type: 'picklist', nillable: true, picklistValues: [{ value: 'S', active: true }] },
      { ...field, name: 'No__c', type: 'double', externalId: true, defaultedOnCreate: true },
      { ...field, name: 'Id', type: 'id', createable: false, updateable: false, idLookup: true },
    ]
    answers['GET /sobjects/Account/describe'] = { json: { fields } }
    expect(await loadSchema(connector, { of: 'createRecord', field: 'fields', ...form })).toEqual({
      type: 'object',
      properties: {
        Name: { title: 'Name', type: 'string' },
        Size: { title: 'Name', type: 'string', enum: ['S'] },
        No__c: { title: 'Name', type: 'number' },
      },
      additionalProperties: true,
      required: ['Name'],
    })
    const external = await loadOptions(connector, { of: 'upsertRecord', field: 'externalIdField', ...form })
    expect(external.options.map(({ value }) => value)).toEqual(['No__c'])
  })

  it('knows flows and what goes into them', async () => {
    answers['GET /actions/custom/flow'] = { json: { actions: [{ name: 'Welcome', label: 'Welcome', type: 'FLOW' }] } }
    const form = { ...place(), of: 'runFlow', input: { type: 'flow', name: 'Welcome' } }
    expect((await loadOptions(connector, { ...form, field: 'name' })).options).toHaveLength(1)
    const inputs = [{ name: 'n', label: 'N', type: 'NUMBER', required: true }]
    answers['GET /actions/custom/flow/Welcome'] = { json: { inputs } }
    const schema = await loadSchema(connector, { ...form, field: 'inputs' })
    expect(schema).toMatchObject({ properties: { n: { type: 'number', title: 'N' } }, required: ['n'] })
  })

  it('tests a connection and tells whose it is', async () => {
    await testConnection(connector, place())
    const records = [{ Id: '00D000000000001', Name: 'Acme' }]
    answers['GET /query'] = { json: { totalSize: 1, done: true, records } }
    expect(await accountOf(connector, place())).toEqual({ id: '00D000000000001', label: 'Acme' })
  })
})

describe('salesforce triggers', () => {
  const at = (Id: string, time: string): JsonValue => ({ Id, CreatedDate: time, SystemModstamp: time })
  const found = (...records: JsonValue[]): StubAnswer => ({ json: { totalSize: 1, done: true, records } })
  const poll = (trigger: string, input: object, more: { cursor?: JsonValue } = {}) =>
    pollTrigger(connector, trigger, { input: { object: 'Lead', ...input }, ...place(), ...more })

  it.each([
    ['newRecord', 'CreatedDate'],
    ['recordUpdated', 'SystemModstamp'],
  ])('%s tells each record once', async (trigger, by) => {
    answers['GET /query'] = found(at('a', '2026-04-01T00:05:00.000+0000'))
    const first = await poll(trigger, {})
    expect(first.items).toHaveLength(1)
    expect(soql()).toBe(`SELECT FIELDS(ALL) FROM Lead ORDER BY ${by} DESC, Id DESC LIMIT 200`)
    answers['GET /query'] = found(at('a', '2026-04-01T00:05:00.000+0000'), at('b', '2026-04-01T00:05:00.000+0000'))
    const second = await poll(trigger, { fields: ['Name'] }, first)
    expect(second.items.map(({ data }) => data)).toMatchObject([{ Id: 'b' }])
    expect(soql()).toContain(`FROM Lead WHERE ${by} >= 2026-04-01T00:04:00.000Z ORDER BY ${by} ASC`)
    expect((await poll(trigger, {}, second)).items).toEqual([])
  })

  it('tells of deleted records from where Salesforce had told of all', async () => {
    const now = Date.parse('2026-04-10T20:10:00Z')
    const gone = { id: ID, deletedDate: '2026-04-10T20:09:31.000+0000' }
    const covered = '2026-04-10T20:09:00.000+0000'
    const json = { deletedRecords: [gone], earliestDateAvailable: covered, latestDateCovered: covered }
    answers['GET /sobjects/Lead/deleted/'] = { json }
    const options = { input: { object: 'Lead' }, ...place() }
    const first = await pollTrigger(connector, 'recordDeleted', { ...options, now })
    expect(first.items).toEqual([{ id: `${ID}:${gone.deletedDate}`, data: gone }])
    await pollTrigger(connector, 'recordDeleted', { ...options, now: now + 600_000, cursor: first.cursor })
    const asked = new URLSearchParams(last()?.url.split('?')[1])
    expect(Object.fromEntries(asked)).toEqual({ start: '2026-04-10T20:09:00.000Z', end: '2026-04-10T20:20:00.000Z' })
  })

  it('goes on where it stopped after an import of more records than a poll reads', async () => {
    answers['GET /query'] = found(at('0', '2026-04-01T00:05:00.000+0000'))
    const first = await poll('recordUpdated', {})
    const many = Array.from({ length: 200 }, (_, index) => at(`r${index}`, '2026-04-01T00:05:00.000+0000'))
    answers['GET /query'] = found(...many)
    const second = await poll('recordUpdated', {}, first)
    expect(second).toMatchObject({ hasMore: true, cursor: { after: { id: 'r199' } } })
    answers['GET /query'] = found(at('z', '2026-04-01T00:05:00.000+0000'))
    const third = await poll('recordUpdated', {}, second)
    expect(soql()).toContain("(SystemModstamp = 2026-04-01T00:05:00.000Z AND Id > 'r199')")
    expect(third.items).toHaveLength(1)
    expect(third.hasMore ?? false).toBe(false)
  })
})

describeConnectorContract(connector, { describe, it, expect })
