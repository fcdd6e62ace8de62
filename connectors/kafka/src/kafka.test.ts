import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { type JsonObject, z } from '@inlay/sdk/connector'
import { accountOf, loadOptions, runAction, testConnection } from '@inlay/sdk/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { connector } from './connector.js'

/** Bytes of Kafka's protocol (https://kafka.apache.org/protocol), of the versions before compact encodings. */
const int8 = (value: number) => Buffer.from([value])
const int16 = (value: number) => {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
const int64 = (value: number) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(value))
  return bytes
}
const text = (value: string) => Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)])
const bytesOf = (value: string) => Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)])
const list = (...items: Buffer[]) => Buffer.concat([int32(items.length), ...items])
const all = (...parts: Buffer[]) => Buffer.concat(parts)

const API = {
  metadata: 3,
  listOffsets: 2,
  offsetFetch: 9,
  coordinator: 10,
  describeGroups: 15,
  listGroups: 16,
} as const
const ADMIN = { handshake: 17, versions: 18, createTopics: 19, describeConfigs: 32, authenticate: 36 } as const
/** The version of each request that the stub speaks. */
const VERSIONS: readonly (readonly [number, number])[] = [
  [API.metadata, 1],
  [API.listOffsets, 1],
  [API.offsetFetch, 2],
  [API.coordinator, 0],
  [API.describeGroups, 0],
  [API.listGroups, 0],
  [ADMIN.handshake, 1],
  [ADMIN.versions, 0],
  [ADMIN.createTopics, 1],
  [ADMIN.describeConfigs, 0],
  [ADMIN.authenticate, 0],
]

type Answer = (body: Buffer) => Buffer
type Answers = Readonly<Record<number, Answer>>

const open: Server[] = []
let seen: { readonly api: number; readonly body: Buffer }[] = []

/** A broker that answers as it is told to. */
async function broker(answers: (port: number) => Answers): Promise<number> {
  const server = createServer((socket) => converse(socket, answers(port))).listen(0, '127.0.0.1')
  open.push(server)
  await once(server, 'listening')
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo
  return port
}

function converse(socket: Socket, answers: Answers): void {
  let unread = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk])
    while (unread.length >= 4 && unread.length >= 4 + unread.readInt32BE(0)) {
      const request = unread.subarray(4, 4 + unread.readInt32BE(0))
      unread = unread.subarray(4 + request.length)
      const api = request.readInt16BE(0)
      const body = request.subarray(10 + request.readInt16BE(8))
      seen.push({ api, body })
      const answer = answers[api]?.(body)
      if (answer === undefined) return void socket.destroy()
      socket.write(all(int32(4 + answer.length), request.subarray(4, 8), answer))
    }
  })
}

const versions: Answers = {
  [ADMIN.versions]: () =>
    all(int16(0), list(...VERSIONS.map(([api, max]) => all(int16(api), int16(0), int16(max)))), int32(0)),
}
const member = (id: number, host: string, port: number) => all(int32(id), text(host), int32(port), int16(-1))
const orders = all(
  int16(0),
  text('orders'),
  int8(0),
  list(all(int16(0), int32(0), int32(1), list(int32(1)), list(int32(1)))),
)
const clusterOf = (...members: Buffer[]): Answers => ({
  ...versions,
  [API.metadata]: () => all(list(...members), int32(1), list(orders)),
})
const alone = (port: number) => clusterOf(member(1, '127.0.0.1', port))

const auth = (port: number, fields: JsonObject = {}) => ({
  kind: 'custom' as const,
  method: 'open',
  fields: { servers: `127.0.0.1:${port}`, tls: 'none', ...fields },
})
const user = (port: number, mechanism: string, password = 'test-key') => ({
  kind: 'basic' as const,
  method: 'sasl',
  username: 'worker',
  password,
  fields: { servers: `127.0.0.1:${port}`, tls: 'none', mechanism },
})
const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

/** The server's side of SCRAM (RFC 5802). */
function scram(hash: 'sha256' | 'sha512', password: string): Answer {
  const [salt, iterations] = [Buffer.from('salt'), 4096]
  let first = ''
  let challenge = ''
  const hmac = (key: Buffer, message: string) => createHmac(hash, key).update(message).digest()
  return (body) => {
    const message = body.subarray(4).toString()
    if (message.startsWith('n,')) {
      first = message.slice(3)
      challenge = `r=${/r=(.*)/.exec(first)?.[1]}server,s=${salt.toString('base64')},i=${iterations}`
      return all(int16(0), int16(-1), bytesOf(challenge))
    }
    const [final = '', proof = ''] = message.split(',p=')
    const size = createHash(hash).digest().length
    const salted = pbkdf2Sync(password, salt, iterations, size, hash)
    const clientKey = hmac(salted, 'Client Key')
    const signed = `${first},${challenge},${final}`
    const signature = hmac(createHash(hash).update(clientKey).digest(), signed)
    const wanted = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))
    if (!Buffer.from(wanted).equals(Buffer.from(proof, 'base64'))) return refusedSignIn
    const answer = `v=${hmac(hmac(salted, 'Server Key'), signed).toString('base64')}`
    return all(int16(0), int16(-1), bytesOf(answer))
  }
}

const refusedSignIn = all(int16(58), text('Authentication failed'), bytesOf(''))
const plain: Answer = (body) =>
  body.subarray(4).toString() === '\0worker\0test-key' ? all(int16(0), int16(-1), bytesOf('')) : refusedSignIn
const signIn = (mechanism: string, authenticate: Answer) => (port: number) => ({
  ...alone(port),
  [ADMIN.handshake]: () => all(int16(0), list(text(mechanism))),
  [ADMIN.authenticate]: authenticate,
})

describe('Kafka, against a broker that answers as it is told to', () => {
  afterEach(async () => {
    for (const server of open.splice(0)) server.close()
    seen = []
  })

  it.each([
    ['PLAIN', plain],
    ['SCRAM-SHA-256', scram('sha256', 'test-key')],
    ['SCRAM-SHA-512', scram('sha512', 'test-key')],
  ])('signs in with %s, and says when it is refused', async (mechanism, authenticate) => {
    const port = await broker(signIn(mechanism, authenticate))
    await testConnection(connector, { auth: user(port, mechanism) })
    const thrown = await thrownBy(testConnection(connector, { auth: user(port, mechanism, 'wrong-key') }))
    expect(thrown).toMatchObject({ kind: 'authentication' })
    expect(inspect(thrown, { depth: 9 })).not.toContain('wrong-key')
    const other = mechanism === 'PLAIN' ? 'SCRAM-SHA-256' : 'PLAIN'
    const unsupported = await thrownBy(testConnection(connector, { auth: user(port, other) }))
    expect(unsupported).toMatchObject({ kind: 'authentication' })
    const account = await accountOf(connector, { auth: user(port, mechanism) })
    expect(account?.label).toBe(`worker@127.0.0.1:${port}`)
  })

  it('lets no broker name an inner address', async () => {
    const port = await broker((own) => ({
      ...clusterOf(member(1, '169.254.169.254', 80), member(2, '127.0.0.1', own)),
      [API.listOffsets]: () => Buffer.alloc(0),
    }))
    const thrown = await thrownBy(runAction(connector, 'getTopic', { auth: auth(port), input: { topic: 'orders' } }))
    expect(thrown).toMatchObject({ kind: 'rejected' })
    expect(inspect(thrown)).toContain('169.254.169.254')
  })

  it('makes topics and tells settings, and what the cluster refuses', async () => {
    const port = await broker((own) => ({
      ...alone(own),
      [ADMIN.createTopics]: (body) => {
        const isTaken = body.includes('taken')
        const code = isTaken ? 36 : body.includes('locked') ? 29 : body.includes('busy') ? 89 : 0
        return list(all(text('made'), int16(code), isTaken ? text('Topic exists') : int16(-1)))
      },
      [ADMIN.describeConfigs]: () => {
        const shown = all(text('retention.ms'), text('1000'), int8(0), int8(0), int8(0))
        const secret = all(text('ssl.key'), text('x'), int8(0), int8(0), int8(1))
        return all(int32(0), list(all(int16(0), int16(-1), int8(2), text('orders'), list(shown, secret))))
      },
      [API.listOffsets]: () => list(all(text('orders'), list(all(int32(0), int16(0), int64(-1), int64(7))))),
    }))
    const create = (topic: string) => {
      const input = { topic, partitions: 3, settings: { 'retention.ms': '1000' } }
      return runAction(connector, 'createTopic', { auth: auth(port), input })
    }
    expect(await create('made')).toEqual({ name: 'made' })
    const config = list(all(text('retention.ms'), text('1000')))
    const asked = all(list(all(text('made'), int32(3), int16(-1), list(), config)), int32(20_000), int8(0))
    expect(seen.find(({ api }) => api === ADMIN.createTopics)?.body).toEqual(asked)
    expect(await thrownBy(create('taken'))).toMatchObject({ kind: 'rejected', data: { type: 'TOPIC_ALREADY_EXISTS' } })
    expect(await thrownBy(create('locked'))).toMatchObject({ kind: 'authorization' })
    expect(await thrownBy(create('busy'))).toMatchObject({ kind: 'rate_limited' })
    const input = { topic: 'orders', withSettings: true }
    expect(await runAction(connector, 'getTopic', { auth: auth(port), input })).toMatchObject({
      partitions: [{ partition: 0, leader: 1, nextOffset: '7' }],
      settings: { 'retention.ms': '1000', 'ssl.key': null },
    })
  })

  it('tells consumer groups and how far they are behind', async () => {
    const port = await broker((own) => ({
      ...alone(own),
      [API.listGroups]: () => all(int16(0), list(all(text('billing'), text('consumer')))),
      [API.coordinator]: () => all(int16(0), int32(1), text('127.0.0.1'), int32(own)),
      [API.describeGroups]: () => {
        const one = all(text('m-1'), text('billing'), text('/192.0.2.7'), bytesOf(''), bytesOf(''))
        return list(all(int16(0), text('billing'), text('Stable'), text('consumer'), text('range'), list(one)))
      },
      [API.offsetFetch]: () =>
        all(list(all(text('orders'), list(all(int32(0), int64(4), text(''), int16(0))))), int16(0)),
      [API.listOffsets]: () => list(all(text('orders'), list(all(int32(0), int16(0), int64(-1), int64(7))))),
    }))
    const listed = await runAction(connector, 'listConsumerGroups', { auth: auth(port), input: {} })
    expect(listed).toEqual({ groups: [{ id: 'billing' }] })
    const group = await runAction(connector, 'getConsumerGroup', { auth: auth(port), input: { group: 'billing' } })
    expect(group).toMatchObject({
      state: 'Stable',
      members: [{ id: 'm-1', client: 'billing' }],
      partitions: [{ topic: 'orders', committedOffset: '4', nextOffset: '7', lag: 3 }],
      lag: 3,
    })
    const choices = await loadOptions(connector, { auth: auth(port), of: 'getConsumerGroup', field: 'group' })
    expect(z.array(z.object({ value: z.string() })).parse(choices.options)).toEqual([{ value: 'billing' }])
  })

  it.each([
    ['an empty answer', int32(0), 'communication'],
    ['an endless answer', Buffer.from([0x7f, 0xff, 0xff, 0xff]), 'communication'],
    ['a large answer', int32(30 * 1024 * 1024), 'limit'],
    ['a web page', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), 'communication'],
  ])('survives a server that sends %s', async (_what, bytes, kind) => {
    const server = createServer((socket) => void socket.on('error', () => {}).write(bytes)).listen(0, '127.0.0.1')
    open.push(server)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expect(await thrownBy(testConnection(connector, { auth: auth(port) }))).toMatchObject({ kind })
  })

  it('takes only servers that can be read', async () => {
    const refused = ['', 'a:99999', 'http://broker', 'user@broker', 'a b'].map((servers) => {
      const fields = connector.auth.map((way) => way.fields?.safeParse({ servers, certificate: 'x', key: 'x' }).success)
      return fields.every((isFine) => isFine === false)
    })
    expect(refused).toEqual([true, true, true, true, true])
    const fine = connector.auth[0]?.fields?.safeParse({ servers: 'a.example.com, [2001:db8::1]:9093 ,b:9094' }).success
    expect(fine).toBe(true)
  })
})
