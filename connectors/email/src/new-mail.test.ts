import { createRequire } from 'node:module'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { StepError } from '@inlay/sdk/connector'
import { createTestFiles, pollTrigger } from '@inlay/sdk/testing'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ResponseReader } from './imap/response-reader.js'
import { connector } from './index.js'

/** A real IMAP server for tests of clients; it brings no types. */
interface Hoodiecrow {
  readonly server: Server
  listen(port: number, done: () => void): void
  close(done: () => void): void
  appendMessage(mailbox: string, flags: string[], date: false, raw: Buffer): void
}
type StartHoodiecrow = (options: object) => Hoodiecrow
const hoodiecrow = createRequire(import.meta.url)('hoodiecrow-imap') as StartHoodiecrow

const PLUGINS = ['AUTH-PLAIN', 'SASL-IR', 'STARTTLS', 'UNSELECT']
const start = async (options: object = {}): Promise<Hoodiecrow> => {
  const messages = [{ raw: mail('old', 'An old one'), uid: 7 }]
  const INBOX = { messages, uidvalidity: 3, uidnext: 8 }
  const server = hoodiecrow({
    plugins: PLUGINS,
    storage: { INBOX },
    users: { 'kim@example.com': { password: 'p' } },
    ...options,
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return server
}
/** A server that listens on TCP has an AddressInfo, never a pipe's name. */
const portOf = ({ server }: Pick<Hoodiecrow, 'server'>): number => (server.address() as AddressInfo).port
const stop = (server: Hoodiecrow): Promise<void> => new Promise((resolve) => void server.close(resolve))

function mail(
  id: string,
  subject: string,
  more: readonly string[] = ['Content-Type: text/plain; charset=utf-8', '', 'Hello'],
): string {
  const head = [
    'From: Kim Example <kim@example.com>',
    'To: shop@example.com, Team: ada@example.com, ben@example.com;',
    `Subject: ${subject}`,
    `Message-ID: <${id}@example.com>`,
    'Date: Mon, 4 May 2026 11:30:00 +0200',
    'MIME-Version: 1.0',
  ]
  return [...head, ...more].join('\r\n')
}
const WITH_FILE = [
  'Content-Type: multipart/mixed; boundary=x',
  '',
  '--x',
  'Content-Type: multipart/alternative; boundary=y',
  '',
  '--y',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=FC=DFe',
  '--y',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '<p>Gr=C3=BC=C3=9Fe</p>',
  '--y--',
  '--x',
  'Content-Type: text/csv; name="orders.csv"',
  'Content-Disposition: attachment; filename="orders.csv"',
  'Content-Transfer-Encoding: base64',
  '',
  'aWQKQS0xMDAx',
  '--x--',
]

let server: Hoodiecrow
beforeEach(async () => {
  server = await start()
})
afterEach(() => stop(server))

const authAt = (port: number, more: object = {}, password = 'p') => ({
  kind: 'basic' as const,
  username: 'kim@example.com',
  password,
  fields: { host: 'smtp.test', imapHost: '127.0.0.1', imapPort: port, imapSecure: 'none', ...more },
})
const arrive = (raw: string): void => server.appendMessage('INBOX', [], false, Buffer.from(raw))
const poll = (
  cursor?: object | null,
  more: { input?: object; password?: string; files?: ReturnType<typeof createTestFiles> } = {},
) =>
  pollTrigger(connector, 'newMail', {
    input: more.input ?? {},
    auth: authAt(portOf(server), {}, more.password),
    ...(more.files === undefined ? {} : { files: more.files }),
    ...(cursor === undefined ? {} : { cursor: { ...cursor } }),
  })

describe('new mail', () => {
  it('learns what is there, then gives each message once', async () => {
    const first = await poll()
    expect(first).toEqual({ items: [], cursor: { uidValidity: 3, uidNext: 8 } })
    arrive(mail('a', '=?utf-8?q?Gr=C3=BC=C3=9Fe?='))
    arrive(mail('b', 'Second'))
    const second = await poll(first.cursor as object)
    expect(second.items.map(({ id }) => id)).toEqual(['3:8', '3:9'])
    expect(second.items[0]?.data).toEqual({
      id: '3:8',
      mailbox: 'INBOX',
      inReplyTo: null,
      replyTo: [],
      isSeen: false,
      isFlagged: false,
      size: expect.any(Number),
      messageId: '<a@example.com>',
      from: { name: 'Kim Example', address: 'kim@example.com' },
      to: ['shop@example.com', 'ada@example.com', 'ben@example.com'].map((address) => ({ name: '', address })),
      cc: [],
      subject: 'Grüße',
      date: '2026-05-04T09:30:00.000Z',
      text: expect.stringContaining('Hello'),
      html: null,
      attachments: [],
      isComplete: true,
    })
    const third = await poll(second.cursor as object)
    expect(third).toEqual({ items: [], cursor: second.cursor, hasMore: false })
  })

  it('keeps attachments as files', async () => {
    const files = createTestFiles()
    arrive(mail('c', 'Orders', WITH_FILE))
    const { items } = await poll({ uidValidity: 3, uidNext: 8 }, { files })
    const data = items[0]?.data as { text: string; html: string; attachments: Parameters<typeof files.read>[0][] }
    expect(data).toMatchObject({
      text: expect.stringContaining('Grüße'),
      html: expect.stringContaining('<p>Grüße</p>'),
    })
    expect(data.attachments).toMatchObject([{ name: 'orders.csv', contentType: 'text/csv', size: 9 }])
    const [file] = data.attachments
    if (file === undefined) expect.unreachable()
    expect(Buffer.from(await files.read(file)).toString()).toBe('id\nA-1001')
    const without = await poll({ uidValidity: 3, uidNext: 8 }, { input: { withAttachments: false } })
    expect(without.items).toMatchObject([{ data: { attachments: [] } }])
  })

  it('gives what is wanted alone', async () => {
    arrive(mail('d', 'Order A-1'))
    arrive(mail('e', 'Other'))
    const wanted = async (input: object) => (await poll({ uidValidity: 3, uidNext: 8 }, { input })).items.length
    expect(await wanted({ subject: 'order' })).toBe(1)
    expect(await wanted({ from: 'KIM@' })).toBe(2)
    expect(await wanted({ from: 'ada@' })).toBe(0)
  })

  it('goes on with the next poll when much has come', async () => {
    for (let count = 0; count < 25; count++) arrive(mail(`m${count}`, `Message ${count}`))
    const first = await poll({ uidValidity: 3, uidNext: 8 })
    expect(first).toMatchObject({ hasMore: true, cursor: { uidNext: 28 } })
    const second = await poll(first.cursor as object)
    expect(second).toMatchObject({ hasMore: false, cursor: { uidNext: 33 } })
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(25)
  })

  it('learns anew when the server numbers its messages anew', async () => {
    arrive(mail('f', 'New'))
    expect(await poll({ uidValidity: 2, uidNext: 1 })).toMatchObject({ items: [], cursor: { uidValidity: 3 } })
  })

  it('says what is wrong with password, mailbox and connection', async () => {
    await expect(poll(null, { password: 'no' })).rejects.toMatchObject({ kind: 'authentication' })
    await expect(poll(null, { input: { mailbox: 'Nowhere' } })).rejects.toMatchObject({ kind: 'rejected' })
    await expect(poll(null, { input: { mailbox: 'A\r\na9 LOGOUT' } })).rejects.toMatchObject({ kind: 'validation' })
    const auth = authAt(1, { imapHost: '' })
    await expect(pollTrigger(connector, 'newMail', { input: {}, auth })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('shows no password to a server that does not encrypt, or whose certificate nobody knows', async () => {
    const before = await start({ plugins: ['AUTH-PLAIN'] })
    for (const [port, imapSecure] of [
      [portOf(before), 'starttls'],
      [portOf(server), 'starttls'],
      [portOf(server), 'tls'],
    ] as const) {
      const auth = authAt(port, { imapSecure })
      await expect(pollTrigger(connector, 'newMail', { input: {}, auth })).rejects.toMatchObject({
        kind: 'communication',
        retryable: false,
      })
    }
    await stop(before)
  })
})

describe('encryption', () => {
  // No authority knows the certificates of tests; the test above shows that they are refused.
  beforeAll(() => void vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0'))
  afterAll(() => void vi.unstubAllEnvs())

  it.each([
    ['tls', { secureConnection: true }],
    ['starttls', {}],
  ])('reads mail over %s', async (imapSecure, options) => {
    const secure = await start(options)
    const auth = authAt(portOf(secure), { imapSecure })
    const cursor = { uidValidity: 3, uidNext: 7 }
    expect((await pollTrigger(connector, 'newMail', { input: {}, auth, cursor })).items).toHaveLength(1)
    await stop(secure)
  })
})

describe('a mail server that misbehaves', () => {
  let odd: Server
  let say: (socket: Socket) => void
  beforeAll(async () => {
    odd = createServer((socket) => {
      socket.on('error', () => {}).resume()
      say(socket)
    })
    await new Promise<void>((resolve) => void odd.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => new Promise<void>((resolve) => void odd.close(() => resolve())))
  const pollOdd = (signal?: AbortSignal) =>
    pollTrigger(connector, 'newMail', {
      input: {},
      auth: authAt(portOf({ server: odd })),
      ...(signal === undefined ? {} : { signal }),
    })

  it.each<[string, string, object]>([
    ['is none', 'HTTP/1.1 400 Bad Request\r\n', { kind: 'communication' }],
    ['takes nobody', '* BYE too many connections\r\n', { kind: 'communication' }],
    ['sends a line without an end', 'x'.repeat(70_000), { kind: 'limit' }],
    ['announces more than is taken', '* OK {99999999999}\r\n', { kind: 'limit' }],
  ])('%s', async (_name, text, error) => {
    say = (socket) => void socket.write(text)
    await expect(pollOdd()).rejects.toMatchObject(error)
  })

  it('cuts the connection', async () => {
    say = (socket) => void socket.end('* OK ready\r\n')
    await expect(pollOdd()).rejects.toMatchObject({ kind: 'communication', retryable: true })
  })

  it('hangs, until the poll is given up', async () => {
    const controller = new AbortController()
    const reason = new StepError('cancelled', 'Given up')
    say = () => controller.abort(reason)
    await expect(pollOdd(controller.signal)).rejects.toBe(reason)
  })
})

it('responses are the same in whatever pieces they arrive', () => {
  const sent = Buffer.from(
    '* OK hi\r\n* 1 FETCH (UID 8 BODY[] {11}\r\nline\r\n{3}\r\n FLAGS ())\r\n* 2 FETCH (A {0}\r\n B {2}\r\nxy)\r\na1 OK done\r\n',
  )
  const whole = new ResponseReader(100).push(sent)
  expect(whole.map(({ text }) => text)).toEqual([
    '* OK hi',
    '* 1 FETCH (UID 8 BODY[] {0} FLAGS ())',
    '* 2 FETCH (A {0} B {1})',
    'a1 OK done',
  ])
  expect(whole.map(({ literals }) => literals.map(String))).toEqual([[], ['line\r\n{3}\r\n'], ['', 'xy'], []])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: sent.length })), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), sent.length]
      const reader = new ResponseReader(100)
      const pieces = places.slice(1).map((end, index) => sent.subarray(places[index], end))
      expect(pieces.flatMap((piece) => reader.push(piece))).toEqual(whole)
    }),
  )
})
