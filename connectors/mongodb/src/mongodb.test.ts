import { inspect } from 'node:util'
import { type JsonObject, StepError } from '@inlay/sdk/connector'
import { accountOf, loadOptions, runAction, testConnection } from '@inlay/sdk/testing'
import { BSON, Decimal128, Long, ObjectId } from 'mongodb'
import { afterEach, describe, expect, it } from 'vitest'
import { connector } from './connector.js'
import { type StubMongod, type StubOptions, startStubMongod } from './testing/stub-mongod.js'

const open: StubMongod[] = []
const started = async (options?: StubOptions): Promise<StubMongod> => {
  const server = await startStubMongod(options)
  open.push(server)
  return server
}
const auth = ({ port }: Pick<StubMongod, 'port'>, more = '') => ({
  kind: 'custom' as const,
  method: 'connectionString',
  fields: { connectionString: `mongodb://127.0.0.1:${port}/shop${more}` },
})
const user = ({ port }: StubMongod, password = 'test-key', fields: JsonObject = {}) => ({
  kind: 'basic' as const,
  method: 'user',
  username: 'worker',
  password,
  fields: { hosts: `127.0.0.1:${port}`, database: 'shop', tls: 'none', ...fields },
})
const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )
const run = (server: StubMongod, action: string, input: JsonObject) =>
  runAction(connector, action, { auth: auth(server), input: { collection: 'orders', ...input } })
const last = ({ commands }: StubMongod) => BSON.EJSON.serialize(commands.at(-1) ?? {}, { relaxed: true })

const hex = '65a4f1c2d3e4f5a6b7c8d9e0'
const id = new ObjectId(hex)

describe('MongoDB, through the door and its proxy', () => {
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()))
  })

  it('signs in, and says when it is refused', async () => {
    const server = await started({ password: 'test-key' })
    await testConnection(connector, { auth: user(server) })
    const wrong = await thrownBy(testConnection(connector, { auth: user(server, 'wrong-key') }))
    expect(wrong).toMatchObject({ kind: 'authentication', data: { code: 18 } })
    expect(inspect(wrong, { depth: 9 })).not.toContain('wrong-key')
    const nobody = await thrownBy(testConnection(connector, { auth: auth(server) }))
    expect(nobody).toMatchObject({ kind: 'authorization' })
    const account = await accountOf(connector, { auth: user(server) })
    expect(account?.label).toBe(`worker@127.0.0.1:${server.port}/shop`)
  })

  it('goes to no inner address, whoever names it', async () => {
    const fields = { connectionString: 'mongodb://10.0.0.1/shop' }
    const named = await thrownBy(testConnection(connector, { auth: { ...auth({ port: 1 }), fields } }))
    expect(named).toMatchObject({ kind: 'rejected' })
    const members = {
      setName: 'rs',
      hosts: ['10.0.0.5:27017'],
      me: '10.0.0.5:27017',
      isWritablePrimary: false,
      secondary: true,
    }
    const server = await started({ hello: { ...members, ismaster: false } })
    const told = { ...auth(server, '?replicaSet=rs&serverSelectionTimeoutMS=500') }
    const refused = await thrownBy(testConnection(connector, { auth: told }))
    expect(refused).toMatchObject({ kind: 'rejected' })
    expect(inspect(refused)).toContain('10.0.0.5')
  })

  it('finds documents, and shows them as plain or as extended JSON', async () => {
    const made = new Date('2026-01-02T03:04:05Z')
    const big = Long.fromString('9007199254740993')
    const document = {
      _id: id,
      made,
      total: Decimal128.fromString('19.90'),
      big,
      raw: Buffer.from('ab'),
      tags: [id, null],
    }
    const server = await started({ documents: [document, { _id: 'other', made }] })
    const condition = { made: { $gte: { $date: '2026-01-01T00:00:00Z' } } }
    expect(await run(server, 'findDocuments', { filter: condition, sort: { made: -1 }, limit: 1 })).toEqual({
      documents: [
        { _id: hex, made: made.toISOString(), total: '19.90', big: '9007199254740993', raw: 'YWI=', tags: [hex, null] },
      ],
      hasMore: true,
    })
    expect(last(server)).toMatchObject({ find: 'orders', $db: 'shop', sort: { made: -1 }, limit: 2, maxTimeMS: 30_000 })
    const extended = await run(server, 'getDocument', { id: hex, format: 'extended' })
    expect(extended).toMatchObject({ document: { _id: { $oid: hex }, total: { $numberDecimal: '19.90' } } })
    expect(await run(server, 'getDocument', { id: 'other' })).toMatchObject({ document: { _id: 'other' } })
    expect(await run(server, 'getDocument', { id: 7 })).toEqual({ document: null })
  })

  it('inserts, updates, replaces and deletes', async () => {
    const server = await started({
      handle: ({ update }) =>
        update === 'new' ? { ok: 1, n: 1, nModified: 0, upserted: [{ index: 0, _id: id }] } : undefined,
    })
    const documents = [{ _id: { $oid: hex }, at: { $date: '2026-01-02T03:04:05Z' } }, { _id: 'b' }]
    expect(await run(server, 'insertDocuments', { documents })).toEqual({ ids: [hex, 'b'] })
    expect(server.commands.at(-1)).toMatchObject({
      documents: [{ _id: id, at: new Date('2026-01-02T03:04:05Z') }, { _id: 'b' }],
    })
    const set = { $set: { status: 'sent' }, $inc: { tries: 1 } }
    const changed = await run(server, 'updateDocuments', { filter: { a: 1 }, update: set, which: 'all' })
    expect(changed).toEqual({ matched: 1, changed: 1, insertedId: null })
    expect(last(server)).toMatchObject({ updates: [{ q: { a: 1 }, u: set, multi: true }] })
    const replacing = { collection: 'new', filter: { a: 1 }, document: { a: 1, b: 2 }, upsert: true }
    expect(await run(server, 'replaceDocument', replacing)).toEqual({ matched: 0, changed: 0, insertedId: hex })
    expect(last(server)).toMatchObject({ updates: [{ q: { a: 1 }, u: { a: 1, b: 2 }, upsert: true }] })
    expect(await run(server, 'deleteDocuments', { filter: { _id: { $oid: hex } } })).toEqual({ count: 1 })
    expect(last(server)).toMatchObject({ deletes: [{ q: { _id: { $oid: hex } }, limit: 1 }] })
  })

  it('aggregates, counts, and knows databases and collections', async () => {
    const answers: Record<string, object[]> = {
      aggregate: [{ _id: 'NL', n: 7 }],
      listCollections: [
        { name: 'orders', type: 'collection' },
        { name: 'system.views', type: 'collection' },
      ],
    }
    const server = await started({
      handle: (command) => {
        const [name = ''] = Object.keys(command)
        if (name === 'listDatabases') return { ok: 1, databases: [{ name: 'shop' }] }
        const firstBatch = answers[name]
        return firstBatch && { ok: 1, cursor: { id: Long.ZERO, ns: 'shop.orders', firstBatch } }
      },
    })
    const pipeline = [{ $match: { at: { $gt: { $date: '2026-01-01T00:00:00Z' } } } }, { $group: { _id: '$country' } }]
    expect(await run(server, 'aggregate', { pipeline })).toEqual({ documents: [{ _id: 'NL', n: 7 }], hasMore: false })
    expect(last(server)).toMatchObject({ aggregate: 'orders', pipeline: [...pipeline, { $limit: 101 }] })
    expect(await run(server, 'countDocuments', { filter: { status: 'paid' } })).toEqual({ count: 7 })
    const listed = await runAction(connector, 'listCollections', { auth: auth(server), input: {} })
    expect(listed).toEqual({ collections: [{ name: 'orders', type: 'collection' }] })
    const form = { auth: auth(server), of: 'findDocuments' }
    const values = async (field: string) =>
      (await loadOptions(connector, { ...form, field })).options.map(({ value }) => value)
    expect([await values('database'), await values('collection')]).toEqual([['shop'], ['orders']])
  })

  it('runs no code in the database, writes by no pipeline, and changes nothing without a condition', async () => {
    const server = await started()
    const code = { $function: { body: 'function() {}', args: [], lang: 'js' } }
    const refused: [string, JsonObject][] = [
      ['findDocuments', { filter: { $where: 'sleep(1000)' } }],
      ['countDocuments', { filter: { $or: [{ $expr: code }] } }],
      ['aggregate', { pipeline: [{ $addFields: { x: code } }] }],
      ['aggregate', { pipeline: [{ $match: {} }, { $out: 'other' }] }],
      ['aggregate', { pipeline: [{ $merge: { into: 'other' } }] }],
      ['updateDocuments', { filter: { a: 1 }, update: { status: 'sent' } }],
      ['deleteDocuments', { filter: {} }],
      ['updateDocuments', { filter: {}, update: { $set: { a: 1 } } }],
    ]
    for (const [action, input] of refused) {
      const kinds = expect.stringMatching(/^(?:rejected|validation)$/)
      expect(await thrownBy(run(server, action, input))).toMatchObject({ kind: kinds })
    }
    expect(server.commands).toEqual([])
  })

  it.each([
    [{ ok: 0, code: 13, codeName: 'Unauthorized', errmsg: 'not authorized' }, { kind: 'authorization' }],
    [{ ok: 0, code: 50, codeName: 'MaxTimeMSExpired', errmsg: 'too slow' }, { kind: 'timeout' }],
    [
      { ok: 0, code: 16500, errmsg: 'Request rate is large, RetryAfterMs=34' },
      { kind: 'rate_limited', retryAfterMs: 34 },
    ],
    [
      { ok: 0, code: 2, codeName: 'BadValue', errmsg: 'unknown operator' },
      { kind: 'rejected', data: { code: 2 } },
    ],
    [
      { ok: 1, n: 0, writeErrors: [{ index: 0, code: 11000, errmsg: 'E11000 duplicate key' }] },
      { kind: 'rejected', data: { code: 11000 } },
    ],
    [
      {
        ok: 1,
        n: 0,
        writeErrors: [
          { index: 0, code: 121, errmsg: 'failed validation', errInfo: { details: { missing: ['total'] } } },
        ],
      },
      { kind: 'rejected', detail: expect.stringContaining('total') },
    ],
  ])('says by code what failed: %j', async (answer, wanted) => {
    const server = await started({ handle: () => answer })
    expect(await thrownBy(run(server, 'insertDocuments', { documents: [{ a: 1 }] }))).toMatchObject(wanted)
  })

  it('says that nobody answers, or not in TLS', async () => {
    const server = await started()
    const quick = (more: string) => ({ ...auth(server, `?serverSelectionTimeoutMS=300&${more}`) })
    expect(await thrownBy(testConnection(connector, { auth: quick('tls=true') }))).toMatchObject({
      kind: 'communication',
    })
    await server.close()
    open.length = 0
    expect(await thrownBy(testConnection(connector, { auth: quick('') }))).toMatchObject({ kind: 'communication' })
  })

  it('ends at once when the step is aborted, though the server never answers', async () => {
    const controller = new AbortController()
    const server = await started({
      handle: ({ find }) => {
        if (find === undefined) return undefined
        controller.abort(new StepError('cancelled', 'The step was cancelled'))
        return { silence: true }
      },
    })
    const options = { auth: auth(server), input: { collection: 'orders' }, signal: controller.signal }
    expect(await thrownBy(runAction(connector, 'findDocuments', options))).toMatchObject({ kind: 'cancelled' })
  })

  it('refuses more than a step can hold', async () => {
    const text = 'x'.repeat(3_000_000)
    const server = await started({ documents: [1, 2, 3].map((_id) => ({ _id, text })) })
    expect(await thrownBy(run(server, 'findDocuments', {}))).toMatchObject({ kind: 'limit' })
  })
})
