import { type JsonValue, jsonObject, type PollContext, type PollResult, StepError } from '@inlay/sdk/connector'
import { BSON, type Collection, type Document, Double, Int32, Long, ObjectId } from 'mongodb'
import { readUpTo } from './collection.js'
import { type Format, toJson, toText } from './document.js'
import { OPERATION_TIMEOUT_MS } from './session.js'

const PAGE = 200
/** How many documents of the late window are told apart; a busier collection is followed without it. */
const MAX_LATE = 2000
/**
 * How far behind the newest value a document may still appear: writers take their times, IDs and numbers in one order and
 * are done in another, and their clocks differ.
 */
const LATE_MS = 60_000
const LATE_NUMBERS = 200

/** Which documents are followed, and by what. */
export interface Following {
  /** The field whose values only grow. */
  readonly field: string
  readonly filter: Document
  readonly format: Format
  /** What tells runs apart. */
  readonly idOf: (document: Document) => string
}

/** How far the collection was told. */
interface Position {
  readonly value: unknown
  readonly id: unknown
}

/** Looks for documents whose field is higher than before; and for such as appeared late, below it. */
export async function follow(collection: Collection, context: PollContext, following: Following): Promise<PollResult> {
  const { field, filter, format, idOf } = following
  const known = readCursor(context.cursor)
  if (known === undefined) {
    const [newest] = await find(collection, { filter, sort: { [field]: -1, _id: -1 }, limit: 1 })
    const position = newest === undefined ? undefined : positionOf(newest, field)
    const near = position === undefined ? [] : await findNear(collection, following, position)
    return { items: [], cursor: toCursor(position, (near ?? []).map(idOf)) }
  }
  const { position, seen } = known
  const near = position === undefined ? [] : await findNear(collection, following, position)
  if (near === undefined) {
    context.log.warn('More documents are added in a while than late ones could be told from', { atMost: MAX_LATE })
  }
  const unseen = (near ?? []).filter((document) => !seen.has(idOf(document))).slice(0, PAGE)
  const late = unseen.length === 0 ? [] : await findById(collection, unseen)
  const after = position === undefined ? {} : beyond(field, position)
  const { documents: added, isCut } = await read(collection, {
    filter: { $and: [filter, after] },
    sort: { [field]: 1, _id: 1 },
    limit: PAGE,
  })
  // A document that is changed while we look is found twice.
  const told = new Map([...late, ...added].map((document) => [idOf(document), document]))
  const last = added.at(-1)
  const next = last === undefined ? position : positionOf(last, field)
  const recent = [...(near ?? []).filter((document) => seen.has(idOf(document))), ...told.values()]
  return {
    items: [...told].map(([id, document]) => ({ id, data: toJson(document, format) })),
    cursor: toCursor(next, recent.filter((document) => isNear(document, field, next)).map(idOf)),
    hasMore: isCut || added.length === PAGE || late.length < unseen.length,
  }
}

interface Search {
  readonly filter: Document
  readonly sort?: Record<string, 1 | -1>
  readonly projection?: Document
  readonly limit: number
}

function read(collection: Collection, { filter, ...options }: Search): ReturnType<typeof readUpTo> {
  return readUpTo(collection.find(filter, { ...options, batchSize: PAGE, maxTimeMS: OPERATION_TIMEOUT_MS }))
}

async function find(collection: Collection, search: Search): Promise<Document[]> {
  return (await read(collection, search)).documents
}

/** Whole documents of which only the IDs are known; fewer when they are large. */
function findById(collection: Collection, documents: readonly Document[]): Promise<Document[]> {
  const ids = documents.map(({ _id }) => _id)
  return find(collection, { filter: { _id: { $in: ids } }, limit: PAGE })
}

/** What is at the position or just below it; undefined when that is too much. */
async function findNear(
  collection: Collection,
  { field, filter }: Following,
  { value, id }: Position,
): Promise<Document[] | undefined> {
  const from = windowOf(value)
  if (from === undefined) return []
  const upTo: Document = { $or: [{ [field]: { $lt: value } }, { [field]: value, _id: { $lte: id } }] }
  const near = await find(collection, {
    filter: { $and: [filter, { [field]: { $gte: from } }, upTo] },
    projection: { [field]: 1 },
    limit: MAX_LATE + 1,
  })
  return near.length > MAX_LATE ? undefined : near
}

/** Where the late window begins; undefined for values, such as texts, that have no distance. */
function windowOf(value: unknown): unknown {
  if (value instanceof Date) return new Date(value.getTime() - LATE_MS)
  if (value instanceof ObjectId) {
    const seconds = Math.max(0, Math.floor((value.getTimestamp().getTime() - LATE_MS) / 1000))
    return ObjectId.createFromTime(seconds)
  }
  if (typeof value === 'number') return value - LATE_NUMBERS
  return value instanceof Long ? value.subtract(LATE_NUMBERS) : undefined
}

function isNear(document: Document, field: string, position: Position | undefined): boolean {
  const from = windowOf(position?.value)
  const value = valueAt(document, field)
  if (from instanceof Date) return value instanceof Date && value >= from
  if (from instanceof ObjectId) return value instanceof ObjectId && value.toHexString() >= from.toHexString()
  if (from === undefined) return false
  const isNumber = typeof value === 'number' || value instanceof Long
  return isNumber && BigInt(Math.floor(Number(value))) >= BigInt(Math.floor(Number(from)))
}

function beyond(field: string, { value, id }: Position): Document {
  if (field === '_id') return { _id: { $gt: id } }
  return { $or: [{ [field]: { $gt: value } }, { [field]: value, _id: { $gt: id } }] }
}

function positionOf(document: Document, field: string): Position {
  const value = valueAt(document, field)
  if (value !== null && value !== undefined) return { value, id: document['_id'] }
  throw new StepError('rejected', `The newest document has no field ${field}`, {
    detail: 'Choose a field that all documents have and whose values only grow, or leave out those without it.',
  })
}

/** The value of a field that may be in another, as `meta.updatedAt`. */
export function valueAt(document: Document, field: string): unknown {
  let at: unknown = document
  for (const name of field.split('.')) {
    // Only own members: a name such as "constructor" is none of a document.
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined
    at = Object.getOwnPropertyDescriptor(at, name)?.value
  }
  return at
}

/** Ids in cursors are short. */
export function idText(id: unknown): string {
  return toText(id).slice(0, 500)
}

function toCursor(position: Position | undefined, seen: readonly string[]): JsonValue {
  const at = position === undefined ? null : BSON.EJSON.stringify(position, { relaxed: false })
  return { at, seen: seen.slice(-MAX_LATE) }
}

interface Known {
  readonly position: Position | undefined
  readonly seen: ReadonlySet<string>
}

function readCursor(cursor: JsonValue): Known | undefined {
  const { at, seen } = jsonObject.safeParse(cursor).data ?? {}
  if (!Array.isArray(seen)) return undefined
  const texts = new Set(seen.filter((id) => typeof id === 'string'))
  if (typeof at !== 'string') return { position: undefined, seen: texts }
  const { value, id }: Document = BSON.EJSON.parse(at, { relaxed: false })
  return { position: { value: unwrapped(value), id: unwrapped(id) }, seen: texts }
}

/** Numbers as the driver gives them in documents. */
function unwrapped(value: unknown): unknown {
  return value instanceof Int32 || value instanceof Double ? value.valueOf() : value
}
