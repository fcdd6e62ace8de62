import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { type JsonObject, StepError } from '@inlay/sdk/connector'
import { pollTrigger, runAction, testConnection } from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connector } from './connector.js'

const url = process.env.INLAY_TEST_REDIS_URL
const at = new URL(url ?? 'redis://127.0.0.1')
const prefix = `connector:${randomUUID()}`
const keyOf = (name: string): string => `${prefix}:${name}`

const login = { username: decodeURIComponent(at.username), password: decodeURIComponent(at.password) }
const auth = (changes: JsonObject = {}) => ({
  kind: 'custom' as const,
  fields: { host: at.hostname, port: Number(at.port || 6379), ...login, tls: 'none', ...changes },
})
const run = (action: string, input: JsonObject, as = auth()) => runAction(connector, action, { auth: as, input })
const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe.skipIf(url === undefined)('Redis (needs INLAY_TEST_REDIS_URL)', () => {
  afterAll(async () => {
    const keys = ['text', 'count', 'hash', 'list', 'stream', 'large'].map(keyOf)
    await run('deleteKeys', { keys })
  })

  it('keeps, reads, counts and deletes values', async () => {
    const key = keyOf('text')
    expect(await run('getValue', { key })).toEqual({ value: null })
    expect(await run('setValue', { key, value: 'größe\r\n', ttlSeconds: 600 })).toEqual({ isSet: true })
    expect(await run('setValue', { key, value: 'other', onlyIfAbsent: true })).toEqual({ isSet: false })
    expect(await run('getValue', { key })).toEqual({ value: 'größe\r\n' })
    expect(await run('increment', { key: keyOf('count') })).toEqual({ value: 1 })
    expect(await run('increment', { key: keyOf('count'), by: -3 })).toEqual({ value: -2 })
    await run('setValue', { key: keyOf('count'), value: '9007199254740992' })
    expect(await run('increment', { key: keyOf('count') })).toEqual({ value: '9007199254740993' })
    expect(await run('deleteKeys', { keys: [key, keyOf('none')] })).toEqual({ count: 1 })
  })

  it('works with hashes, lists and channels', async () => {
    const hash = keyOf('hash')
    expect(await run('setHashFields', { key: hash, fields: { a: '1', b: '' } })).toEqual({ added: 2 })
    expect(await run('setHashFields', { key: hash, fields: { a: '2' } })).toEqual({ added: 0 })
    expect(await run('getHash', { key: hash })).toEqual({ fields: { a: '2', b: '' } })
    const key = keyOf('list')
    expect(await run('pushToList', { key, values: ['c', 'd'] })).toEqual({ length: 2 })
    expect(await run('pushToList', { key, values: ['a', 'b'], end: 'first' })).toEqual({ length: 4 })
    expect(await run('popFromList', { key })).toEqual({ value: 'a' })
    expect(await run('popFromList', { key, end: 'last' })).toEqual({ value: 'd' })
    expect(await run('popFromList', { key: keyOf('none') })).toEqual({ value: null })
    expect(await run('publishMessage', { channel: keyOf('channel'), message: 'hello' })).toEqual({ receivers: 0 })
  })

  it('tells each new entry of a stream once, page by page, and none that was there before', async () => {
    const key = keyOf('stream')
    const poll = (cursor: JsonObject) =>
      pollTrigger(connector, 'newStreamEntry', { auth: auth(), input: { key }, cursor })
    await run('addToStream', { key, fields: { n: 'before' } })
    const first = await pollTrigger(connector, 'newStreamEntry', { auth: auth(), input: { key } })
    expect(first.items).toEqual([])
    const added = await run('addToStream', { key, fields: { n: '0', kind: 'paid' }, keepAtMost: 1000 })
    for (let n = 1; n <= 200; n += 1) await run('addToStream', { key, fields: { n: String(n) } })
    // The cursor of this trigger is an object.
    const second = await poll(first.cursor as JsonObject)
    expect(second.items[0]?.data).toEqual({ ...(added as JsonObject), fields: { n: '0', kind: 'paid' } })
    expect([second.items.length, second.hasMore]).toEqual([200, true])
    const third = await poll(second.cursor as JsonObject)
    expect(third.items.map(({ data }) => data)).toMatchObject([{ fields: { n: '200' } }])
    expect(await poll(third.cursor as JsonObject)).toEqual({ items: [], cursor: third.cursor, hasMore: false })
  })

  it('works in the chosen database, and in no other when the server has none of that number', async () => {
    await run('setValue', { key: keyOf('text'), value: 'zero' })
    expect(await run('getValue', { key: keyOf('text') }, auth({ database: 1 }))).toEqual({ value: null })
    const nowhere = run('getValue', { key: keyOf('text') }, auth({ database: 60_000 }))
    expect(await thrownBy(nowhere)).toMatchObject({ kind: 'rejected' })
  })

  it('refuses the wrong type and replies that are too large', async () => {
    await run('setHashFields', { key: keyOf('hash'), fields: { a: '1' } })
    const wrong = await thrownBy(run('getValue', { key: keyOf('hash') }))
    expect(wrong).toMatchObject({ kind: 'rejected', data: { code: 'WRONGTYPE' } })
    const value = 'x'.repeat(9 * 1024 * 1024)
    await run('setHashFields', { key: keyOf('large'), fields: { a: value, b: value } })
    expect(await thrownBy(run('getHash', { key: keyOf('large') }))).toMatchObject({ kind: 'limit' })
    await testConnection(connector, { auth: auth() })
  })

  describe('at a server with a password and TLS', () => {
    let server: ChildProcess
    let folder = ''
    let ca = ''
    let [port, tlsPort] = [0, 0]
    const locked = (password: string, username = '') => auth({ port, host: '127.0.0.1', password, username })

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'inlay-redis-'))
      const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
      const subject = ['-subj', '/CN=redis.test', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '1']
      const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key]
      execFileSync('openssl', ['req', '-x509', ...made, '-out', certificate, ...subject], { stdio: 'ignore' })
      ca = await readFile(certificate, 'utf8')
      port = await freePort()
      tlsPort = await freePort()
      const place = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder]
      const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no']
      const rights = ['--requirepass', 'test-key', '--user', ...'reader on >reader-key ~* -@all +get +ping'.split(' ')]
      const tls = ['--tls-port', String(tlsPort), ...files]
      server = spawn('redis-server', [...place, ...tls, ...rights], { stdio: 'ignore' })
      await vi.waitFor(() => testConnection(connector, { auth: locked('test-key') }), { timeout: 30_000 })
    })
    afterAll(async () => {
      const gone = once(server, 'exit')
      if (server.kill()) await gone
      await rm(folder, { recursive: true })
    })

    it('tells wrong and missing credentials, and missing rights', async () => {
      for (const [password, username] of [['wrong-key'], [''], ['wrong-key', 'reader']] as const) {
        const thrown = await thrownBy(testConnection(connector, { auth: locked(password, username) }))
        expect(thrown).toMatchObject({ kind: 'authentication' })
        expect(inspect(thrown, { depth: 9 })).not.toContain('wrong-key')
      }
      await testConnection(connector, { auth: locked('test-key', 'default') })
      const reader = locked('reader-key', 'reader')
      expect(await run('getValue', { key: 'a' }, reader)).toEqual({ value: null })
      expect(await thrownBy(run('setValue', { key: 'a', value: '' }, reader))).toMatchObject({ kind: 'authorization' })
    })

    it('speaks TLS, and trusts only certificates that it was told to', async () => {
      const secure = (changes: JsonObject) =>
        testConnection(connector, {
          auth: auth({ host: '127.0.0.1', port: tlsPort, username: '', password: 'test-key', ...changes }),
        })
      await secure({ tls: 'verify', ca })
      await secure({ tls: 'unverified' })
      expect(await thrownBy(secure({ tls: 'verify' }))).toMatchObject({ kind: 'communication', retryable: false })
      expect(await thrownBy(secure({ tls: 'none' }))).toMatchObject({ kind: 'communication' })
    })
  })

  it('gives up when the step is aborted, though the server never answers', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const controller = new AbortController()
    const options = { auth: auth({ port, host: '127.0.0.1' }), input: { key: 'a' }, signal: controller.signal }
    const thrown = thrownBy(runAction(connector, 'getValue', options))
    const [socket] = (await once(silent, 'connection')) as [Socket]
    // The command is on its way.
    await once(socket, 'data')
    const closed = once(socket, 'close')
    controller.abort(new StepError('cancelled', 'The step was cancelled'))
    expect(await thrown).toMatchObject({ kind: 'cancelled' })
    await closed
    silent.close()
  })
})
