import type { JsonValue, PollResult, TriggerItem } from '@inlay/engine'

/** How items of a list are told apart and put in order. */
export interface NewByTimeOptions<Item> {
  /** The `cursor` of the poll. */
  readonly cursor: JsonValue
  /** The service's own id. Include what changes when changes shall count: `${id}:${updatedAt}`. */
  readonly idOf: (item: Item) => string
  /** When it was made or changed: ISO 8601 text or Unix milliseconds. */
  readonly timeOf: (item: Item) => string | number
  readonly dataOf?: (item: Item) => JsonValue
}

/** What `newByTime` keeps: the newest moment seen, and the ids at that very moment. */
interface TimeCursor {
  readonly at: number
  readonly ids: readonly string[]
}

/**
 * The newest moment of a cursor of `newByTime`, for a service that can be asked for what came since then; undefined at first.
 * Ask for that moment and later, not only later: more may have come in the same millisecond.
 */
export function cursorTime(cursor: JsonValue): number | undefined {
  return readTimeCursor(cursor)?.at
}

/**
 * What of a list is new since the last poll, by time. Several items of one moment are told apart by id, so that none is
 * lost and none is told twice.
 */
export function newByTime<Item>(items: readonly Item[], options: NewByTimeOptions<Item>): PollResult {
  const { idOf, timeOf, dataOf = (item: Item) => item as JsonValue } = options
  const seen = readTimeCursor(options.cursor)
  const fresh = items
    .map((item) => ({ id: idOf(item), at: toMillis(timeOf(item)), data: dataOf(item) }))
    .filter(({ id, at }) => seen === undefined || at > seen.at || (at === seen.at && !seen.ids.includes(id)))
    .sort((a, b) => a.at - b.at)
  const newest = fresh.at(-1)?.at ?? seen?.at ?? 0
  const kept = seen?.at === newest ? seen.ids : []
  const ids = [...kept, ...fresh.filter(({ at }) => at === newest).map(({ id }) => id)]
  return { items: fresh.map(toItem), cursor: { at: newest, ids } }
}

/** How items without times are told apart. */
export interface NewByIdOptions<Item> extends Omit<NewByTimeOptions<Item>, 'timeOf'> {
  /** How many ids are remembered: more than a list holds at once. @default 1000 */
  readonly remember?: number
}

/** What of a list is new since the last poll, by id alone: for lists without times, newest first or last. */
export function newById<Item>(items: readonly Item[], options: NewByIdOptions<Item>): PollResult {
  const { cursor, idOf, remember = 1000, dataOf = (item: Item) => item as JsonValue } = options
  const before = Array.isArray(cursor) ? cursor.filter((id) => typeof id === 'string') : []
  const seen = new Set(before)
  const fresh: TriggerItem[] = []
  for (const item of items) {
    const id = idOf(item)
    if (seen.has(id)) continue
    seen.add(id)
    fresh.push({ id, data: dataOf(item) })
  }
  // What is listed at present stays known, however long ago it was first seen.
  const listed = items.map(idOf)
  const gone = before.filter((id) => !listed.includes(id))
  return { items: fresh, cursor: [...gone, ...new Set(listed)].slice(-Math.max(remember, listed.length)) }
}

function readTimeCursor(cursor: JsonValue): TimeCursor | undefined {
  if (typeof cursor !== 'object' || cursor === null || Array.isArray(cursor)) return undefined
  const { at, ids } = cursor as { readonly at?: JsonValue; readonly ids?: JsonValue }
  if (typeof at !== 'number' || !Array.isArray(ids)) return undefined
  return { at, ids: ids.filter((id) => typeof id === 'string') }
}

function toMillis(time: string | number): number {
  const ms = typeof time === 'number' ? time : Date.parse(time)
  return Number.isFinite(ms) ? ms : 0
}

function toItem({ id, data }: { readonly id: string; readonly data: JsonValue }): TriggerItem {
  return { id, data }
}
