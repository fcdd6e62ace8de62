import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuthValues, JsonObject } from '@inlay/sdk/connector'
import { loadOptions, pollTrigger, runAction, testConnection } from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connector } from './index.js'

/** Debian's own script in the path changes to another user; this is what it calls. */
const serverScript = '/usr/lib/rabbitmq/bin/rabbitmq-server'
const isMissing = !existsSync(serverScript) || spawnSync('openssl', ['version']).error !== undefined
const reason = isMissing ? 'skipped: no rabbitmq-server and openssl on this machine' : 'against its own RabbitMQ'

const ports = { amqp: 0, amqps: 0, http: 0, distribution: 0, epmd: 0 }
const children: ChildProcess[] = []
let directory = ''
let managed = ''

const auth = (changes: JsonObject = {}, user: { username?: string; password?: string } = {}): AuthValues => ({
  kind: 'basic',
  username: 'guest',
  password: 'guest',
  ...user,
  fields: { amqp: `amqp://127.0.0.1:${ports.amqp}`, endpoint: managed, virtualHost: '/', ...changes },
})
const byHttp = () => ({ ...auth(), fields: { endpoint: managed, virtualHost: '/' } })
const run = (action: string, input: object, as = auth()) => runAction(connector, action, { input, auth: as })
const poll = (queue: string, cursor?: unknown) =>
  pollTrigger(connector, 'newMessage', {
    input: { queue },
    auth: auth(),
    // What a poll gave is what the next is given.
    ...(cursor === undefined ? {} : { cursor: cursor as JsonObject }),
  })
const texts = ({ items }: Awaited<ReturnType<typeof poll>>) => items.map(({ data }) => (data as { text: string }).text)

async function manage(method: string, path: string, body?: JsonObject): Promise<number> {
  const headers = { authorization: `Basic ${btoa('guest:guest')}`, 'content-type': 'application/json' }
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  return (await fetch(`${managed}/api${path}`, init)).status
}
const declare = (queue: string, more: JsonObject = {}) =>
  manage('PUT', `/queues/%2F/${queue}`, { durable: true, arguments: more })
const publish = (queue: string, ...bodies: string[]) =>
  bodies.reduce(async (before, text) => {
    await before
    await run('publishMessage', { routingKey: queue, text })
  }, Promise.resolve())

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  // A TCP server's address has this shape.
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function startNode(): Promise<void> {
  directory = mkdtempSync(join(tmpdir(), 'inlay-rabbitmq-'))
  for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort()
  managed = `http://127.0.0.1:${ports.http}`
  const at = (name: string) => join(directory, name)
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost']
  spawnSync('openssl', [...made, '-addext', 'subjectAltName=DNS:localhost', '-keyout', at('key'), '-out', at('cert')])
  for (const name of ['home', 'data', 'log']) mkdirSync(at(name))
  writeFileSync(at('plugins'), '[rabbitmq_management].')
  const conf = [
    `listeners.tcp.1 = 127.0.0.1:${ports.amqp}`,
    `listeners.ssl.1 = 127.0.0.1:${ports.amqps}`,
    `ssl_options.certfile = ${at('cert')}`,
    `ssl_options.keyfile = ${at('key')}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${ports.http}`,
  ]
  writeFileSync(at('rabbitmq.conf'), conf.join('\n'))
  // In the foreground, so that it ends with the test.
  children.push(spawn('epmd', ['-port', String(ports.epmd), '-address', '127.0.0.1'], { stdio: 'ignore' }))
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: at('home'),
    ERL_EPMD_PORT: String(ports.epmd),
    RABBITMQ_NODENAME: `inlay-${ports.amqp}@localhost`,
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_MNESIA_BASE: at('data'),
    RABBITMQ_LOG_BASE: at('log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: at('plugins'),
    RABBITMQ_CONFIG_FILE: at('rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
  }
  // A group of its own: the script starts the virtual machine as a child.
  children.push(spawn(serverScript, [], { env, stdio: 'ignore', detached: true }))
  const isUp = async () => expect(await manage('GET', '/whoami')).toBe(200)
  await vi.waitFor(isUp, { timeout: 60_000, interval: 300 })
}

describe.skipIf(isMissing)(`RabbitMQ (${reason})`, () => {
  beforeAll(startNode)
  afterAll(async () => {
    for (const child of children.toReversed()) {
      if (child.pid === undefined || child.exitCode !== null) continue
      const exited = once(child, 'exit')
      // Its data is thrown away: nothing has to be written.
      process.kill(child.spawnargs[0] === 'epmd' ? child.pid : -child.pid, 'SIGKILL')
      await exited
    }
    if (directory !== '') rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  })

  it.each([
    ['AMQP', () => auth()],
    ['HTTP', byHttp],
  ])('publishes, looks at and takes messages by %s, bytes and properties unharmed', async (way, as) => {
    const queue = `taken-${way}`
    await declare(queue)
    const headers = { tries: 3, isNew: true, of: ['a', { b: 1.5 }], big: -5_000_000_000 }
    const properties = { correlationId: 'c', replyTo: 'r', type: 't', expiresAfterMs: 60_000, priority: 4 }
    const input = { routingKey: queue, text: '{"order":"Zoë"}', headers, ...properties }
    expect(await run('publishMessage', input, as())).toEqual({ isRouted: true })
    const bytes = Buffer.of(0xff, 0, 1).toString('base64')
    await run('publishMessage', { routingKey: queue, text: bytes, isBase64: true, contentType: 'image/x' }, as())
    const seen = await run('getMessages', { queue, isKept: true }, as())
    expect(seen).toMatchObject({ messages: [{ text: '{"order":"Zoë"}', exchange: '', routingKey: queue }, {}] })
    const taken = await run('getMessages', { queue }, as())
    expect(taken).toMatchObject({
      messages: [
        {
          isRedelivered: true,
          properties: {
            content_type: 'application/json',
            delivery_mode: 2,
            message_id: 'test-key',
            correlation_id: 'c',
            reply_to: 'r',
            type: 't',
            expiration: '60000',
            priority: 4,
            headers,
          },
        },
        { text: bytes, isBase64: true },
      ],
    })
    expect(await run('getMessages', { queue }, as())).toEqual({ messages: [] })
  })

  it('brings large messages in several frames', async () => {
    await declare('large')
    const text = 'Zoë '.repeat(200_000)
    await publish('large', text)
    expect(await run('getMessages', { queue: 'large' })).toMatchObject({ messages: [{ text }] })
  })

  it.each([
    ['AMQP', () => auth()],
    ['HTTP', byHttp],
  ])('fails by %s when no queue takes a message, there is no exchange, or no such queue', async (_, as) => {
    const nowhere = { routingKey: 'nowhere', text: 'x' }
    await expect(run('publishMessage', nowhere, as())).rejects.toMatchObject({ kind: 'rejected' })
    expect(await run('publishMessage', { ...nowhere, isUnroutedFine: true }, as())).toEqual({ isRouted: false })
    const wrong = run('publishMessage', { ...nowhere, exchange: 'no-such' }, as())
    await expect(wrong).rejects.toMatchObject({ kind: 'rejected' })
    await expect(run('getMessages', { queue: 'no-such' }, as())).rejects.toMatchObject({ kind: 'rejected' })
  })

  it('says when a full queue rejects a message', async () => {
    await declare('full', { 'x-max-length': 1, 'x-overflow': 'reject-publish' })
    await publish('full', 'one')
    const second = run('publishMessage', { routingKey: 'full', text: 'two' })
    await expect(second).rejects.toMatchObject({ kind: 'rejected', retryable: true })
  })

  it('lists, looks up and offers queues and exchanges', async () => {
    await declare('known')
    expect(await run('listQueues', {})).toMatchObject({
      queues: expect.arrayContaining([expect.objectContaining({ name: 'known', isDurable: true })]),
    })
    expect(await run('getQueue', { queue: 'known' })).toMatchObject({ name: 'known', isDurable: true })
    const queues = await loadOptions(connector, { of: 'getMessages', field: 'queue', auth: auth() })
    expect(queues.options).toContainEqual({ value: 'known', label: 'known' })
    const exchanges = await loadOptions(connector, { of: 'publishMessage', field: 'exchange', auth: auth() })
    expect(exchanges.options.map(({ value }) => value)).toEqual(expect.arrayContaining(['amq.default', 'amq.topic']))
  })

  it('makes queues of each type, leads messages to them, and empties them', async () => {
    const made = { queue: 'made', type: 'quorum', deadLetterExchange: 'amq.fanout' }
    expect(await run('createQueue', made)).toEqual({ wasNew: true })
    expect(await run('createQueue', made)).toEqual({ wasNew: false })
    await expect(run('createQueue', { queue: 'made' })).rejects.toMatchObject({ kind: 'rejected' })
    await run('bindQueue', { queue: 'made', exchange: 'amq.topic', routingKey: 'order.*' })
    await run('publishMessage', { exchange: 'amq.topic', routingKey: 'order.paid', text: '1' })
    expect(await run('purgeQueue', { queue: 'made' })).toEqual({ queue: 'made' })
    expect(await run('getMessages', { queue: 'made' })).toEqual({ messages: [] })
    await expect(run('purgeQueue', { queue: 'no-such' })).rejects.toMatchObject({ kind: 'rejected' })
  })

  it('tells wrong credentials, missing rights and wrong addresses apart', async () => {
    await manage('PUT', '/users/poor', { password: 'test-key', tags: '' })
    await manage('PUT', '/vhosts/other')
    const tested = (as: AuthValues) => testConnection(connector, { auth: as })
    const httpOnly = { amqp: '' }
    // The management plugin is asked first: what AMQP says is seen by what goes by AMQP alone.
    const signedIn = (user: object) => run('getMessages', { queue: 'none' }, auth({}, user))
    const wrong = { password: 'wrong' }
    const poor = { username: 'poor', password: 'test-key' }
    await expect(tested(auth())).resolves.toBeUndefined()
    await expect(signedIn(wrong)).rejects.toMatchObject({ kind: 'authentication' })
    await expect(tested(auth(httpOnly, wrong))).rejects.toMatchObject({ kind: 'authentication' })
    await expect(signedIn(poor)).rejects.toMatchObject({ kind: 'authorization' })
    await expect(tested(auth(httpOnly, poor))).rejects.toMatchObject({ kind: 'authorization' })
    await expect(tested(auth({ virtualHost: 'none' }))).rejects.toMatchObject({ kind: 'authorization' })
    await expect(tested(auth({ amqp: managed.replace('http', 'amqp') }))).rejects.toMatchObject({
      kind: 'communication',
    })
    await manage('PUT', '/permissions/%2F/poor', { configure: '', write: '', read: '' })
    await declare('secret')
    const refused = run('getMessages', { queue: 'secret' }, auth({}, poor))
    await expect(refused).rejects.toMatchObject({ kind: 'authorization' })
  })

  it('checks the certificate before it sends the password', async () => {
    const ca = readFileSync(join(directory, 'cert'), 'utf8')
    const tested = (amqp: string, more: JsonObject = {}) => testConnection(connector, { auth: auth({ amqp, ...more }) })
    await expect(tested(`amqps://localhost:${ports.amqps}`, { ca })).resolves.toBeUndefined()
    const expected = { kind: 'communication', retryable: false }
    await expect(tested(`amqps://localhost:${ports.amqps}`)).rejects.toMatchObject(expected)
    await expect(tested(`amqps://127.0.0.1:${ports.amqps}`, { ca })).rejects.toMatchObject(expected)
    await expect(tested(`amqps://localhost:${ports.amqp}`, { ca })).rejects.toMatchObject(expected)
  })

  it.each([
    ['classic', {}],
    ['quorum', { 'x-queue-type': 'quorum' }],
  ])('starts once for each message of a %s queue, and removes it after that', async (type, more) => {
    const queue = `told-${type}`
    await declare(queue, more)
    await publish(queue, 'before')
    const first = await poll(queue)
    expect(first.items).toEqual([])
    await publish(queue, 'same', 'same')
    const told = await poll(queue, first.cursor)
    expect(texts(told)).toEqual(['before', 'same', 'same'])
    expect(new Set(told.items.map(({ id }) => id)).size).toBe(3)
    // The cursor was not kept: the same messages are told again, by the same ids.
    const again = await poll(queue, first.cursor)
    expect(again.items.map(({ id }) => id)).toEqual(told.items.map(({ id }) => id))
    // Looks like the others, and is one of its own.
    await publish(queue, 'same')
    let next = await poll(queue, told.cursor)
    while (next.items.length === 0) next = await poll(queue, next.cursor)
    expect(texts(next)).toEqual(['same'])
    expect(told.items.map(({ id }) => id)).not.toContain(next.items[0]?.id)
    let end = await poll(queue, next.cursor)
    for (let count = 0; count < 5 && end.hasMore === true; count++) end = await poll(queue, end.cursor)
    expect(end).toMatchObject({ items: [], hasMore: false })
    expect(await run('getMessages', { queue })).toEqual({ messages: [] })
  })

  it('gives up on told messages that are gone, and never on new ones', async () => {
    await declare('gone')
    const first = await poll('gone')
    await publish('gone', 'a')
    const told = await poll('gone', first.cursor)
    await manage('DELETE', '/queues/%2F/gone/contents')
    await publish('gone', 'a')
    let next = await poll('gone', told.cursor)
    for (let count = 0; count < 4 && next.items.length === 0; count++) next = await poll('gone', next.cursor)
    expect(texts(next)).toEqual(['a'])
  })
})
