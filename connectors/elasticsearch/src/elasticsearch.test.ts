import type { AuthValues, JsonValue } from '@inlay/sdk/connector'
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

const WRITTEN = { _index: 'orders', _id: 'o-1', _version: 1, result: 'created', _shards: { successful: 1 } }
const hit = (id: string, at: number) => ({ _index: 'orders', _id: id, _score: null, _source: { n: id }, sort: [at] })
const hits = (...found: ReturnType<typeof hit>[]): StubAnswer => ({
  json: { took: 1, hits: { total: { value: found.length, relation: 'eq' }, hits: found } },
})
const failed = (status: number, type: string): StubAnswer => ({
  status,
  json: { error: { root_cause: [], type, reason: `because of ${type}` }, status },
})

let stub: StubServer
let answers: Record<string, StubAnswer>

/** Answers as Elasticsearch's documentation of each request shows them. */
beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => answers[`${method} ${url.split('?')[0]}`] ?? { status: 404 })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = { 'GET /': { json: { cluster_name: 'shop', cluster_uuid: 'u-1', version: { number: '9.0.0' } } } }
})

const auth: AuthValues = { kind: 'apiKey', apiKey: 'test-key', fields: {} }
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, { input: { index: 'orders', ...input }, auth, baseUrl: stub.url, ...more })
const last = () => stub.requests.at(-1)

describe('elasticsearch actions', () => {
  it('searches by text and query together, with the key, and tells how to go on', async () => {
    answers['POST /orders/_search'] = hits(hit('o-1', 7))
    const query = { term: { total: 42 } }
    const found = await run('search', { text: 'customer:Acme', query, sort: ['total'], limit: 1 })
    expect(found).toMatchObject({ total: 1, documents: [{ id: 'o-1', document: { n: 'o-1' } }], next: [7] })
    expect(last()?.headers.authorization).toBe('ApiKey test-key')
    expect(last()?.json()).toMatchObject({
      query: { bool: { must: [{ query_string: { query: 'customer:Acme' } }, query] } },
      sort: ['total'],
      size: 1,
    })
    expect(await run('search', { limit: 2, searchAfter: [7] })).toMatchObject({ next: null, isPartial: false })
    expect(last()?.json()).toMatchObject({ query: { match_all: {} }, search_after: [7] })
    answers['POST /orders/_search'] = {
      json: { took: 1, timed_out: false, _shards: { total: 2, failed: 1 }, hits: { total: null, hits: [] } },
    }
    expect(await run('search', {})).toMatchObject({ total: null, isPartial: true })
  })

  it('writes a document under its id, or under one that is the same each time it is tried', async () => {
    answers['PUT /orders/_doc/a%2Fb'] = { status: 201, json: WRITTEN }
    const written = await run('indexDocument', { id: 'a/b', document: { total: 42 }, refresh: 'wait_for' })
    expect(written).toEqual({ index: 'orders', id: 'o-1', version: 1, result: 'created' })
    expect(last()?.url).toBe('/orders/_doc/a%2Fb?refresh=wait_for')
    await expect(run('indexDocument', { document: {} })).rejects.toMatchObject({ kind: 'rejected' })
    const url = last()?.url
    await expect(run('indexDocument', { document: {} })).rejects.toMatchObject({ kind: 'rejected' })
    expect(last()?.url).toBe(url)
  })

  it('takes a document that it made before for made, and an id of others for taken', async () => {
    const conflict = failed(409, 'version_conflict_engine_exception')
    answers['PUT /orders/_create/o-1'] = conflict
    const input = { document: {}, mode: 'create' }
    await expect(run('indexDocument', { ...input, id: 'o-1' })).rejects.toMatchObject({ kind: 'rejected' })
    await run('indexDocument', input).catch(() => {})
    answers[`PUT ${last()?.url?.split('?')[0]}`] = conflict
    expect(await run('indexDocument', input)).toMatchObject({ result: 'noop' })
  })

  it('changes, counts and lists', async () => {
    answers['POST /orders/_update/o-1'] = { json: { ...WRITTEN, result: 'updated' } }
    expect(await run('updateDocument', { id: 'o-1', document: { total: 1 } })).toMatchObject({ result: 'updated' })
    expect(last()?.json()).toEqual({ doc: { total: 1 }, doc_as_upsert: false })
    answers['POST /orders/_count'] = { json: { count: 12, _shards: {} } }
    expect(await run('countDocuments', {})).toEqual({ count: 12 })
    answers['GET /_cat/indices/orders'] = {
      json: [{ index: 'orders', health: 'green', status: 'open', 'docs.count': '12', 'store.size': '20480' }],
    }
    expect(await run('listIndices', {})).toMatchObject({ indices: [{ name: 'orders', documents: 12, bytes: 20_480 }] })
  })

  it('tells a document that is not there from an index that is not', async () => {
    answers['GET /orders/_doc/o-1'] = { json: { ...WRITTEN, found: true, _source: { total: 42 } } }
    expect(await run('getDocument', { id: 'o-1' })).toEqual({ isFound: true, version: 1, document: { total: 42 } })
    answers['GET /orders/_doc/o-2'] = { status: 404, json: { _index: 'orders', _id: 'o-2', found: false } }
    expect(await run('getDocument', { id: 'o-2' })).toMatchObject({ isFound: false })
    answers['DELETE /orders/_doc/o-2'] = { status: 404, json: { ...WRITTEN, result: 'not_found' } }
    expect(await run('deleteDocument', { id: 'o-2' })).toMatchObject({ result: 'not_found' })
    answers['DELETE /orders/_doc/o-2'] = failed(404, 'index_not_found_exception')
    await expect(run('deleteDocument', { id: 'o-2' })).rejects.toMatchObject({ kind: 'rejected' })
  })

  it('makes many changes, tells which failed, and asks to try again when the cluster is full', async () => {
    const item = (type: string, reason: string) => ({ index: { _id: 'o-2', status: 400, error: { type, reason } } })
    const fine = { index: { _id: 'o-1', status: 201, result: 'created' } }
    answers['POST /orders/_bulk'] = { json: { errors: true, items: [fine, item('mapper_parsing_exception', 'no')] } }
    const changes = [
      { id: 'o-1', document: { total: 1 } },
      { operation: 'update', id: 'o-2', document: { total: 2 } },
      { operation: 'delete', id: 'o-3' },
    ]
    expect(await run('bulk', { changes })).toEqual({
      succeeded: 1,
      failures: [{ position: 1, id: 'o-2', type: 'mapper_parsing_exception', reason: 'no' }],
    })
    expect(last()?.headers['content-type']).toBe('application/x-ndjson')
    expect(last()?.body).toBe(
      '{"index":{"_id":"o-1"}}\n{"total":1}\n{"update":{"_id":"o-2"}}\n{"doc":{"total":2}}\n{"delete":{"_id":"o-3"}}\n',
    )
    answers['POST /orders/_bulk'] = { json: { errors: true, items: [item('es_rejected_execution_exception', 'full')] } }
    await expect(run('bulk', { changes })).rejects.toMatchObject({ kind: 'rate_limited' })
    const again = {
      create: { _id: 'x', status: 409, error: { type: 'version_conflict_engine_exception', reason: 'is' } },
    }
    answers['POST /orders/_bulk'] = { json: { errors: true, items: [again, again] } }
    const created = [
      { operation: 'create', document: {} },
      { operation: 'create', id: 'o-9', document: {} },
    ]
    // The first got an id of ours: an attempt before has made it.
    expect(await run('bulk', { changes: created })).toMatchObject({ succeeded: 1, failures: [{ position: 1 }] })
    await expect(run('bulk', { changes: [{ operation: 'delete' }] })).rejects.toMatchObject({ kind: 'validation' })
  })

  it.each([
    [401, 'security_exception', 'authentication'],
    [403, 'security_exception', 'authorization'],
    [429, 'es_rejected_execution_exception', 'rate_limited'],
    [503, 'cluster_block_exception', 'communication'],
    [400, 'parsing_exception', 'rejected'],
  ])('takes status %i with %s for %s', async (status, type, kind) => {
    answers['POST /orders/_count'] = failed(status, type)
    await expect(run('countDocuments', {})).rejects.toMatchObject({ kind, detail: `because of ${type}` })
  })

  it('refuses names that would lead elsewhere', async () => {
    for (const index of ['..', '_cluster', 'a/b']) {
      await expect(run('countDocuments', { index })).rejects.toMatchObject({ kind: 'validation' })
    }
    await expect(run('getDocument', { id: '..' })).rejects.toMatchObject({ kind: 'validation' })
  })
})

describe('elasticsearch forms', () => {
  it('offers indices, aliases and data streams, and the fields of a mapping', async () => {
    answers['GET /_resolve/index/or*'] = {
      json: { indices: [{ name: 'orders' }, { name: '.hidden' }], aliases: [{ name: 'original' }], data_streams: [] },
    }
    const place = { of: 'indexDocument', auth, baseUrl: stub.url }
    const found = await loadOptions(connector, { ...place, field: 'index', search: 'or/' })
    expect(found.options.map(({ value }) => value)).toEqual(['original', 'orders'])
    const properties = { total: { type: 'long' }, at: { properties: { city: { type: 'keyword' } } } }
    answers['GET /orders/_mapping'] = { json: { orders: { mappings: { properties } } } }
    expect(await loadSchema(connector, { ...place, field: 'document', input: { index: 'orders' } })).toMatchObject({
      properties: {
        total: { title: 'total', type: 'integer' },
        at: { type: 'object', properties: { city: { type: 'string' } } },
      },
    })
  })

  it('tests a connection and tells which cluster it is', async () => {
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).resolves.toBeUndefined()
    expect(await accountOf(connector, { auth, baseUrl: stub.url })).toEqual({ id: 'u-1', label: 'shop' })
  })
})

describe('elasticsearch triggers', () => {
  it('tells each new document once, over pages', async () => {
    const at = Date.parse('2026-04-10T20:00:00Z')
    const poll = (cursor?: JsonValue) =>
      pollTrigger(connector, 'newDocument', {
        input: { index: 'orders' },
        auth,
        baseUrl: stub.url,
        ...(cursor === undefined ? {} : { cursor }),
      })
    answers['POST /orders/_search'] = hits(hit('o-1', at))
    const first = await poll()
    expect(last()?.json()).toMatchObject({ sort: [{ '@timestamp': { order: 'desc' } }] })
    expect(last()?.url).toContain('allow_partial_search_results=false')
    answers['POST /orders/_search'] = hits(hit('o-1', at), hit('o-2', at))
    const second = await poll(first.cursor)
    expect(second.items.map(({ id }) => id)).toEqual(['orders/o-2'])
    expect(last()?.json()).toMatchObject({
      query: { bool: { filter: [{ range: { '@timestamp': { gte: at - 60_000, format: 'epoch_millis' } } }] } },
    })
    expect((await poll(second.cursor)).items).toEqual([])
    const many = Array.from({ length: 1000 }, (_, n) => hit(`m-${n}`, at + n))
    answers['POST /orders/_search'] = hits(...many)
    expect(await poll(second.cursor)).toMatchObject({ hasMore: true })
    expect(last()?.json()).toMatchObject({ from: 4000 })
  })
})

describeConnectorContract(connector, { describe, it, expect })
