import { generateKeyPairSync, verify } from 'node:crypto'
import type { JsonValue } from '@inlay/sdk/connector'
import {
  accountOf,
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
import { columnLetters } from './sheet.js'

const V = '/v4/spreadsheets/s1/values'
const place = { spreadsheet: 's1', sheet: "Kim's orders" }
const range = (cells: string) => `${V}/${encodeURIComponent(`'Kim''s orders'!${cells}`)}`
const googleError = (code: number, status: string, message = 'No.', reason?: string): StubAnswer => ({
  status: code,
  json: {
    error: { code, message, status, ...(reason === undefined ? {} : { details: [{ '@type': 'ErrorInfo', reason }] }) },
  },
})

let stub: StubServer
let answers: Record<string, StubAnswer>
let rows: JsonValue[][]
beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const path = url.split('?')[0]
    const from = /A(\d+)%3AB(\d+)$/.exec(path ?? '')
    if (method === 'GET' && from !== null && answers[`${method} ${path}`] === undefined) {
      return { json: { range: 'x', values: rows.slice(Number(from[1]) - 1, Number(from[2])) } }
    }
    return answers[`${method} ${path}`] ?? googleError(404, 'NOT_FOUND')
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  rows = [['Customer', 'Total'], ['Kim', 129.5], [], ['Ada', 7]]
  answers = {
    [`GET ${range('1:1')}`]: { json: { range: 'x', values: [['Customer', 'Total']] } },
    'GET /drive/v3/about': { json: { user: { emailAddress: 'kim@acme.example', displayName: 'Kim' } } },
    'GET /v4/spreadsheets/s1': { json: { sheets: [{ properties: { sheetId: 0, title: 'Orders', index: 0 } }] } },
  }
})

const auth = { kind: 'oauth2' as const, accessToken: 'test-token', scopes: [], extra: {}, fields: {} }
const at = () => ({
  auth,
  baseUrl: stub.url,
  origins: { 'https://www.googleapis.com': stub.url, 'https://oauth2.googleapis.com': stub.url },
})
const run = (action: string, input: object) => runAction(connector, action, { input, ...at() })
const last = () => stub.requests.at(-1)

describe('google sheets rows', () => {
  it('adds a row in the order of columns, and says which it is', async () => {
    answers[`POST ${range('A1:B1')}:append`] = { json: { updates: { updatedRange: "'Kim''s orders'!A12:B12" } } }
    const row = await run('appendRow', { ...place, values: { Total: 7 } })
    expect(row).toEqual({ row: 12, values: { Customer: null, Total: 7 } })
    expect(last()?.json()).toEqual({ values: [['', 7]] })
    expect(last()?.url).toContain('valueInputOption=USER_ENTERED&insertDataOption=INSERT_ROWS')
    expect(last()?.headers.authorization).toBe('Bearer test-token')
    await expect(run('appendRow', { ...place, values: { Nope: 7 } })).rejects.toMatchObject({
      kind: 'validation',
      detail: 'Unknown: Nope. The columns are Customer, Total.',
    })
  })

  it('changes only the cells that are given', async () => {
    answers[`PUT ${range('A4')}`] = { json: { spreadsheetId: 's1', updatedCells: 1 } }
    expect(await run('updateRow', { ...place, row: 4, values: { Total: 8 } })).toEqual({ row: 4, updatedCells: 1 })
    expect(last()?.json()).toEqual({ values: [[null, 8]] })
  })

  it('adds many rows at once', async () => {
    answers[`POST ${range('A1:B1')}:append`] = { json: { updates: { updatedRange: "'Kim''s orders'!A5:B6" } } }
    const given = [{ Customer: 'Eve' }, { Customer: 'Bo', Total: 1 }]
    expect(await run('appendRows', { ...place, rows: given })).toEqual({ firstRow: 5, count: 2 })
    expect(last()?.json()).toEqual({
      values: [
        ['Eve', ''],
        ['Bo', 1],
      ],
    })
  })

  it('changes the row that has the same value in a column, and adds it when there is none', async () => {
    answers[`PUT ${range('A4')}`] = { json: { spreadsheetId: 's1', updatedCells: 2 } }
    const upsert = (values: object) => run('upsertRow', { ...place, column: 'Customer', values })
    expect(await upsert({ Customer: 'ada', Total: 8 })).toEqual({ row: 4, wasAdded: false })
    expect(last()?.json()).toEqual({ values: [['ada', 8]] })
    answers[`POST ${range('A1:B1')}:append`] = { json: { updates: { updatedRange: "'Kim''s orders'!A5:B5" } } }
    expect(await upsert({ Customer: 'Eve' })).toEqual({ row: 5, wasAdded: true })
    await expect(upsert({ Total: 8 })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('deletes rows of a sheet, which Google knows by a number', async () => {
    answers['POST /v4/spreadsheets/s1:batchUpdate'] = { json: { replies: [{}] } }
    expect(await run('deleteRows', { spreadsheet: 's1', sheet: 'Orders', row: 3, count: 2 })).toEqual({ count: 2 })
    const wanted = { sheetId: 0, dimension: 'ROWS', startIndex: 2, endIndex: 4 }
    expect(last()?.json()).toEqual({ requests: [{ deleteDimension: { range: wanted } }] })
    const missing = run('deleteRows', { spreadsheet: 's1', sheet: 'May', row: 3 })
    await expect(missing).rejects.toMatchObject({ kind: 'validation' })
  })

  it('finds and reads rows with their numbers, without empty ones', async () => {
    expect(await run('findRows', { ...place, column: 'Customer', value: ' kim' })).toEqual({
      rows: [{ row: 2, values: { Customer: 'Kim', Total: 129.5 } }],
    })
    expect(await run('getRows', { ...place, from: 3 })).toEqual({
      columns: ['Customer', 'Total'],
      rows: [{ row: 4, values: { Customer: 'Ada', Total: 7 } }],
    })
    expect(last()?.url).toContain(`${encodeURIComponent('!')}A3%3AB102?valueRenderOption=UNFORMATTED_VALUE`)
  })

  it('takes a range below the sheet for an empty one', async () => {
    const message = 'Range (Orders!A9:B108) exceeds grid limits. Max rows: 4, max columns: 2'
    answers[`GET ${range('A9:B108')}`] = googleError(400, 'INVALID_ARGUMENT', message)
    expect(await run('getRows', { ...place, from: 9 })).toMatchObject({ rows: [] })
  })

  it('clears, creates and lists', async () => {
    answers[`POST ${range('A2:C')}:clear`] = { json: { spreadsheetId: 's1', clearedRange: 'Orders!A2:C10' } }
    expect(await run('clearCells', { ...place, cells: 'A2:C' })).toEqual({ clearedRange: 'Orders!A2:C10' })
    answers['POST /v4/spreadsheets'] = { json: { spreadsheetId: 's2', spreadsheetUrl: 'https://docs.google.com/s2' } }
    await run('createSpreadsheet', { title: 'New', columns: ['A'] })
    expect(last()?.json()).toMatchObject({
      properties: { title: 'New' },
      sheets: [
        {
          properties: { title: 'Sheet1' },
          data: [{ rowData: [{ values: [{ userEnteredValue: { stringValue: 'A' } }] }] }],
        },
      ],
    })
    answers['POST /v4/spreadsheets/s1:batchUpdate'] = {
      json: { replies: [{ addSheet: { properties: { sheetId: 7, title: 'May', index: 1 } } }] },
    }
    expect(await run('addSheet', { spreadsheet: 's1', title: 'May' })).toEqual({ sheetId: 7, title: 'May', index: 1 })
    expect(await run('listSheets', { spreadsheet: 's1' })).toMatchObject({ sheets: [{ title: 'Orders' }] })
  })

  it.each<[string, StubAnswer, object]>([
    ['credentials', googleError(401, 'UNAUTHENTICATED'), { kind: 'authentication' }],
    ['permissions', googleError(403, 'PERMISSION_DENIED'), { kind: 'authorization' }],
    ['rates', googleError(429, 'RESOURCE_EXHAUSTED', 'Quota', 'RATE_LIMIT_EXCEEDED'), { kind: 'rate_limited' }],
    [
      'bad ranges',
      googleError(400, 'INVALID_ARGUMENT', 'Unable to parse range: X'),
      { kind: 'rejected', detail: 'Unable to parse range: X' },
    ],
    ['outages', googleError(503, 'UNAVAILABLE'), { kind: 'communication' }],
  ])('understands refusals for %s', async (_, answer, error) => {
    answers['GET /v4/spreadsheets/s1'] = answer
    await expect(run('listSheets', { spreadsheet: 's1' })).rejects.toMatchObject(error)
  })
})

describe('google sheets forms', () => {
  it('offers spreadsheets by name, their sheets, and a field for each column', async () => {
    answers['GET /drive/v3/files'] = { json: { files: [{ id: 's1', name: 'Orders' }], nextPageToken: 'p2' } }
    const options = await loadOptions(connector, { of: 'appendRow', field: 'spreadsheet', search: "Kim's", ...at() })
    expect(options).toEqual({ options: [{ value: 's1', label: 'Orders' }], nextCursor: 'p2' })
    expect(last()?.form().get('q')).toContain("name contains 'Kim\\'s'")
    expect(last()?.headers.authorization).toBe('Bearer test-token')
    const sheets = await loadOptions(connector, { of: 'appendRow', field: 'sheet', input: place, ...at() })
    expect(sheets.options).toEqual([{ value: 'Orders', label: 'Orders' }])
    const schema = await loadSchema(connector, { of: 'appendRow', field: 'values', input: place, ...at() })
    expect(schema).toMatchObject({ properties: { Customer: { title: 'Customer' }, Total: { title: 'Total' } } })
    expect([0, 25, 26, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
  })
})

describe('a service account', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  const key = JSON.stringify({ client_email: 'robot@acme.example', private_key: pem, private_key_id: 'k1' })
  const account = (fields: { key: string; subject?: string }) => ({
    ...at(),
    auth: { kind: 'custom' as const, method: 'serviceAccount', fields },
  })

  it('swaps a signed assertion for a token, and calls with it', async () => {
    answers['POST /token'] = { json: { access_token: 'from-assertion', expires_in: 3599, token_type: 'Bearer' } }
    await runAction(connector, 'listSheets', {
      input: { spreadsheet: 's1' },
      ...account({ key, subject: 'kim@acme.example' }),
    })
    expect(last()?.headers.authorization).toBe('Bearer from-assertion')
    const form = stub.requests.at(-2)?.form()
    const [header = '', claims = '', signature = ''] = (form?.get('assertion') ?? '').split('.')
    expect(form?.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
    expect(
      verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, 'base64url')),
    ).toBe(true)
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: 'robot@acme.example',
      sub: 'kim@acme.example',
      aud: 'https://oauth2.googleapis.com/token',
      scope: expect.stringContaining('auth/spreadsheets'),
    })
    expect(await accountOf(connector, account({ key }))).toEqual({
      id: 'kim@acme.example',
      label: 'Kim (kim@acme.example)',
    })
  })

  it.each([
    ['is refused', key, /^Invalid JWT/],
    ['has a key that is none', JSON.stringify({ client_email: 'a', private_key: 'test-key' }), /PEM/],
    ['is no JSON', 'test-key', /JSON file/],
  ])('says what is wrong when it %s', async (_, given, detail) => {
    answers['POST /token'] = {
      status: 400,
      json: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' },
    }
    const error = await testConnection(connector, account({ key: given })).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ kind: 'authentication', detail: expect.stringMatching(detail) })
    expect(String(error)).not.toContain('test-key')
  })
})

it('tells each row once that is added below, also after rows were deleted', async () => {
  const poll = (more: { cursor?: JsonValue } = {}) =>
    pollTrigger(connector, 'newRow', { input: place, ...at(), ...more })
  const first = await poll()
  expect(first.items).toEqual([])
  rows.push(['Eve', 1], ['Bob', 2])
  const second = await poll({ cursor: first.cursor })
  expect(second.items.map(({ data }) => data)).toMatchObject([{ row: 5 }, { row: 6 }])
  rows[4] = ['Eve', 100]
  const third = await poll({ cursor: second.cursor })
  expect(third.items).toEqual([])
  rows.pop()
  const fourth = await poll({ cursor: third.cursor })
  rows.push(['Bob', 2])
  const fifth = await poll({ cursor: fourth.cursor })
  expect([fourth.items.length, fifth.items.length]).toEqual([0, 1])
  expect(second.items.map(({ id }) => id)).not.toContain(fifth.items[0]?.id)
})

describe('google sheets changes', () => {
  const poll = (cursor?: JsonValue, more: object = {}) =>
    pollTrigger(connector, 'changedRow', {
      ...{ input: { ...place, ...more }, ...at() },
      ...(cursor === undefined ? {} : { cursor }),
    })
  const told = (result: Awaited<ReturnType<typeof poll>>) => result.items.map(({ data }) => data)

  it('are told of rows that are added anywhere and of changed ones, not of those that are moved or deleted', async () => {
    rows = [
      ['Customer', 'Total'],
      ['Kim', 1],
      ['Ada', 2],
      ['Ada', 2],
      ['Bo', 3],
    ]
    const first = await poll()
    expect(first.items).toEqual([])
    rows = [
      ['Customer', 'Total'],
      ['Bo', 3],
      ['Eve', 9],
      ['Ada', 2],
      ['Kim', 5],
    ]
    const second = await poll(first.cursor)
    expect(told(second)).toEqual([
      { row: 3, values: { Customer: 'Eve', Total: 9 } },
      { row: 5, values: { Customer: 'Kim', Total: 5 } },
    ])
    // The cursor was lost before it was committed: what is told again has the same ids.
    expect((await poll(first.cursor)).items).toEqual(second.items)
    expect((await poll(second.cursor)).items).toEqual([])
    rows = [
      ['Customer', 'Total'],
      ['Bo', 3],
      ['Eve', 9],
      ['Ada', 2],
      ['Ada', 2],
      ['Kim', 1],
    ]
    const third = await poll(second.cursor)
    expect(told(third)).toMatchObject([{ row: 5 }, { row: 6, values: { Total: 1 } }])
    rows = [
      ['Customer', 'Total'],
      ['Bo', 3],
      ['Eve', 9],
      ['Ada', 2],
      ['Ada', 2],
      ['Kim', 5],
    ]
    const ids = [...second.items, ...(await poll(third.cursor)).items].map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
  })

  it('are told of the chosen columns alone', async () => {
    const { cursor } = await poll(undefined, { columns: ['Customer'] })
    rows = [['Customer', 'Total'], ['Kim', 1], [], ['Eve', 7]]
    expect(told(await poll(cursor, { columns: ['Customer'] }))).toMatchObject([{ row: 4 }])
    await expect(poll(cursor, { columns: ['Nope'] })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('are not looked for in sheets that are too large to compare', async () => {
    rows = Array.from({ length: 20_003 }, (_, index) => [`c${index}`, index])
    await expect(poll()).rejects.toMatchObject({ kind: 'limit' })
  })
})

describeConnectorContract(connector, { describe, it, expect })
