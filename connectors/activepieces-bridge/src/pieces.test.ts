/** Pieces as npm has them, against stubs of their services: what reaches a service is what counts. */
import { createHmac } from 'node:crypto'
import { type AuthValues, type Connector, type HttpClient, isSuspension, type JsonValue } from '@inlay/sdk/connector'
import {
  accountOf,
  attemptAction,
  createTestEgress,
  createTestFiles,
  createTestStores,
  deliverAppEvent,
  deliverWebhook,
  loadOptions,
  loadSchema,
  parseAppEvent,
  pollTrigger,
  registerTrigger,
  runAction,
  type StubHandler,
  type StubRequest,
  type StubServer,
  startStubServer,
  testConnection,
  unregisterTrigger,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPieceConnector, createPieceHost } from './index.js'
import { installPieces } from './testing/install-pieces.js'

const VERSIONS = {
  airtable: '0.2.0',
  baserow: '0.10.0',
  delay: '0.3.26',
  discord: '0.2.0',
  'facebook-leads': '0.3.7',
  gmail: '0.2.0',
  'google-sheets': '0.2.0',
  hackernews: '0.2.0',
  hubspot: '0.2.0',
  intercom: '0.7.5',
  mysql: '0.2.7',
  openai: '0.3.18',
  shopify: '0.3.0',
  slack: '0.17.9',
  square: '0.4.6',
  store: '0.6.20',
  stripe: '0.2.0',
  'telegram-bot': '0.2.0',
  webhook: '0.1.29',
  woocommerce: '0.4.0',
}
type PieceName = keyof typeof VERSIONS

const packages = Object.entries(VERSIONS).map(([name, version]) => [`@activepieces/piece-${name}`, version])
const installed = installPieces(Object.fromEntries(packages))
const reason = 'reason' in installed ? installed.reason : undefined
const host = createPieceHost({ folderOf: () => ('folder' in installed ? installed.folder : ''), maxProcesses: 2 })
const egress = createTestEgress()

let stub: StubServer
let answer: StubHandler = () => ({ json: {} })
/** Every service is the stub, under its own name. */
const http: HttpClient = {
  request: (request) => {
    const { host: name, pathname, search } = new URL(request.url)
    return egress.http.request({ ...request, url: `${stub.url}/${name}${pathname}${search}` })
  },
}

beforeAll(async () => {
  stub = await startStubServer((request) => answer(request))
})
afterAll(async () => {
  await host.close()
  await egress.close()
  await stub.close()
})

const known = new Map<PieceName, Promise<Connector>>()
function connectorOf(name: PieceName): Promise<Connector> {
  const piece = { name: `@activepieces/piece-${name}`, version: VERSIONS[name] }
  const made = known.get(name) ?? createPieceConnector({ piece, host })
  known.set(name, made)
  return made
}

/** What reached the stub while something ran. */
async function watching<T>(given: StubHandler, run: () => Promise<T>): Promise<{ result: T; requests: StubRequest[] }> {
  answer = given
  const before = stub.requests.length
  const result = await run()
  return { result, requests: stub.requests.slice(before) }
}

const custom = (fields: Record<string, JsonValue>): AuthValues => ({ kind: 'custom', fields })
const key: AuthValues = { kind: 'apiKey', apiKey: 'test-key', fields: {} }
const oauth: AuthValues = { kind: 'oauth2', accessToken: 'test-token', scopes: [], extra: {}, fields: {} }
const baserow = custom({ authType: 'database_token', apiUrl: 'https://baserow.example', token: 'test-key' })
const shop = custom({ shopName: 'acme', adminToken: 'test-key' })

interface Case {
  readonly piece: PieceName
  readonly action: string
  readonly input: JsonValue
  readonly auth?: AuthValues
  readonly answers?: Readonly<Record<string, JsonValue>>
  /** Of the last request. */
  readonly route: string
  readonly header?: readonly [string, string]
  readonly body?: JsonValue
  readonly output: JsonValue
}

const CASES: readonly Case[] = [
  {
    piece: 'telegram-bot',
    action: 'send_text_message',
    auth: key,
    input: { chat_id: '7', message: 'Hi' },
    answers: { '/api.telegram.org/bottest-key/sendMessage': { ok: true } },
    route: 'POST /api.telegram.org/bottest-key/sendMessage',
    body: { chat_id: '7', text: 'Hi' },
    output: { body: { ok: true } },
  },
  {
    piece: 'discord',
    action: 'send_message_webhook',
    input: { webhook_url: 'https://discord.com/api/webhooks/1/x', content: 'Hi' },
    route: 'POST /discord.com/api/webhooks/1/x',
    body: { content: 'Hi' },
    output: { body: {} },
  },
  {
    piece: 'hackernews',
    action: 'fetch_top_stories',
    input: { number_of_stories: 1 },
    answers: {
      '/hacker-news.firebaseio.com/v0/topstories.json': [42, 43],
      '/hacker-news.firebaseio.com/v0/item/42.json': { title: 'News' },
    },
    route: 'GET /hacker-news.firebaseio.com/v0/item/42.json',
    output: [{ title: 'News' }],
  },
  {
    piece: 'hubspot',
    action: 'create_contact',
    auth: oauth,
    input: { firstName: 'Kim', lastName: 'Lee', email: 'kim@example.com' },
    answers: { '/api.hubapi.com/contacts/v1/contact/': { vid: 1 } },
    route: 'POST /api.hubapi.com/contacts/v1/contact/',
    header: ['authorization', 'Bearer test-token'],
    output: { success: true, response_body: { vid: 1 } },
  },
  {
    piece: 'gmail',
    action: 'gmail_get_mail',
    auth: oauth,
    input: { message_id: 'm1' },
    route: 'GET /gmail.googleapis.com/gmail/v1/users/me/messages/m1?format=full',
    header: ['authorization', 'Bearer test-token'],
    output: {},
  },
  {
    piece: 'google-sheets',
    action: 'insert_row',
    auth: oauth,
    input: { spreadsheet_id: 's1', sheet_id: 0, values: ['a', 'b'] },
    answers: {
      '/sheets.googleapis.com/v4/spreadsheets/s1': { sheets: [{ properties: { sheetId: 0, title: 'Sheet1' } }] },
    },
    route: 'POST /sheets.googleapis.com/v4/spreadsheets/s1/values/Sheet1:append?valueInputOption=USER_ENTERED',
    header: ['authorization', 'Bearer test-token'],
    output: { success: true },
  },
  {
    piece: 'airtable',
    action: 'airtable_create_record',
    auth: key,
    input: { base: 'b1', tableId: 't1', fields: { Name: 'Kim' } },
    answers: { '/api.airtable.com/v0/b1/t1': { id: 'rec1' } },
    route: 'POST /api.airtable.com/v0/b1/t1',
    header: ['authorization', 'Bearer test-key'],
    output: { id: 'rec1' },
  },
  {
    piece: 'slack',
    action: 'slackAddReactionToMessage',
    auth: { ...oauth, extra: {} },
    input: { channel: 'C1', ts: '1700000000.000100', reaction: 'eyes', reactAsUser: false },
    answers: { '/slack.com/api/reactions.add': { ok: true } },
    route: 'POST /slack.com/api/reactions.add',
    header: ['authorization', 'Bearer test-token'],
    output: { ok: true },
  },
  {
    piece: 'baserow',
    action: 'baserow_create_row',
    auth: baserow,
    input: { table_id: 5, table_fields: { Name: 'Kim' } },
    answers: {
      '/baserow.example/api/database/fields/table/5/': [{ id: 1, name: 'Name', type: 'text' }],
      '/baserow.example/api/database/rows/table/5/': { id: 9, Name: 'Kim' },
    },
    route: 'POST /baserow.example/api/database/rows/table/5/?user_field_names=true',
    header: ['authorization', 'Token test-key'],
    body: { Name: 'Kim' },
    output: { id: 9, Name: 'Kim' },
  },
  {
    piece: 'shopify',
    action: 'get_customer',
    auth: shop,
    input: { customerId: '3' },
    answers: { '/acme.myshopify.com/admin/api/2023-10/customers/3.json': { customer: { id: 3 } } },
    route: 'GET /acme.myshopify.com/admin/api/2023-10/customers/3.json',
    header: ['x-shopify-access-token', 'test-key'],
    output: { id: 3 },
  },
  {
    piece: 'woocommerce',
    action: 'findCustomer',
    auth: custom({ baseUrl: 'https://shop.example/', consumerKey: 'ck', consumerSecret: 'cs' }),
    input: { email: 'kim@example.com' },
    answers: { '/shop.example/wp-json/wc/v3/customers': [{ id: 4 }] },
    route: 'GET /shop.example/wp-json/wc/v3/customers?email=kim@example.com',
    header: ['authorization', `Basic ${Buffer.from('ck:cs').toString('base64')}`],
    output: [{ id: 4 }],
  },
  {
    piece: 'openai',
    action: 'ask_chatgpt',
    auth: custom({ apiKey: 'test-key', baseUrl: 'https://api.openai.com/v1' }),
    input: { model: 'gpt-x', prompt: 'Hi', maxTokens: 5 },
    answers: {
      '/api.openai.com/v1/chat/completions': { choices: [{ message: { role: 'assistant', content: 'Hello' } }] },
    },
    route: 'POST /api.openai.com/v1/chat/completions',
    header: ['authorization', 'Bearer test-key'],
    output: 'Hello',
  },
]

const routed =
  (answers: Readonly<Record<string, JsonValue>> = {}): StubHandler =>
  ({ url }) => ({ json: answers[url.split('?')[0] ?? ''] ?? {} })

describe.skipIf(reason !== undefined)(`pieces from npm${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  it.each(CASES)('$piece: $action', async ({ piece, action, input, auth, answers, route, header, body, output }) => {
    const connector = await connectorOf(piece)
    const { result, requests } = await watching(routed(answers), () =>
      runAction(connector, action, { input, http, ...(auth === undefined ? {} : { auth }) }),
    )
    const last = requests.at(-1)
    expect(decodeURIComponent(`${last?.method} ${last?.url}`)).toBe(route)
    if (header !== undefined) expect(last?.headers[header[0]]).toBe(header[1])
    if (body !== undefined) expect(last?.json()).toEqual(body)
    if (typeof output === 'object' && output !== null) expect(result).toMatchObject(output)
    else expect(result).toBe(output)
  })

  it('asks for choices, shapes and a verdict on credentials', async () => {
    const connector = await connectorOf('baserow')
    const service = routed({
      '/baserow.example/api/database/tables/all-tables/': [{ id: 5, name: 'People' }],
      '/baserow.example/api/database/fields/table/5/': [
        { id: 1, name: 'Name', type: 'text', read_only: false },
        { id: 2, name: 'Active', type: 'boolean', read_only: false },
      ],
    })
    const of = 'baserow_create_row'
    const { result } = await watching(service, () =>
      Promise.all([
        loadOptions(connector, { of, field: 'table_id', auth: baserow, http }),
        loadSchema(connector, { of, field: 'table_fields', auth: baserow, http, input: { table_id: 5 } }),
        testConnection(connector, { auth: baserow, http }),
      ]),
    )
    const unconnected = loadOptions(connector, { of, field: 'table_id', http })
    await expect(unconnected).rejects.toThrow('Connect your account first.')
    expect(result[0]).toEqual({ options: [{ value: 5, label: 'People' }] })
    expect(result[1]).toMatchObject({ properties: { Name: { type: 'string' }, Active: { type: 'boolean' } } })
    expect(connector.actions[of]?.schemas['table_fields']?.dependsOn).toEqual(['table_id'])
    const refused = watching(
      () => ({ status: 401 }),
      () => testConnection(connector, { auth: baserow, http }),
    )
    await expect(refused).rejects.toMatchObject({
      kind: 'authentication',
      detail: 'Invalid database token or API URL.',
    })
  })

  it('keeps values of the workflow and of the customer apart', async () => {
    const connector = await connectorOf('store')
    const store = createTestStores()
    const put = (value: string, scope: string) =>
      runAction(connector, 'put', { input: { key: 'k', value, store_scope: scope }, store })
    await put('ours', 'COLLECTION')
    await put('mine', 'FLOW')
    expect([await store.customer.get('k'), await store.workflow.get('k')]).toEqual(['ours', 'mine'])
    expect(await runAction(connector, 'get', { input: { key: 'k', store_scope: 'FLOW' }, store })).toBe('mine')
  })

  it('parks the run of an action that waits, and goes on with it', async () => {
    const connector = await connectorOf('delay')
    const input = { unit: 'hours', delayFor: 2 }
    const before = Date.now()
    const parked = await attemptAction(connector, 'delayFor', { input })
    expect(parked).toMatchObject({ awaitsCallback: false, resumeAt: expect.any(Number) })
    // The piece writes times in whole seconds.
    expect(isSuspension(parked) ? parked.resumeAt : 0).toBeGreaterThanOrEqual(before + 7_200_000 - 1000)
    const resumed = { state: null, reason: 'time' as const, payload: null }
    expect(await attemptAction(connector, 'delayFor', { input, resumed })).toEqual({
      delayForInMs: 7_200_000,
      success: true,
    })
  })

  it('hands files over, and takes those that are written', async () => {
    const connector = await connectorOf('openai')
    const auth = custom({ apiKey: 'test-key', baseUrl: 'https://api.openai.com/v1' })
    const files = createTestFiles()
    const audio = await files.write({ name: 'call.mp3', contentType: 'audio/mpeg', bytes: Buffer.from('sound') })
    const heard = await watching(
      () => ({ json: { text: 'Hello' } }),
      () => runAction(connector, 'transcribe', { input: { audio, language: 'en' }, auth, http, files }),
    )
    expect(heard.requests.at(-1)?.url).toBe('/api.openai.com/v1/audio/transcriptions')
    expect(heard.requests.at(-1)?.body).toMatch(/filename="call.mp3"\r\nContent-Type: audio\/mpeg\r\n\r\nsound\r\n/)
    const spoken = await watching(
      () => ({ bytes: Buffer.from([1, 0, 255]), headers: { 'content-type': 'audio/mpeg' } }),
      () => runAction(connector, 'text_to_speech', { input: { text: 'Hi', model: 'tts-1' }, auth, http, files }),
    )
    expect(spoken.result).toMatchObject({ $file: 'file_2', size: 3 })
  })

  it.each([
    [
      'stripe',
      'new_customer',
      key,
      '/api.stripe.com/v1/webhook_endpoints',
      { id: 'we_1' },
      { data: { object: { id: 'cus_1' } } },
    ],
    [
      'shopify',
      'new_customer',
      shop,
      '/acme.myshopify.com/admin/api/2023-01/webhooks',
      { webhook: { id: 11 } },
      { id: 'cus_1' },
    ],
  ] as const)('registers, hears and ends a webhook of %s', async (piece, trigger, auth, path, created, delivery) => {
    const connector = await connectorOf(piece)
    const { result: registered, requests } = await watching(
      () => ({ json: created }),
      () => registerTrigger(connector, trigger, { input: {}, auth, http }),
    )
    expect(requests.map(({ method, url }) => `${method} ${url.replace('.json', '')}`)).toEqual([`POST ${path}`])
    expect(decodeURIComponent(requests[0]?.body ?? '')).toContain(registered.webhookUrl)
    const heard = await deliverWebhook(connector, trigger, {
      ...registered,
      input: {},
      request: { json: structuredClone(delivery) as JsonValue },
    })
    expect(heard).toMatchObject({ kind: 'items', items: [{ data: { id: 'cus_1' } }] })
    const ended = await watching(routed(), () =>
      unregisterTrigger(connector, trigger, { input: {}, auth, http, ...registered }),
    )
    expect(ended.requests.map(({ method, url }) => `${method} ${url.replace('.json', '')}`)).toEqual([
      `DELETE ${path}/${piece === 'stripe' ? 'we_1' : 11}`,
    ])
  })

  it('hears of events of a whole app, which the piece verifies and tells apart', async () => {
    const connector = await connectorOf('square')
    const auth: AuthValues = { ...oauth, extra: { merchant_id: 'M1' } }
    expect(await accountOf(connector, { auth })).toEqual({ id: 'M1', label: 'M1' })
    const url = 'https://hooks.example/app/1'
    const rawBody = JSON.stringify({ merchant_id: 'M1', type: 'payment.created', event_id: 'e1', data: { id: 'p1' } })
    const signed = createHmac('sha256', 'test-secret').update(`${url}${rawBody}`).digest('base64')
    const settings = { webhookSecret: 'test-secret' }
    const deliver = (signature: string) => {
      const headers = { 'content-type': 'application/json', 'x-square-hmacsha256-signature': signature }
      return deliverAppEvent(connector, { settings, request: { url, rawBody, headers } })
    }
    expect(await deliver('other')).toEqual({ kind: 'refused' })
    const heard = await deliver(signed)
    expect(heard).toMatchObject({ kind: 'events', events: [{ name: 'payment.created', account: 'M1' }] })
    const [event] = heard.kind === 'events' ? heard.events : []
    const [id] = Object.entries(connector.triggers).flatMap(([name, trigger]) =>
      trigger.kind === 'appWebhook' && trigger.events.includes('payment.created') ? [name] : [],
    )
    const items = await parseAppEvent(connector, id ?? '', { event: event ?? expect.unreachable(), input: {}, auth })
    expect(items).toMatchObject([{ data: { event_id: 'e1', data: { id: 'p1' } } }])
  })

  it("hears of Slack's events, of the team that the token endpoint named", async () => {
    const connector = await connectorOf('slack')
    const auth: AuthValues = { ...oauth, extra: { team: { id: 'T1' } } }
    expect(await accountOf(connector, { auth })).toMatchObject({ id: 'T1' })
    const rawBody = JSON.stringify({ team_id: 'T1', event: { type: 'channel_created', channel: { id: 'C1' } } })
    const hash = createHmac('sha256', 'test-secret').update(`v0:1700000000:${rawBody}`).digest('hex')
    const headers = { 'x-slack-request-timestamp': '1700000000', 'x-slack-signature': `v0=${hash}` }
    const request = { rawBody, headers: { ...headers, 'content-type': 'application/json' } }
    const heard = await deliverAppEvent(connector, { settings: { webhookSecret: 'test-secret' }, request })
    expect(heard).toMatchObject({ kind: 'events', events: [{ name: 'channel_created', account: 'T1' }] })
    const [event] = heard.kind === 'events' ? heard.events : []
    const items = await parseAppEvent(connector, 'channel_created', {
      ...{ event: event ?? expect.unreachable(), input: {}, auth },
    })
    expect(items).toMatchObject([{ data: { channel: { id: 'C1' } } }])
  })

  it('polls, with what the piece remembers in the cursor', async () => {
    const connector = await connectorOf('airtable')
    const poll = async (records: JsonValue[], cursor?: JsonValue) => {
      const given = {
        input: { base: 'b1', tableId: 't1' },
        auth: key,
        http,
        ...(cursor === undefined ? {} : { cursor }),
      }
      const { result } = await watching(
        () => ({ json: { records } }),
        () => pollTrigger(connector, 'new_record', given),
      )
      return result
    }
    const one = { id: 'rec1', fields: { Name: 'Kim' } }
    const two = { id: 'rec2', fields: { Name: 'Lou' } }
    const first = await poll([one])
    expect(first.items).toEqual([])
    const second = await poll([one, two], first.cursor)
    expect(second.items.map(({ data }) => data)).toEqual([two])
    // The cursor was lost before it was committed: the same item has the same id, and our engine drops it.
    expect((await poll([one, two], first.cursor)).items).toEqual(second.items)
    expect((await poll([one, two], second.cursor)).items).toEqual([])
  })

  it.each([
    [401, {}, 'authentication'],
    [404, {}, 'rejected'],
    [429, { 'retry-after': '7' }, 'rate_limited'],
    [503, {}, 'communication'],
  ])('fails as the service answers: %i', async (status, headers, kind) => {
    const connector = await connectorOf('shopify')
    const failed = watching(
      () => ({ status, headers, json: { errors: 'why' } }),
      () => runAction(connector, 'get_customer', { input: { customerId: '3' }, auth: shop, http }),
    )
    await expect(failed).rejects.toMatchObject({ kind })
  })

  it('refuses what it cannot carry, and says so', async () => {
    const webhook = await connectorOf('webhook')
    const input = { responseType: 'json', fields: { body: { ok: true } }, respond: 'stop' }
    await expect(runAction(webhook, 'return_response', { input })).rejects.toThrow(/end the run with an answer/)
    const mysql = await connectorOf('mysql')
    const auth = custom({ host: '127.0.0.1', port: 3306, user: 'kim', password: 'test-key', database: 'd' })
    await expect(runAction(mysql, 'get_tables', { input: {}, auth, http })).rejects.toThrow(/raw connections/)
    expect((await connectorOf('slack')).docs).toMatch(/APP_WEBHOOK; it needs "interactionType" of its own form/)
    expect((await connectorOf('slack')).docs).toContain('Triggers hear of accounts that are connected by sign-in')
    expect((await connectorOf('square')).docs).not.toContain('Triggers hear of')
    expect((await connectorOf('facebook-leads')).docs).toMatch(/APP_WEBHOOK; it needs "page" of its own form/)
    expect((await connectorOf('intercom')).docs).toMatch(/APP_WEBHOOK; no way to connect tells whose an account is/)
    expect((await connectorOf('woocommerce')).docs).toMatch(/WEBHOOK with a handshake/)
  })
})
