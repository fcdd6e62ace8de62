import { createHmac } from 'node:crypto'
import type { JsonValue } from '@inlay/sdk/connector'
import {
  accountOf,
  deliverAppEvent,
  describeConnectorContract,
  loadOptions,
  loadSchema,
  OUTPUT,
  parseAppEvent,
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

const CONTACTS = '/crm/v3/objects/contacts'
let stub: StubServer
let answers: Record<string, StubAnswer>
let stubMore: (() => StubAnswer) | undefined

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const missing = { status: 404, json: { status: 'error', message: 'not found', category: 'OBJECT_NOT_FOUND' } }
    if (stubMore !== undefined) return stubMore()
    return answers[`${method} ${url}`] ?? answers[`${method} ${url.split('?')[0]}`] ?? missing
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {
    [`POST ${CONTACTS}`]: { status: 201, json: sampleRecord },
    [`PATCH ${CONTACTS}/512`]: { json: sampleRecord },
    [`GET ${CONTACTS}/512`]: { json: sampleRecord },
    'GET /account-info/v3/details': { json: { portalId: 62515, uiDomain: 'app.hubspot.com' } },
  }
})

const place = () => ({ auth: { kind: 'bearer' as const, token: 'test-token', fields: {} }, baseUrl: stub.url })
const run = (id: string, input: object) => runAction(connector, id, { input, ...place() })
const last = () => stub.requests.at(-1)
const sent = () => JSON.parse(last()?.body ?? 'null')

describe('hubspot actions', () => {
  it('creates and changes records with texts, as HubSpot takes them', async () => {
    const properties = { firstname: 'Kim', age: 7, ok: true, gone: null, tags: ['a', 'b'] }
    await run('createRecord', { objectType: 'contacts', properties })
    expect(last()).toMatchObject({ method: 'POST', headers: { authorization: 'Bearer test-token' } })
    expect(sent()).toEqual({ properties: { firstname: 'Kim', age: '7', ok: 'true', gone: '', tags: 'a;b' } })
    await run('updateRecord', { objectType: 'contacts', id: '512', properties: { firstname: 'Kim' } })
    expect(last()).toMatchObject({ method: 'PATCH', url: `${CONTACTS}/512` })
  })

  it('creates or changes, and tells why a batch of one was refused', async () => {
    const url = `POST ${CONTACTS}/batch/upsert`
    answers[url] = { json: { status: 'COMPLETE', results: [{ ...sampleRecord, new: true }] } }
    const input = { objectType: 'contacts', idProperty: 'email', id: 'kim@acme.example', properties: {} }
    expect(await run('upsertRecord', input)).toMatchObject({ new: true })
    const { id, idProperty } = input
    expect(sent()).toEqual({ inputs: [{ idProperty, id, properties: { email: id } }] })
    answers[url] = { status: 207, json: { results: [], errors: [{ message: 'Bad e-mail.' }] } }
    await expect(run('upsertRecord', input)).rejects.toMatchObject({ kind: 'rejected', detail: 'Bad e-mail.' })
  })

  it('gets, searches over pages and archives', async () => {
    await run('getRecord', { objectType: 'contacts', id: '512', properties: ['email', 'age'] })
    expect(last()?.url).toBe(`${CONTACTS}/512?properties=email%2Cage`)
    answers[`POST ${CONTACTS}/search`] = {
      json: { total: 2, results: [sampleRecord], paging: { next: { after: '1' } } },
    }
    const filters = [{ property: 'age', operator: 'GT', value: '6' }]
    expect(await run('searchRecords', { objectType: 'contacts', filters, limit: 2 })).toMatchObject({
      total: 2,
      records: [{ id: '512' }, { id: '512' }],
    })
    expect(sent()).toMatchObject({
      filterGroups: [{ filters: [{ propertyName: 'age', operator: 'GT', value: '6' }] }],
      after: '1',
    })
    answers[`DELETE ${CONTACTS}/512`] = { status: 204 }
    expect(await run('archiveRecord', { objectType: 'contacts', id: '512' })).toEqual({})
  })

  it('opens deals, writes notes and associates', async () => {
    answers['POST /crm/v3/objects/deals'] = { status: 201, json: sampleRecord }
    await run('createDeal', { name: 'A', pipeline: 'default', stage: 's', amount: 5, contactIds: ['1'] })
    expect(sent()).toMatchObject({
      properties: { dealname: 'A', dealstage: 's', amount: '5' },
      associations: [{ to: { id: '1' }, types: [{ associationTypeId: 3 }] }],
    })
    answers['POST /crm/v3/objects/notes'] = { status: 201, json: sampleRecord }
    await run('addNote', { objectType: 'tickets', id: '9', text: 'Hi' })
    expect(sent().associations).toMatchObject([{ to: { id: '9' }, types: [{ associationTypeId: 228 }] }])
    const opened = {
      subject: 'Late',
      pipeline: '0',
      stage: '1',
      priority: 'HIGH',
      contactIds: ['1'],
      companyIds: ['2'],
    }
    answers['POST /crm/v3/objects/tickets'] = { status: 201, json: sampleRecord }
    await run('createTicket', opened)
    expect(sent()).toMatchObject({
      properties: { subject: 'Late', hs_pipeline: '0', hs_pipeline_stage: '1', hs_ticket_priority: 'HIGH' },
      associations: [
        { to: { id: '1' }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 16 }] },
        { to: { id: '2' }, types: [{ associationTypeId: 339 }] },
      ],
    })
    answers['POST /crm/v3/objects/tasks'] = { status: 201, json: sampleRecord }
    await run('createTask', { subject: 'Call', dueAt: '2026-04-20T11:00:00+02:00', contactIds: ['1'], dealIds: ['3'] })
    expect(sent()).toMatchObject({
      properties: { hs_task_subject: 'Call', hs_timestamp: '2026-04-20T09:00:00.000Z', hs_task_status: 'NOT_STARTED' },
      associations: [{ types: [{ associationTypeId: 204 }] }, { to: { id: '3' }, types: [{ associationTypeId: 216 }] }],
    })
    answers['PUT /crm/v4/objects/contacts/1/associations/default/companies/2'] = { json: { status: 'COMPLETE' } }
    await run('associateRecords', { fromType: 'contacts', fromId: '1', toType: 'companies', toId: '2' })
    answers['GET /crm/v3/owners'] = { json: { results: [{ id: '4', email: 'kim@acme.example' }] } }
    expect(await run('listOwners', {})).toMatchObject({ owners: [{ id: '4' }] })
  })

  it('lists what a record is connected with, page by page, and changes lists', async () => {
    const associationTypes = [{ category: 'HUBSPOT_DEFINED', typeId: 280, label: null }]
    const url = '/crm/v4/objects/companies/7/associations/contacts'
    const next = { next: { after: '512', link: '?after=512' } }
    answers[`GET ${url}?limit=500`] = { json: { results: [{ toObjectId: '512', associationTypes }], paging: next } }
    answers[`GET ${url}?limit=500&after=512`] = { json: { results: [{ toObjectId: 513, associationTypes }] } }
    expect(await run('listAssociated', { objectType: 'companies', id: '7', toType: 'contacts' })).toMatchObject({
      records: [{ toObjectId: '512' }, { toObjectId: '513' }],
    })
    answers['PUT /crm/v3/lists/42/memberships/add-and-remove'] = {
      json: { recordsIdsAdded: ['512'], recordIdsRemoved: [], recordIdsMissing: ['9'] },
    }
    const changed = await run('changeList', { list: '42', add: ['512', '9'] })
    expect(changed).toEqual({ added: ['512'], removed: [], missing: ['9'] })
    expect(sent()).toEqual({ recordIdsToAdd: ['512', '9'], recordIdsToRemove: [] })
  })

  it.each<[string, number, object, object]>([
    ['wrong tokens', 401, { category: 'INVALID_AUTHENTICATION' }, { kind: 'authentication' }],
    ['missing scopes', 403, { category: 'MISSING_SCOPES' }, { kind: 'authorization' }],
    [
      'its burst limit',
      429,
      { errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' },
      { kind: 'rate_limited', retryAfterMs: 10_000 },
    ],
    ['its daily limit', 429, { policyName: 'DAILY' }, { kind: 'rate_limited', retryAfterMs: 3_600_000 }],
    [
      'bad values',
      400,
      { category: 'VALIDATION_ERROR', errors: [{ message: 'Age is no number.', code: 'INVALID_INTEGER' }] },
      { kind: 'rejected', detail: 'Told so. Age is no number.' },
    ],
    ['a conflict', 409, { category: 'CONFLICT' }, { kind: 'rejected', data: { status: 409, category: 'CONFLICT' } }],
    ['a problem of its own', 502, {}, { kind: 'communication' }],
  ])('understands %s', async (_, status, body, error) => {
    answers[`GET ${CONTACTS}/512`] = { status, json: { status: 'error', message: 'Told so.', ...body } }
    await expect(run('getRecord', { objectType: 'contacts', id: '512' })).rejects.toMatchObject(error)
  })
})

describe('hubspot forms', () => {
  const property = { name: 'age', label: 'Age', type: 'number', fieldType: 'number', options: [] }
  const choice = { label: 'A', value: 'a' }

  it('knows the properties of the account', async () => {
    const results = [
      property,
      { ...property, name: 'tags', type: 'enumeration', fieldType: 'checkbox', options: [choice] },
      { ...property, name: 'email', type: 'string', modificationMetadata: { readOnlyValue: false } },
      { ...property, name: 'id', type: 'string', modificationMetadata: { readOnlyValue: true } },
      { ...property, name: 'secret', hidden: true },
    ]
    answers['GET /crm/v3/properties/contacts'] = { json: { results } }
    const form = { ...place(), input: { objectType: 'contacts' } }
    const schema = await loadSchema(connector, { of: 'createRecord', field: 'properties', ...form })
    expect(schema['properties']).toEqual({
      age: { type: 'number', title: 'Age' },
      tags: { type: 'array', title: 'Age', items: { type: 'string', enum: ['a'] } },
      email: { type: 'string', title: 'Age' },
    })
    const unique = await loadOptions(connector, { of: 'upsertRecord', field: 'idProperty', ...form })
    expect(unique.options.map(({ value }) => value)).toEqual(['email'])
    const shape = await loadSchema(connector, { of: 'newRecord', field: OUTPUT, ...form })
    expect(JSON.stringify(shape)).toContain('"id"')
  })

  it('offers owners page by page, pipelines and their stages', async () => {
    const owner = { id: '4', email: 'kim@acme.example', firstName: 'Kim', lastName: null }
    answers['GET /crm/v3/owners'] = { json: { results: [owner], paging: { next: { after: 'x' } } } }
    const load = (field: string) =>
      loadOptions(connector, { of: 'createDeal', field, ...place(), input: { pipeline: 'p' } })
    expect(await load('ownerId')).toEqual({
      options: [{ value: '4', label: 'Kim', description: 'kim@acme.example' }],
      nextCursor: 'x',
    })
    const results = [{ id: 'p', label: 'Sales', stages: [{ id: 's', label: 'Won' }] }]
    answers['GET /crm/v3/pipelines/deals'] = { json: { results } }
    expect((await load('pipeline')).options).toEqual([{ value: 'p', label: 'Sales' }])
    expect((await load('stage')).options).toEqual([{ value: 's', label: 'Won' }])
  })

  it('offers custom objects where the connection may read them, and lists that can be changed', async () => {
    const load = (of: string, field: string) => loadOptions(connector, { of, field, ...place(), search: 'news' })
    const url = 'GET /crm-object-schemas/v3/schemas'
    answers[url] = { json: { results: [{ id: '7', name: 'car', labels: { singular: 'Car', plural: 'Cars' } }] } }
    const custom = { value: '2-7', label: 'Cars', description: 'Custom object' }
    expect((await load('createRecord', 'objectType')).options.slice(3)).toEqual([
      { value: 'tickets', label: 'Tickets' },
      custom,
    ])
    answers[url] = { status: 403, json: { message: 'No.', category: 'MISSING_SCOPES' } }
    expect((await load('newRecord', 'objectType')).options).toHaveLength(4)
    const list = { listId: '42', name: 'News', processingType: 'MANUAL' }
    answers['POST /crm/v3/lists/search'] = { json: { lists: [list], hasMore: true, offset: 100, total: 101 } }
    const options = [{ value: '42', label: 'News' }]
    expect(await load('changeList', 'list')).toEqual({ options, nextCursor: '100' })
    expect(sent()).toMatchObject({ query: 'news', offset: 0, processingTypes: ['MANUAL', 'SNAPSHOT'] })
  })

  it('signs in by the version of the OAuth API that stays after February 2027', () => {
    expect(connector.auth[0]).toMatchObject({
      tokenUrl: 'https://api.hubapi.com/oauth/2026-03/token',
      revocationUrl: 'https://api.hubapi.com/oauth/2026-03/token/revoke',
    })
  })

  it('tests a connection and tells whose it is', async () => {
    await testConnection(connector, place())
    expect(await accountOf(connector, place())).toEqual({ id: '62515', label: 'app.hubspot.com 62515' })
  })
})

describe('hubspot triggers', () => {
  it.each(['newRecord', 'recordUpdated'])('%s tells each record once, late ones too', async (trigger) => {
    const at = (id: string, time: string) => ({ ...sampleRecord, id, createdAt: time, updatedAt: time })
    const poll = (more: { cursor?: JsonValue } = {}) =>
      pollTrigger(connector, trigger, { input: { objectType: 'deals' }, ...place(), ...more })
    const found = (...results: JsonValue[]): StubAnswer => ({ json: { total: 1, results } })
    answers['POST /crm/v3/objects/deals/search'] = found(at('1', '2026-04-01T00:05:00.000Z'))
    const first = await poll()
    expect(first.items).toHaveLength(1)
    answers['POST /crm/v3/objects/deals/search'] = found(
      at('2', '2026-04-01T00:01:00.000Z'),
      at('1', '2026-04-01T00:05:00.000Z'),
    )
    const second = await poll(first)
    expect(second.items.map(({ data }) => data)).toMatchObject([{ id: '2' }])
    const value = String(Date.parse('2026-04-01T00:00:00.000Z'))
    expect(sent().filterGroups[0].filters[0]).toMatchObject({ operator: 'GTE', value })
    expect((await poll(second)).items).toEqual([])
  })

  it('asks for new records of custom objects by the name that theirs have', async () => {
    answers['POST /crm/v3/objects/2-7/search'] = { json: { results: [] } }
    await pollTrigger(connector, 'newRecord', { input: { objectType: '2-7' }, ...place() })
    expect(sent().sorts).toEqual([{ propertyName: 'hs_createdate', direction: 'DESCENDING' }])
  })

  it('goes on where it stopped after an import of more records than a poll reads', async () => {
    const poll = (cursor?: JsonValue) =>
      pollTrigger(connector, 'newRecord', {
        input: { objectType: 'deals' },
        ...place(),
        ...(cursor === undefined ? {} : { cursor }),
      })
    const found = (id: number) => ({ ...sampleRecord, id: String(id), createdAt: '2026-04-01T00:05:00.000Z' })
    answers['POST /crm/v3/objects/deals/search'] = { json: { results: [found(0)] } }
    const first = await poll()
    let next = 1
    stubMore = () => ({ json: { results: [found(next++)], paging: { next: { after: String(next) } } } })
    const second = await poll(first.cursor)
    stubMore = undefined
    expect(second).toMatchObject({ hasMore: true, cursor: { from: Date.parse('2026-04-01T00:05:00.000Z') } })
    expect(second.items).toHaveLength(10)
    await poll(second.cursor)
    expect(sent().filterGroups[0].filters[0].value).toBe(String(Date.parse('2026-04-01T00:05:00.000Z')))
  })

  const NOW = 1_775_000_000_000
  const settings = { clientSecret: 'test-secret' }
  const url = 'https://inlay.test/hooks/app/hubspot?of=a%40b'
  const told = {
    eventId: 1,
    subscriptionId: 2,
    portalId: 62515,
    occurredAt: NOW,
    subscriptionType: 'contact.propertyChange',
    attemptNumber: 0,
    objectId: 512,
    propertyName: 'age',
    propertyValue: '8',
    changeSource: 'CRM',
  }

  it('takes what HubSpot signed now, and nothing else', async () => {
    const rawBody = JSON.stringify([
      told,
      { ...told, objectId: 7, subscriptionType: 'object.creation', objectTypeId: '0-3' },
    ])
    const deliver = (
      at: number,
      body = rawBody,
      { app = {}, ...more }: { app?: object; [name: string]: unknown } = {},
    ) => {
      const signed = `POST${url.replace('%40', '@')}${rawBody}${at}`
      const signature = createHmac('sha256', 'test-secret').update(signed).digest('base64')
      const headers = { 'X-HubSpot-Signature-v3': signature, 'X-HubSpot-Request-Timestamp': String(at), ...more }
      return deliverAppEvent(connector, { request: { rawBody: body, headers, url }, settings, now: NOW, ...app })
    }
    expect(await deliver(NOW)).toMatchObject({
      events: [
        { name: 'propertyChange', account: '62515', data: { objectType: 'contacts', recordId: '512', value: '8' } },
        { name: 'creation', data: { objectType: 'deals', recordId: '7' } },
      ],
    })
    expect(await deliver(NOW - 301_000)).toEqual({ kind: 'refused' })
    expect(await deliver(NOW, `${rawBody} `)).toEqual({ kind: 'refused' })
    expect(await deliver(NOW, rawBody, { 'X-HubSpot-Signature-v3': '' })).toEqual({ kind: 'refused' })
    const oauthApp = { clientId: 'a', clientSecret: 'test-secret' }
    expect(await deliver(NOW, rawBody, { app: { settings: {}, oauthApp } })).toMatchObject({ kind: 'events' })
    expect(await deliver(NOW, rawBody, { app: { settings: {} } })).toEqual({ kind: 'refused' })
  })

  it('tells of merges and connections by the record that remains', async () => {
    const { objectId: _, ...rest } = told
    const merged = {
      ...rest,
      subscriptionType: 'contact.merge',
      primaryObjectId: 1,
      mergedObjectIds: [2],
      newObjectId: 3,
    }
    const connected = {
      ...rest,
      subscriptionType: 'object.associationChange',
      fromObjectTypeId: '2-7',
      fromObjectId: 5,
      toObjectId: 6,
      associationRemoved: true,
    }
    const rawBody = JSON.stringify([merged, connected])
    const signature = createHmac('sha256', 'test-secret')
      .update(`POSThttps://a.test/x${rawBody}${NOW}`)
      .digest('base64')
    const headers = { 'X-HubSpot-Signature-v3': signature, 'X-HubSpot-Request-Timestamp': String(NOW) }
    const request = { rawBody, headers, url: 'https://a.test/x' }
    expect(await deliverAppEvent(connector, { request, settings, now: NOW })).toMatchObject({
      events: [
        { name: 'merge', data: { objectType: 'contacts', recordId: '3', otherRecordIds: ['2'] } },
        {
          name: 'associationChange',
          data: { objectType: '2-7', recordId: '5', otherRecordIds: ['6'], wasRemoved: true },
        },
      ],
    })
  })

  it('starts on the wanted events of the wanted records', async () => {
    const data = {
      objectType: 'contacts',
      event: 'propertyChange',
      recordId: '1',
      property: 'age',
      value: '8',
      otherRecordIds: [],
      wasRemoved: null,
    }
    const event = { id: 'e', name: 'propertyChange', account: '1', data: { ...data, source: null, occurredAt: 'now' } }
    const read = { objectType: 'contacts', events: ['propertyChange'], properties: ['email'] }
    answers[`GET ${CONTACTS}/1?properties=email`] = { json: sampleRecord }
    const [item] = await parseAppEvent(connector, 'recordEvent', { event, input: read, ...place() })
    expect(item).toMatchObject({ id: 'e', data: { recordId: '1', record: { id: '512' } } })
    delete answers[`GET ${CONTACTS}/1?properties=email`]
    expect(await parseAppEvent(connector, 'recordEvent', { event, input: read, ...place() })).toMatchObject([
      { data: { record: null } },
    ])
    const count = async (input: object) => (await parseAppEvent(connector, 'recordEvent', { event, input })).length
    const input = { objectType: 'contacts', events: ['propertyChange'] }
    expect(await count(input)).toBe(1)
    expect(await count({ ...input, property: 'age' })).toBe(1)
    expect(await count({ ...input, property: 'email' })).toBe(0)
    expect(await count({ ...input, objectType: 'deals' })).toBe(0)
    expect(await count({ ...input, events: ['creation'] })).toBe(0)
  })
})

describeConnectorContract(connector, { describe, it, expect })
