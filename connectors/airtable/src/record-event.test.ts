/** Webhooks of bases, comments and files, as Airtable's documentation of each request shows them. */
import { createHmac } from 'node:crypto'
import type { JsonValue } from '@inlay/sdk/connector'
import {
  createTestFiles,
  createTestStores,
  deliverWebhook,
  loadOptions,
  registerTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  unregisterTrigger,
  withTestContext,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleComment } from './comment.js'
import { connector } from './index.js'
import { sampleRecord } from './table.js'

const HOOKS = '/v0/bases/app1/webhooks'
const TABLES: StubAnswer = {
  json: {
    tables: [
      {
        ...{ id: 'tbl1', name: 'Orders', views: [{ id: 'viw1', name: 'Open', type: 'grid' }] },
        fields: [
          { id: 'fld1', name: 'Name', type: 'singleLineText' },
          { id: 'fld2', name: 'Price', type: 'number' },
        ],
      },
    ],
  },
}

let stub: StubServer
let answers: Record<string, StubAnswer>

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const route = `${method} ${url.split('?')[0]}`
    return answers[`${method} ${url}`] ?? answers[route] ?? { status: 404, json: { error: 'NOT_FOUND' } }
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {
    'GET /v0/meta/bases/app1/tables': TABLES,
    [`GET ${HOOKS}`]: { json: { webhooks: [{ id: 'ach0', notificationUrl: 'https://elsewhere.example' }] } },
    [`POST ${HOOKS}`]: { json: { id: 'ach1', macSecretBase64: SECRET, expirationTime: '2026-04-17T00:00:00.000Z' } },
  }
})

const SECRET = Buffer.from('test-secret').toString('base64')
const auth = { kind: 'bearer' as const, token: 'test-token', fields: {} }
const place = { base: 'app1', table: 'Orders' }
const input = { ...place, changes: ['created' as const, 'changed' as const] }
const options = () => ({ input, auth, baseUrl: stub.url })
const sent = () => stub.requests.at(-1)?.json()
const run = (action: string, more: object, rest: object = {}) =>
  runAction(connector, action, { input: { ...place, ...more }, auth, baseUrl: stub.url, ...rest })

const rawBody = JSON.stringify({ base: { id: 'app1' }, webhook: { id: 'ach1' }, timestamp: '2026-04-11T08:00:00.000Z' })
const mac = `hmac-sha256=${createHmac('sha256', 'test-secret').update(rawBody).digest('hex')}`

function payload(number: number, changes: JsonValue): JsonValue {
  const about = { timestamp: '2026-04-11T08:00:00.000Z', baseTransactionNumber: number, payloadFormat: 'v0' }
  return { ...about, actionMetadata: { source: 'client' }, changedTablesById: { tbl1: changes } }
}

describe("a webhook of a base's table", () => {
  it('is made for the table and its fields by their ids, in the place of one that was left', async () => {
    const url = (await registerTrigger(connector, 'recordEvent', options())).webhookUrl
    answers[`GET ${HOOKS}`] = { json: { webhooks: [{ id: 'ach9', notificationUrl: url }] } }
    answers[`DELETE ${HOOKS}/ach9`] = { status: 204 }
    const before = stub.requests.length
    const registered = await registerTrigger(connector, 'recordEvent', {
      ...{ ...options(), input: { ...input, watched: ['Price'] } },
    })
    expect(registered.registration).toEqual({ id: 'ach1', secret: SECRET, table: 'tbl1' })
    expect(stub.requests.slice(before).map(({ method }) => method)).toEqual(['GET', 'GET', 'DELETE', 'POST'])
    expect(sent()).toEqual({
      notificationUrl: registered.webhookUrl,
      specification: {
        options: {
          filters: {
            ...{ dataTypes: ['tableData'], recordChangeScope: 'tbl1', changeTypes: ['add', 'update'] },
            watchDataInFieldIds: ['fld2'],
          },
          includes: { includeCellValuesInFieldIds: 'all', includePreviousCellValues: true },
        },
      },
    })
    const unknown = registerTrigger(connector, 'recordEvent', { ...options(), input: { ...input, watched: ['Nope'] } })
    await expect(unknown).rejects.toMatchObject({ kind: 'validation' })
  })

  it('is refreshed, made again once it has expired, and removed, twice if need be', async () => {
    const registered = await registerTrigger(connector, 'recordEvent', options())
    const trigger = connector.triggers['recordEvent']
    const renew = () =>
      withTestContext(connector, options(), async (context) =>
        trigger?.kind === 'webhook'
          ? trigger.renewal?.run({ ...context, ...registered, input: { ...input, watched: [] } })
          : undefined,
      )
    answers[`POST ${HOOKS}/ach1/refresh`] = { json: { expirationTime: '2026-04-24T00:00:00.000Z' } }
    expect(await renew()).toEqual(registered.registration)
    delete answers[`POST ${HOOKS}/ach1/refresh`]
    answers[`POST ${HOOKS}`] = { json: { id: 'ach2', macSecretBase64: SECRET } }
    expect(await renew()).toMatchObject({ id: 'ach2' })
    answers[`DELETE ${HOOKS}/ach1`] = { status: 204 }
    await unregisterTrigger(connector, 'recordEvent', { ...options(), ...registered })
    delete answers[`DELETE ${HOOKS}/ach1`]
    await unregisterTrigger(connector, 'recordEvent', { ...options(), ...registered })
  })
})

describe('a delivery of Airtable', () => {
  const registration = { id: 'ach1', secret: SECRET, table: 'tbl1' }
  const deliver = (headers: Record<string, string>, store = createTestStores()) =>
    deliverWebhook(connector, 'recordEvent', {
      ...{ ...options(), registration, store },
      request: { rawBody, headers },
    })

  it('is taken when Airtable signed it, and reads what has happened since the delivery before', async () => {
    const cells = (name: string, price: number) => ({ cellValuesByFieldId: { fld1: name, fld2: price } })
    answers[`GET ${HOOKS}/ach1/payloads?cursor=1`] = {
      json: {
        ...{ cursor: 2, mightHaveMore: true },
        payloads: [payload(7, { createdRecordsById: { rec1: { createdTime: 'x', ...cells('Shoes', 40) } } })],
      },
    }
    const changed = {
      current: { cellValuesByFieldId: { fld2: 42 } },
      previous: { cellValuesByFieldId: { fld2: 40 } },
      unchanged: { cellValuesByFieldId: { fld1: 'Shoes' } },
    }
    answers[`GET ${HOOKS}/ach1/payloads?cursor=2`] = {
      json: {
        ...{ cursor: 4, mightHaveMore: false },
        payloads: [
          payload(8, { changedRecordsById: { rec1: changed }, destroyedRecordIds: ['rec2'] }),
          { error: true, code: 'INVALID_HOOK' },
        ],
      },
    }
    const store = createTestStores()
    const heard = await deliver({ 'X-Airtable-Content-MAC': mac }, store)
    const at = '2026-04-11T08:00:00.000Z'
    const nothing = { fields: {}, changed: [], previous: {} }
    expect(heard).toEqual({
      kind: 'items',
      answer: { status: 204 },
      items: [
        {
          id: 'ach1:7:rec1:created',
          data: { ...nothing, event: 'created', at, record: 'rec1', fields: { Name: 'Shoes', Price: 40 } },
        },
        {
          id: 'ach1:8:rec1:changed',
          data: {
            ...{ event: 'changed', at, record: 'rec1', fields: { Name: 'Shoes', Price: 42 } },
            ...{ changed: ['Price'], previous: { Price: 40 } },
          },
        },
        { id: 'ach1:8:rec2:deleted', data: { ...nothing, event: 'deleted', at, record: 'rec2' } },
      ],
    })
    answers[`GET ${HOOKS}/ach1/payloads?cursor=4`] = { json: { cursor: 4, mightHaveMore: false, payloads: [] } }
    expect(await deliver({ 'X-Airtable-Content-MAC': mac }, store)).toMatchObject({ items: [] })
  })

  it('is refused when anybody else signed it, or nobody', async () => {
    const before = stub.requests.length
    expect(await deliver({})).toEqual({ kind: 'refused' })
    expect(await deliver({ 'X-Airtable-Content-MAC': mac.replace(/.$/, 'x') })).toEqual({ kind: 'refused' })
    expect(stub.requests.length).toBe(before)
  })
})

describe('airtable comments, files and batches', () => {
  it('comments on a record, and lists comments over pages', async () => {
    const path = '/v0/app1/Orders/rec1/comments'
    answers[`POST ${path}`] = { json: sampleComment }
    expect(await run('addComment', { record: 'rec1', text: 'Sent today.' })).toEqual(sampleComment)
    expect(sent()).toEqual({ text: 'Sent today.' })
    answers[`GET ${path}?pageSize=100`] = { json: { comments: [sampleComment], offset: 'o2' } }
    answers[`GET ${path}?pageSize=100&offset=o2`] = { json: { comments: [sampleComment], offset: null } }
    expect(await run('listComments', { record: 'rec1' })).toMatchObject({ comments: { length: 2 } })
  })

  it('attaches files at the address for files, up to 5 MB', async () => {
    const files = createTestFiles()
    const file = await files.write({ name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('hello') })
    const made = { id: 'att1', filename: 'a.txt', url: 'https://v5.airtableusercontent.com/1', size: 5 }
    answers['POST /v0/app1/rec1/Documents/uploadAttachment'] = { json: { id: 'rec1', fields: { fld3: [made] } } }
    const origins = { 'https://content.airtable.com': stub.url }
    const attach = (size: number) =>
      run('uploadAttachment', { record: 'rec1', field: 'Documents', file: { ...file, size } }, { files, origins })
    expect(await attach(5)).toEqual({ attachments: [made] })
    expect(stub.requests.at(-1)?.headers.authorization).toBe('Bearer test-token')
    expect(sent()).toEqual({ contentType: 'text/plain', filename: 'a.txt', file: 'aGVsbG8=' })
    await expect(attach(6_000_000)).rejects.toMatchObject({ kind: 'limit' })
  })

  it('makes many records ten at a time', async () => {
    answers['POST /v0/app1/Orders'] = { json: { records: [sampleRecord] } }
    const before = stub.requests.length
    const records = Array.from({ length: 12 }, (_, index) => ({ Name: String(index) }))
    expect(await run('createRecords', { records })).toMatchObject({ records: { length: 2 } })
    expect(stub.requests.length - before).toBe(2)
    expect(sent()).toMatchObject({ records: [{ fields: { Name: '10' } }, { fields: { Name: '11' } }] })
  })

  it('offers the views of a table', async () => {
    const form = { of: 'listRecords', field: 'view', auth, baseUrl: stub.url, input: place }
    expect((await loadOptions(connector, form)).options).toEqual([
      { value: 'Open', label: 'Open', description: 'grid' },
    ])
  })
})
