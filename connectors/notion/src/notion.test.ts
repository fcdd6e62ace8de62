import type { JsonObject, JsonValue } from '@inlay/sdk/connector'
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

const DATABASE = '1a44be12-0953-4631-b498-9e5817518db8'
const PAGE = '59833787-2cf9-4fdf-8782-e53db20768a5'
const text = (plain_text: string, annotations: JsonObject = {}): JsonObject => ({
  type: 'text',
  plain_text,
  href: null,
  annotations,
})

/** A page as Notion's documentation shows it. */
function page(more: object = {}): JsonObject {
  return {
    object: 'page',
    id: PAGE,
    created_time: '2026-04-01T10:00:00.000Z',
    last_edited_time: '2026-04-02T12:30:00.000Z',
    in_trash: false,
    url: 'https://www.notion.so/Tuscan-kale-598337872cf94fdf8782e53db20768a5',
    properties: {
      Name: { id: 'title', type: 'title', title: [text('Tuscan '), text('kale')] },
      Price: { id: 'a', type: 'number', number: 2.5 },
      Status: { id: 'b', type: 'status', status: { id: 's', name: 'In stock', color: 'green' } },
      Tags: { id: 'c', type: 'multi_select', multi_select: [{ name: 'green' }, { name: 'leafy' }] },
      Total: { id: 'd', type: 'formula', formula: { type: 'number', number: 5 } },
      Names: { id: 'e', type: 'rollup', rollup: { type: 'array', array: [{ type: 'title', title: [text('A')] }] } },
      Number: { id: 'f', type: 'unique_id', unique_id: { prefix: 'K', number: 7 } },
      Owner: { id: 'g', type: 'people', people: [{ object: 'user', id: 'u1', name: 'Kim' }] },
      Due: { id: 'h', type: 'date', date: null },
    },
    ...more,
  } as JsonObject
}

const list = (results: JsonValue[], next_cursor: string | null = null): StubAnswer => ({
  json: { object: 'list', results, next_cursor, has_more: next_cursor !== null },
})
const error = (status: number, code: string): StubAnswer => ({
  status,
  json: { object: 'error', status, code, message: `About ${code}` },
})

let stub: StubServer
let answers: Record<string, StubAnswer | StubAnswer[]>

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const given = answers[`${method} ${url.split('?')[0]}`]
    return (Array.isArray(given) ? given.shift() : given) ?? error(404, 'object_not_found')
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  const named = (name: string, type: string, held: object = {}) => ({ id: name, name, type, [type]: held })
  const options = [{ name: 'In stock' }, { name: 'Sold' }]
  const columns = [
    named('Name', 'title'),
    named('Price', 'number', { format: 'euro' }),
    named('Status', 'status', { options }),
    named('Tags', 'multi_select', { options: [{ name: 'green' }] }),
    named('Due', 'date'),
    named('Total', 'formula'),
  ]
  const properties = Object.fromEntries(columns.map((column) => [column.name, column])) as unknown as JsonObject
  answers = {
    'GET /v1/users/me': {
      json: {
        object: 'user',
        id: 'bot',
        name: 'Robot',
        type: 'bot',
        bot: { workspace_id: 'w1', workspace_name: 'Acme' },
      },
    },
    [`GET /v1/data_sources/${DATABASE}`]: { json: { object: 'data_source', id: DATABASE, properties } },
    'POST /v1/pages': { json: page() },
    [`GET /v1/pages/${PAGE}`]: { json: page() },
    [`PATCH /v1/pages/${PAGE}`]: { json: page() },
    [`PATCH /v1/blocks/${PAGE}/children`]: list([]),
  }
})

const auth = { kind: 'bearer' as const, token: 'test-token', fields: {} }
const run = (action: string, input: object) => runAction(connector, action, { input, auth, baseUrl: stub.url })
const last = () => stub.requests.at(-1)
const sent = () => last()?.json() as JsonObject

describe('notion actions', () => {
  it('creates a page from plain values, and gives plain values', async () => {
    const properties = { Name: 'Tuscan kale', Price: '2.5', Tags: ['green'], Status: 'In stock', Due: '2026-05-01' }
    const made = await run('createPage', { database: DATABASE.replaceAll('-', ''), properties, content: '# Hello' })
    expect(last()).toMatchObject({
      method: 'POST',
      url: '/v1/pages',
      headers: { authorization: 'Bearer test-token', 'notion-version': '2025-09-03' },
    })
    expect(sent()).toEqual({
      parent: { type: 'data_source_id', data_source_id: DATABASE },
      properties: {
        Name: { title: [{ type: 'text', text: { content: 'Tuscan kale' } }] },
        Price: { number: 2.5 },
        Tags: { multi_select: [{ name: 'green' }] },
        Status: { status: { name: 'In stock' } },
        Due: { date: { start: '2026-05-01' } },
      },
      children: [{ type: 'heading_1', heading_1: { rich_text: [{ type: 'text', text: { content: 'Hello' } }] } }],
    })
    expect(made).toMatchObject({
      title: 'Tuscan kale',
      properties: { Price: 2.5, Status: 'In stock', Tags: ['green', 'leafy'], Total: 5, Names: ['A'], Number: 'K-7' },
    })
    expect(made).toMatchObject({ properties: { Owner: [{ id: 'u1', name: 'Kim', email: null }], Due: null } })
  })

  it('says which property is wrong before it asks Notion', async () => {
    const change = (properties: object) => run('updatePage', { database: DATABASE, page: PAGE, properties })
    await expect(change({ Colour: 'x' })).rejects.toMatchObject({
      kind: 'validation',
      detail: expect.stringContaining('Name, Price'),
    })
    await expect(change({ Total: 4 })).rejects.toMatchObject({
      kind: 'validation',
      detail: expect.stringContaining('formula'),
    })
    await expect(change({ Price: 'cheap' })).rejects.toMatchObject({
      kind: 'validation',
      detail: expect.stringContaining('number'),
    })
    await change({ Status: null, Tags: null })
    expect(sent()).toEqual({ properties: { Status: { status: null }, Tags: { multi_select: [] } } })
  })

  it('writes Markdown in as many requests as it takes, none of them too large', async () => {
    const lines = [
      'a **bold** `x` [y](https://y.example)',
      '',
      '- [x] done',
      '1. one',
      '---',
      '```ts',
      '- no list',
      '```',
    ]
    const page = `https://www.notion.so/acme/Tuscan-kale-${PAGE.replaceAll('-', '')}?pvs=4`
    expect(await run('appendContent', { page, content: lines.join('\n') })).toEqual({ blocks: 5 })
    const content = (text: string) => ({ type: 'text', text: { content: text } })
    expect(sent()['children']).toMatchObject([
      {
        paragraph: {
          rich_text: [
            content('a '),
            { ...content('bold'), annotations: { bold: true } },
            content(' '),
            { ...content('x'), annotations: { code: true } },
            content(' '),
            { type: 'text', text: { content: 'y', link: { url: 'https://y.example' } } },
          ],
        },
      },
      { to_do: { checked: true } },
      { numbered_list_item: {} },
      { divider: {} },
      { code: { language: 'typescript', rich_text: [content('- no list')] } },
    ])
    const before = stub.requests.length
    expect(await run('appendContent', { page: PAGE, content: '- x\n'.repeat(150) })).toEqual({ blocks: 150 })
    const sizes = stub.requests.slice(before).map((request) => (request.json() as { children: [] }).children.length)
    expect(sizes).toEqual([100, 50])
    await run('createSubpage', { parent: PAGE, title: 'T', content: 'x'.repeat(4500) })
    expect(sent()['children']).toMatchObject([{ paragraph: { rich_text: { length: 3 } } }])
  })

  it('reads a page with what is written on it', async () => {
    const block = (id: string, type: string, held: object, has_children = false) =>
      ({ object: 'block', id, type, has_children, [type]: held }) as JsonObject
    answers[`GET /v1/blocks/${PAGE}/children`] = [
      list([block('b1', 'heading_2', { rich_text: [text('Today')] })], 'c2'),
      list([block('b2', 'bulleted_list_item', { rich_text: [text('Buy', { bold: true })] }, true)]),
    ]
    answers['GET /v1/blocks/b2/children'] = list([block('b3', 'to_do', { rich_text: [text('kale')], checked: true })])
    expect(await run('getPage', { page: PAGE })).toMatchObject({ content: '## Today\n- **Buy**\n  - [x] kale' })
  })

  it('finds pages of a database over pages, by a value of any type', async () => {
    answers[`POST /v1/data_sources/${DATABASE}/query`] = [
      list([page()], 'c2'),
      list([{ object: 'data_source', id: 'x' }, page()]),
    ]
    const input = { database: DATABASE, property: 'Price', value: '2.5', sortBy: 'Price' }
    expect(await run('queryDatabase', input)).toMatchObject({ count: 2 })
    expect(sent()).toEqual({
      filter: { property: 'Price', number: { equals: 2.5 } },
      sorts: [{ property: 'Price', direction: 'ascending' }],
      page_size: 100,
      start_cursor: 'c2',
    })
    await expect(run('queryDatabase', { ...input, property: 'Total' })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('searches, deletes, comments, and lists comments and users', async () => {
    answers['POST /v1/search'] = list([page()])
    expect(await run('search', { query: 'kale' })).toMatchObject({ pages: [{ title: 'Tuscan kale' }] })
    expect(sent()).toMatchObject({ query: 'kale', filter: { property: 'object', value: 'page' } })
    await run('trashPage', { page: PAGE })
    expect(sent()).toEqual({ in_trash: true })
    const comment = {
      ...{ object: 'comment', id: 'c1', discussion_id: 'd1', created_time: '2026-04-02T12:30:00.000Z' },
      ...{ created_by: { object: 'user', id: 'u1' }, rich_text: [text('Good')] },
    }
    answers['POST /v1/comments'] = { json: comment }
    answers['GET /v1/comments'] = list([comment])
    expect(await run('addComment', { page: PAGE, text: 'Good' })).toMatchObject({ text: 'Good', created_by: 'u1' })
    expect(sent()).toMatchObject({ parent: { page_id: PAGE } })
    await expect(run('addComment', { text: 'Good' })).rejects.toMatchObject({ kind: 'validation' })
    expect(await run('listComments', { page: PAGE })).toMatchObject({ comments: [{ id: 'c1' }] })
    answers['GET /v1/users'] = list([{ id: 'u1', name: 'Kim', type: 'person', person: { email: 'kim@example.com' } }])
    expect(await run('listUsers', {})).toEqual({
      users: [{ id: 'u1', name: 'Kim', email: 'kim@example.com', is_bot: false }],
    })
  })

  it.each<[string, StubAnswer, object]>([
    ['a bad token', error(401, 'unauthorized'), { kind: 'authentication' }],
    [
      'a missing capability',
      error(403, 'restricted_resource'),
      { kind: 'authorization', detail: expect.stringContaining('capability') },
    ],
    [
      'what is not shared',
      error(404, 'object_not_found'),
      { kind: 'rejected', detail: expect.stringContaining('not shared') },
    ],
    [
      'a bad request',
      error(400, 'validation_error'),
      { kind: 'rejected', detail: expect.stringContaining('About validation_error') },
    ],
    ['two writes that met', error(409, 'conflict_error'), { kind: 'communication' }],
    [
      'its pace',
      { ...error(429, 'rate_limited'), headers: { 'retry-after': '3' } },
      { kind: 'rate_limited', retryAfterMs: 3000 },
    ],
    [
      'too much load',
      { ...error(529, 'service_overload'), headers: { 'retry-after': '9' } },
      { kind: 'communication', retryAfterMs: 9000 },
    ],
  ])('understands %s', async (_, answer, problem) => {
    answers[`GET /v1/pages/${PAGE}`] = answer
    await expect(run('getPage', { page: PAGE })).rejects.toMatchObject(problem)
  })
})

describe('notion forms', () => {
  it('offers databases, and the columns of the chosen one', async () => {
    answers['POST /v1/search'] = list([{ object: 'data_source', id: DATABASE, title: [text('Groceries')] }], 'c2')
    const place = { of: 'createPage', auth, baseUrl: stub.url }
    expect(await loadOptions(connector, { ...place, field: 'database', search: 'gro' })).toEqual({
      options: [{ value: DATABASE, label: 'Groceries' }],
      nextCursor: 'c2',
    })
    expect(sent()).toMatchObject({ query: 'gro', filter: { value: 'data_source' } })
    const schema = await loadSchema(connector, { ...place, field: 'properties', input: { database: DATABASE } })
    expect(schema).toMatchObject({ properties: { Status: { enum: ['In stock', 'Sold'] }, Price: { type: 'number' } } })
    expect(Object.keys(schema['properties'] as JsonObject)).not.toContain('Total')
  })

  it('tests a connection and tells whose it is', async () => {
    expect(await accountOf(connector, { auth, baseUrl: stub.url })).toEqual({ id: 'w1', label: 'Acme' })
    answers['GET /v1/users/me'] = error(401, 'unauthorized')
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).rejects.toMatchObject({
      kind: 'authentication',
    })
  })
})

describe('notion triggers', () => {
  const query = `POST /v1/data_sources/${DATABASE}/query`
  const at = (id: string, time: string) => page({ id, created_time: time, last_edited_time: time })
  const poll = (trigger: string, more: { cursor?: JsonValue; now?: number } = {}) =>
    pollTrigger(connector, trigger, { input: { database: DATABASE }, auth, baseUrl: stub.url, ...more })

  it('tells each new page once, those of the same minute and late ones too', async () => {
    answers[query] = list([at('b', '2026-04-02T12:30:00.000Z'), at('a', '2026-04-02T12:29:00.000Z')])
    const first = await poll('newPage')
    expect(first.items.map(({ id }) => id)).toEqual(['a', 'b'])
    answers[query] = list([
      at('late', '2026-04-02T12:29:00.000Z'),
      at('b', '2026-04-02T12:30:00.000Z'),
      at('c', '2026-04-02T12:30:00.000Z'),
    ])
    const second = await poll('newPage', { cursor: first.cursor })
    expect(second.items.map(({ id }) => id)).toEqual(['late', 'c'])
    expect(sent()['filter']).toEqual({
      timestamp: 'created_time',
      created_time: { on_or_after: '2026-04-02T12:27:00.000Z' },
    })
    expect((await poll('newPage', { cursor: second.cursor })).items).toEqual([])
  })

  it('tells a changed page when its minute is over, once for each minute', async () => {
    const now = (time: string) => Date.parse(time)
    answers[query] = list([at('a', '2026-04-02T12:30:00.000Z')])
    const early = await poll('changedPage', { now: now('2026-04-02T12:30:40.000Z') })
    expect(early.items).toEqual([])
    const told = await poll('changedPage', { cursor: early.cursor, now: now('2026-04-02T12:31:10.000Z') })
    expect(told.items.map(({ id }) => id)).toEqual(['a:2026-04-02T12:30:00.000Z'])
    answers[query] = list([at('a', '2026-04-02T12:32:00.000Z')])
    const again = await poll('changedPage', { cursor: told.cursor, now: now('2026-04-02T12:35:00.000Z') })
    expect(again.items).toHaveLength(1)
  })
})

describeConnectorContract(connector, { describe, it, expect })
