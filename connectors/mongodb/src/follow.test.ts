import type { JsonObject } from '@inlay/sdk/connector'
import { pollTrigger } from '@inlay/sdk/testing'
import { type Document, ObjectId } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connector } from './connector.js'
import { type StubMongod, startStubMongod } from './testing/stub-mongod.js'

let server: StubMongod
let documents: Document[] = []
type Poll = Awaited<ReturnType<typeof pollTrigger>>

const poll = (trigger: string, input: JsonObject, before?: Poll): Promise<Poll> =>
  pollTrigger(connector, trigger, {
    auth: {
      kind: 'custom',
      method: 'connectionString',
      fields: { connectionString: `mongodb://127.0.0.1:${server.port}/shop` },
    },
    input: { collection: 'orders', ...input },
    ...(before === undefined ? {} : { cursor: before.cursor }),
  })
const idsOf = ({ items }: Poll) => items.map(({ id }) => id)

/** An ObjectId of that second. */
const idAt = (second: number, rest: number) =>
  ObjectId.createFromHexString(second.toString(16).padStart(8, '0') + rest.toString(16).padStart(16, '0'))
const NOW = 1_767_323_045

describe('MongoDB triggers', () => {
  beforeEach(async () => {
    documents = []
    server = await startStubMongod({ documents })
  })
  afterEach(() => server.close())

  it('tells new documents once, from the end on, and late ones too', async () => {
    documents.push({ _id: idAt(NOW, 5) }, { _id: idAt(NOW - 500, 1) })
    const first = await poll('newDocument', {})
    expect(first.items).toEqual([])
    const [next, late, old] = [idAt(NOW + 9, 1), idAt(NOW - 30, 1), idAt(NOW - 90, 1)]
    documents.push({ _id: next, a: 1 }, { _id: late }, { _id: old })
    const second = await poll('newDocument', {}, first)
    expect(idsOf(second)).toEqual([String(late), String(next)])
    expect(second.items[1]?.data).toEqual({ _id: String(next), a: 1 })
    const third = await poll('newDocument', {}, second)
    expect(third).toMatchObject({ items: [], hasMore: false })
    documents.push({ _id: idAt(NOW, 6) })
    expect(idsOf(await poll('newDocument', {}, third))).toEqual([String(idAt(NOW, 6))])
  })

  it('begins with the first document of a collection that was empty, and goes through many of one moment', async () => {
    const first = await poll('newDocument', {})
    documents.push(...Array.from({ length: 450 }, (_, index) => ({ _id: idAt(NOW, index) })))
    let last = await poll('newDocument', {}, first)
    const told = [...idsOf(last)]
    while (last.hasMore === true) {
      last = await poll('newDocument', {}, last)
      told.push(...idsOf(last))
    }
    expect(told).toEqual(documents.map(({ _id }) => String(_id)))
    expect(idsOf(await poll('newDocument', {}, last))).toEqual([])
  })

  it('follows numbers and conditions', async () => {
    documents.push({ _id: 'a', number: 1000, kind: 'x' })
    const input = { field: 'number', filter: { kind: 'x' } }
    const first = await poll('newDocument', input)
    documents.push(
      { _id: 'b', number: 1001, kind: 'x' },
      { _id: 'c', number: 1002, kind: 'y' },
      { _id: 'd', number: 990, kind: 'x' },
    )
    expect(idsOf(await poll('newDocument', input, first))).toEqual(['d', 'b'])
  })

  it('tells each change once, by its date', async () => {
    const date = (second: number) => new Date((NOW + second) * 1000)
    const changing: Document = { _id: 'a', meta: { updatedAt: date(0) } }
    documents.push(changing, { _id: 'undated' })
    const input = { field: 'meta.updatedAt' }
    const first = await poll('updatedDocument', input)
    changing['meta'] = { updatedAt: date(5) }
    documents.push({ _id: 'b', meta: { updatedAt: date(5) } }, { _id: 'late', meta: { updatedAt: date(-10) } })
    const second = await poll('updatedDocument', input, first)
    const told = [
      ['late', -10],
      ['a', 5],
      ['b', 5],
    ] as const
    expect(idsOf(second)).toEqual(told.map(([id, second]) => `${id}:${date(second).getTime()}`))
    expect(await poll('updatedDocument', input, second)).toMatchObject({ items: [] })
  })

  it('says that the newest document has no such field', async () => {
    documents.push({ _id: 'a' })
    await expect(poll('newDocument', { field: 'number' })).rejects.toMatchObject({ kind: 'rejected' })
  })
})
