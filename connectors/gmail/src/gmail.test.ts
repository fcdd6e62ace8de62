import {
  accountOf,
  createTestFiles,
  describeConnectorContract,
  loadOptions,
  pollTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connector } from './index.js'
import { addressList, headerText } from './mime.js'

const ME = '/gmail/v1/users/me'
const base64url = (text: string) => Buffer.from(text).toString('base64url')
const messageOf = (id: string, internalDate = '1775851771000') => ({
  id,
  threadId: 't1',
  labelIds: ['INBOX'],
  snippet: 'Where',
  internalDate,
  payload: {
    mimeType: 'multipart/mixed',
    headers: [
      { name: 'From', value: 'Kim <kim@acme.example>' },
      { name: 'Subject', value: 'Order A-1001' },
      { name: 'Message-Id', value: '<m1@acme.example>' },
      { name: 'References', value: '<m0@acme.example>' },
    ],
    parts: [
      { mimeType: 'text/plain', filename: '', body: { size: 9, data: base64url('Wo ist’s?') } },
      { mimeType: 'application/pdf', filename: 'invoice.pdf', body: { attachmentId: 'a/1', size: 4 } },
    ],
  },
})
const SENT = { id: 'm2', threadId: 't1', labelIds: ['SENT'] }
const googleError = (code: number, reason: string, status = ''): StubAnswer => ({
  status: code,
  json: { error: { code, message: 'No.', status, errors: [{ message: 'No.', domain: 'usageLimits', reason }] } },
})

let stub: StubServer
let answers: Record<string, StubAnswer>
beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const route = `${method} ${url.split('?')[0]}`
    return answers[`${method} ${url}`] ?? answers[route] ?? googleError(404, 'notFound', 'NOT_FOUND')
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {
    [`GET ${ME}/profile`]: { json: { emailAddress: 'kim@acme.example', historyId: '1' } },
    [`POST ${ME}/messages/send`]: { json: SENT },
    [`POST /upload${ME}/messages/send`]: { json: SENT },
    [`GET ${ME}/messages/m1`]: { json: messageOf('m1') },
    [`GET ${ME}/messages/m2`]: { json: messageOf('m2', '1775851772000') },
    [`GET ${ME}/labels`]: { json: { labels: [{ id: 'Label_1', name: 'Orders', type: 'user' }] } },
  }
})

const auth = { kind: 'oauth2' as const, accessToken: 'test-token', scopes: [], extra: {}, fields: {} }
const at = () => ({ auth, baseUrl: stub.url })
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, { input, ...at(), ...more })
const last = () => stub.requests.at(-1)
const written = () => Buffer.from(JSON.parse(last()?.body ?? '{}').raw, 'base64url').toString()

describe('gmail messages', () => {
  it('sends text and HTML with encoded headers and files', async () => {
    const files = createTestFiles()
    const file = await files.write({
      name: 'Rechnung für "K".pdf',
      contentType: 'application/pdf',
      bytes: Buffer.from('%PDF'),
    })
    const input = {
      to: ['Käthe <kim@acme.example>'],
      bcc: ['b@acme.example'],
      subject: 'Grüße',
      text: 'Ja',
      html: '<b>Ja</b>',
    }
    expect(await run('sendMessage', { ...input, attachments: [file] }, { files })).toEqual(SENT)
    expect(last()?.headers.authorization).toBe('Bearer test-token')
    const message = written()
    expect(message).toContain('To: =?UTF-8?B?S8OkdGhl?= <kim@acme.example>\r\n')
    expect(message).toContain('Bcc: b@acme.example\r\nSubject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n')
    expect(message).toMatch(
      /multipart\/mixed[\s\S]+multipart\/alternative[\s\S]+text\/plain[\s\S]+SmE=[\s\S]+text\/html/,
    )
    expect(message).toContain(`filename="Rechnung f_r _K_.pdf";\r\n filename*=UTF-8''Rechnung%20f%C3%BCr%20%22K%22.pdf`)
    expect(message).toContain('JVBERg==')
  })

  it('lets no header be smuggled in, and folds long ones', async () => {
    await expect(run('sendMessage', { to: ['a@b.example\r\nBcc: c@d.example'], subject: '' })).rejects.toMatchObject({
      kind: 'validation',
    })
    await run('sendMessage', { to: ['a@b.example'], subject: 'Hi\r\nBcc: c@d.example' })
    expect(written()).toContain('Subject: Hi Bcc: c@d.example\r\n')
    const lines = headerText('ü'.repeat(100)).split('\r\n ')
    expect(lines.every((line) => line.length <= 75)).toBe(true)
    const decoded = lines.map((line) => Buffer.from(line.slice(10, -2), 'base64').toString()).join('')
    expect(decoded).toBe('ü'.repeat(100))
    expect(addressList(['Doe, Kim <k@acme.example>'])).toBe('"Doe, Kim" <k@acme.example>')
  })

  it('sends large messages by the door for uploads', async () => {
    const files = createTestFiles()
    const file = await files.write({ name: 'a.bin', contentType: 'x', bytes: Buffer.alloc(4_000_000) })
    await run('sendMessage', { to: ['a@b.example'], subject: 'Big', attachments: [file] }, { files })
    expect(last()?.url).toBe(`/upload${ME}/messages/send?uploadType=multipart`)
    expect(last()?.body).toMatch(/^--=_inlay_related\r\nContent-Type: application\/json/)
  })

  it('replies in the thread, and writes drafts', async () => {
    await run('replyToMessage', { messageId: 'm1', text: 'Soon' })
    expect(JSON.parse(last()?.body ?? '')).toMatchObject({ threadId: 't1' })
    expect(written()).toMatch(
      /To: "Kim" <kim@acme.example>\r\nSubject: Re: Order A-1001\r\nIn-Reply-To: <m1@acme.example>/,
    )
    expect(written()).toContain('References: <m0@acme.example> <m1@acme.example>\r\n')
    answers[`POST ${ME}/drafts`] = { json: { id: 'r1', message: SENT } }
    expect(await run('createDraft', { to: ['a@b.example'], subject: 'S', threadId: 't1' })).toMatchObject({ id: 'r1' })
    expect(JSON.parse(last()?.body ?? '').message.threadId).toBe('t1')
  })

  it('searches over pages', async () => {
    const page = { messages: [{ id: 'm1' }], nextPageToken: 'p2', resultSizeEstimate: 2 }
    answers[`GET ${ME}/messages`] = { json: page }
    answers[`GET ${ME}/messages?q=is%3Aunread&labelIds=A&labelIds=B&maxResults=20&pageToken=p2`] = {
      json: { messages: [{ id: 'm2' }], resultSizeEstimate: 2 },
    }
    const found = await run('searchMessages', { query: 'is:unread', labels: ['A', 'B'] })
    expect(found).toMatchObject({
      messages: [{ id: 'm1', text: 'Wo ist’s?', attachmentNames: ['invoice.pdf'] }, { id: 'm2' }],
    })
    answers[`GET ${ME}/messages`] = { json: { resultSizeEstimate: 0 } }
    expect(await run('searchMessages', {})).toEqual({ messages: [] })
  })

  it('gets a message with its files', async () => {
    answers[`GET ${ME}/messages/m1/attachments/a%2F1`] = { json: { size: 4, data: base64url('%PDF') } }
    const got = await run('getMessage', { messageId: 'm1' })
    expect(got).toMatchObject({ subject: 'Order A-1001', attachments: [{ name: 'invoice.pdf', size: 4 }] })
    expect(await run('getMessage', { messageId: 'm1', withAttachments: false })).toMatchObject({ attachments: [] })
  })

  it('labels, lists labels and bins', async () => {
    answers[`POST ${ME}/messages/m1/modify`] = { json: SENT }
    answers[`POST ${ME}/messages/m1/trash`] = { json: SENT }
    await run('changeLabels', { messageId: 'm1', remove: ['UNREAD'] })
    expect(last()?.json()).toEqual({ addLabelIds: [], removeLabelIds: ['UNREAD'] })
    await expect(run('changeLabels', { messageId: 'm1' })).rejects.toMatchObject({ kind: 'validation' })
    expect(await run('trashMessage', { messageId: 'm1' })).toEqual(SENT)
    expect(await run('listLabels', {})).toMatchObject({ labels: [{ name: 'Orders' }] })
    const choices = await loadOptions(connector, { of: 'changeLabels', field: 'add', ...at() })
    expect(choices.options).toEqual([{ value: 'Label_1', label: 'Orders' }])
  })

  it.each<[string, StubAnswer, object]>([
    ['credentials', googleError(401, 'authError', 'UNAUTHENTICATED'), { kind: 'authentication' }],
    ['permissions', googleError(403, 'insufficientPermissions'), { kind: 'authorization' }],
    ['rates', googleError(403, 'userRateLimitExceeded'), { kind: 'rate_limited' }],
    [
      'rates with a time',
      { ...googleError(429, 'rateLimitExceeded'), headers: { 'retry-after': '7' } },
      { retryAfterMs: 7000 },
    ],
    ['quotas', googleError(403, 'dailyLimitExceeded'), { kind: 'limit' }],
    ['bad requests', googleError(400, 'invalidArgument'), { kind: 'rejected', detail: 'No. (invalidArgument)' }],
    ['outages', googleError(503, 'backendError'), { kind: 'communication' }],
  ])('understands refusals for %s', async (_, answer, error) => {
    answers[`GET ${ME}/labels`] = answer
    await expect(run('listLabels', {})).rejects.toMatchObject(error)
  })

  it('tests a connection and tells whose it is', async () => {
    await testConnection(connector, at())
    expect(await accountOf(connector, at())).toEqual({ id: 'kim@acme.example', label: 'kim@acme.example' })
  })

  it('tells each new message once', async () => {
    const list = (...ids: string[]) => {
      answers[`GET ${ME}/messages`] = { json: { messages: ids.map((id) => ({ id })), resultSizeEstimate: ids.length } }
    }
    list('m1')
    const first = await pollTrigger(connector, 'newMessage', { input: { query: 'a OR b' }, ...at() })
    list('m2', 'm1')
    const second = await pollTrigger(connector, 'newMessage', {
      input: { query: 'a OR b' },
      ...at(),
      cursor: first.cursor,
    })
    expect(second.items.map(({ id }) => id)).toEqual(['m2'])
    expect(stub.requests.at(-2)?.form().get('q')).toBe('(a OR b) after:1775851710')
    const third = await pollTrigger(connector, 'newMessage', { input: {}, ...at(), cursor: second.cursor })
    expect(third.items).toEqual([])
  })

  it('loses no message when there are more than one poll reads, oldest first', async () => {
    // Gmail lists the newest first.
    const list = (from: number, to: number) => {
      const count = to - from + 1
      const messages = Array.from({ length: count }, (_, index) => ({ id: `n${to - index}` }))
      answers[`GET ${ME}/messages`] = { json: { messages, resultSizeEstimate: count } }
    }
    for (let n = 1; n <= 203; n++) {
      answers[`GET ${ME}/messages/n${n}`] = { json: messageOf(`n${n}`, String(1_775_851_772_000 + n * 60_000)) }
    }
    list(1, 1)
    const first = await pollTrigger(connector, 'newMessage', { input: {}, ...at() })
    list(1, 203)
    const second = await pollTrigger(connector, 'newMessage', { input: {}, ...at(), cursor: first.cursor })
    expect([second.items.length, second.items.at(-1)?.id, second.hasMore]).toEqual([200, 'n201', true])
    list(200, 203)
    const before = stub.requests.length
    const third = await pollTrigger(connector, 'newMessage', { input: {}, ...at(), cursor: second.cursor })
    expect([third.items.map(({ id }) => id), third.hasMore]).toEqual([['n202', 'n203'], false])
    // The last minute is asked for again: what was told of it is not read again.
    const asked = stub.requests.slice(before).map(({ url }) => url.split('?')[0])
    expect(asked).not.toContain(`${ME}/messages/n200`)
  })
})

describeConnectorContract(connector, { describe, it, expect })
