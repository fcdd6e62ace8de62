import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type JsonObject, StepError, z } from '@inlay/sdk/connector'
import { loadOptions, pollTrigger, runAction, testConnection } from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './connector.js'
import { messageSchema } from './message.js'

const isMissing = spawnSync('kcat', ['-V']).error !== undefined
const reason = isMissing ? 'skipped: no kcat on this machine' : 'against the mock cluster of librdkafka, by kcat'

let servers = ''
let cluster: ChildProcess | undefined

const auth = (changes: JsonObject = {}) => ({
  kind: 'custom' as const,
  method: 'open',
  fields: { servers, tls: 'none', ...changes },
})
const run = (action: string, input: JsonObject) => runAction(connector, action, { auth: auth(), input })
const poll = async (topic: string, cursor?: Awaited<ReturnType<typeof pollTrigger>>['cursor']) =>
  pollTrigger(connector, 'newMessage', { auth: auth(), input: { topic }, ...(cursor === undefined ? {} : { cursor }) })
const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )
const readSchema = z.object({ messages: z.array(messageSchema), nextOffset: z.string(), isAtEnd: z.boolean() })
const read = async (input: JsonObject) => readSchema.parse(await run('readMessages', input))

/** Brokers in the process of a consumer, which live as long as it does. */
async function startCluster(): Promise<void> {
  const flags = ['-b', 'mock', '-X', 'test.mock.num.brokers=2', '-X', 'debug=mock', '-E', '-C', '-t', 'warm']
  cluster = spawn('kcat', flags, { stdio: ['ignore', 'ignore', 'pipe'] })
  if (cluster.stderr === null) throw new Error('kcat has no standard error')
  const lines = createInterface({ input: cluster.stderr })
  for await (const line of lines) {
    servers = /bootstrap\.servers=(\S+)/.exec(line)?.[1] ?? ''
    if (servers !== '') break
  }
  cluster.stderr.resume()
}

/** Writes one message as another client does, in a compression of its own. */
function kcat(topic: string, compression: string, value: string): void {
  const flags = ['-b', servers, '-P', '-t', topic, '-p', '0', '-z', compression, '-X', 'message.max.bytes=30000000']
  // From a file, of which kcat makes one message; it reads lines letter by letter.
  const folder = mkdtempSync(join(tmpdir(), 'inlay-kafka-'))
  writeFileSync(join(folder, 'value'), value)
  const { status, stderr } = spawnSync('kcat', [...flags, join(folder, 'value')])
  rmSync(folder, { recursive: true })
  if (status !== 0) throw new Error(String(stderr))
}

describe.skipIf(isMissing)(`Kafka (${reason})`, () => {
  beforeAll(startCluster, 20_000)
  afterAll(async () => {
    if (cluster === undefined || cluster.exitCode !== null) return
    const exited = once(cluster, 'exit')
    cluster.kill('SIGKILL')
    await exited
  })

  it('produces, and reads what it produced from any offset', async () => {
    const messages = [
      { key: '7', value: { größe: 1 }, headers: { source: 'shop' }, partition: 2 },
      { key: '7', value: 'two', partition: 2 },
      { key: '7', value: null, partition: 2 },
    ]
    expect(await run('produceMessages', { topic: 'orders', messages })).toEqual({
      messages: ['0', '1', '2'].map((offset) => ({ partition: 2, offset })),
    })
    const all = await read({ topic: 'orders', partition: 2, format: 'json' })
    expect(all).toMatchObject({ nextOffset: '3', isAtEnd: true })
    expect(all.messages).toMatchObject([
      { topic: 'orders', offset: '0', key: '7', value: { größe: 1 }, headers: { source: 'shop' } },
      { offset: '1', value: 'two', headers: {} },
      { offset: '2', value: null },
    ])
    const some = await read({ topic: 'orders', partition: 2, offset: '1', maxMessages: 1 })
    expect(some).toMatchObject({ messages: [{ value: 'two' }], nextOffset: '2', isAtEnd: false })
    const beyond = await thrownBy(run('readMessages', { topic: 'orders', partition: 2, offset: '4' }))
    expect(beyond).toMatchObject({ kind: 'rejected', data: { first: '0', next: '3' } })
    const nowhere = run('produceMessages', { topic: 'orders', messages: [{ value: '', partition: 99 }] })
    expect(await thrownBy(nowhere)).toMatchObject({ kind: 'rejected' })
  })

  it('puts messages with the same key into the same partition, and sends bytes', async () => {
    const value = Buffer.from([0, 255]).toString('base64')
    const messages = ['a', 'b', 'a'].map((key) => ({ key, value }))
    const made = await run('produceMessages', {
      topic: 'keyed',
      messages,
      encoding: 'base64',
      acknowledgedBy: 'leader',
    })
    const { messages: places } = z.object({ messages: z.array(z.object({ partition: z.int() })) }).parse(made)
    expect(places[0]?.partition).toBe(places[2]?.partition)
    const { partition } = places[0] ?? { partition: 0 }
    const back = await read({ topic: 'keyed', partition, format: 'base64' })
    expect(back.messages.map((message) => message.value)).toEqual(
      places.filter((place) => place.partition === partition).map(() => value),
    )
  })

  it.each(['gzip', 'snappy', 'lz4', 'zstd'])('reads messages that others compressed by %s', async (compression) => {
    const value = 'compressed '.repeat(5000)
    kcat(`by-${compression}`, compression, value)
    const { messages } = await read({ topic: `by-${compression}`, partition: 0 })
    expect(messages.map((message) => message.value)).toEqual([value])
  })

  it('refuses a batch that unpacks to more than it should', async () => {
    kcat('bomb', 'zstd', 'x'.repeat(17 * 1024 * 1024))
    expect(await thrownBy(run('readMessages', { topic: 'bomb' }))).toMatchObject({ kind: 'limit' })
  })

  it('tells topics and partitions, also as choices', async () => {
    await run('produceMessages', { topic: 'orders', messages: [{ value: 'x', partition: 0 }] })
    const listed = await run('listTopics', { search: 'orders' })
    expect(listed).toEqual({ topics: [{ name: 'orders', partitions: 4, isInternal: false }] })
    const topic = await run('getTopic', { topic: 'orders' })
    expect(topic).toMatchObject({ name: 'orders', settings: null })
    const { options } = await loadOptions(connector, { auth: auth(), of: 'newMessage', field: 'topic' })
    expect(options.map(({ value }) => value)).toContain('orders')
    const input = { topic: 'orders' }
    const partitions = await loadOptions(connector, { auth: auth(), of: 'readMessages', field: 'partition', input })
    expect(partitions.options.map(({ value }) => value)).toEqual([0, 1, 2, 3])
  })

  it('tells each message once, from the end on, in shares of the partitions', async () => {
    const write = (count: number, partition: number, word: string) =>
      run('produceMessages', {
        topic: 'events',
        messages: Array.from({ length: count }, (_, index) => ({ value: `${word}${index}`, partition })),
      })
    await write(3, 0, 'old')
    const first = await poll('events')
    expect(first.items).toEqual([])
    await write(250, 0, 'busy')
    await write(2, 1, 'calm')
    const second = await poll('events', first.cursor)
    expect(second).toMatchObject({ hasMore: true })
    const third = await poll('events', second.cursor)
    const rest = await poll('events', third.cursor)
    const told = [...second.items, ...third.items, ...rest.items]
    expect(second.items.map(({ data }) => messageSchema.parse(data).value)).toContain('calm1')
    const busy = told.map(({ data }) => messageSchema.parse(data)).filter(({ partition }) => partition === 0)
    expect(busy.map(({ value }) => value)).toEqual(Array.from({ length: 250 }, (_, index) => `busy${index}`))
    expect(new Set(told.map(({ id }) => id)).size).toBe(252)
    expect(await poll('events', rest.cursor)).toMatchObject({ items: [], hasMore: false, cursor: rest.cursor })
  })

  it('goes on from what is there when offsets are gone or were never there', async () => {
    await run('produceMessages', { topic: 'anew', messages: [{ value: 'a', partition: 0 }] })
    // As after the topic was made anew: partition 0 had more messages, and there were fewer partitions.
    const { items } = await poll('anew', { next: { '0': '500' } })
    expect(items.map(({ data }) => messageSchema.parse(data).value)).toEqual(['a'])
  })

  it('tries the next server when one does not answer, and says what failed', async () => {
    const dead = `127.0.0.1:1,${servers}`
    await testConnection(connector, { auth: auth({ servers: dead }) })
    const refused = await thrownBy(testConnection(connector, { auth: auth({ servers: '127.0.0.1:1' }) }))
    expect(refused).toMatchObject({ kind: 'communication' })
    const inner = await thrownBy(testConnection(connector, { auth: auth({ servers: '10.0.0.1:9092' }) }))
    expect(inner).toMatchObject({ kind: 'rejected' })
    const tls = await thrownBy(testConnection(connector, { auth: auth({ tls: 'verify' }) }))
    expect(tls).toMatchObject({ kind: 'communication' })
    const unknown = await thrownBy(run('getTopic', { topic: 'orders', withSettings: true }))
    expect(unknown).toMatchObject({ kind: 'rejected' })
  })

  it('ends at once when the step is aborted', async () => {
    const controller = new AbortController()
    const options = { auth: auth(), input: { topic: 'orders' }, signal: controller.signal }
    const thrown = thrownBy(runAction(connector, 'getTopic', options))
    controller.abort(new StepError('cancelled', 'The step was cancelled'))
    expect(await thrown).toMatchObject({ kind: 'cancelled' })
  })
})
