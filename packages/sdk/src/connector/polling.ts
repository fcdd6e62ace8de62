import { type JsonValue, jsonObject, type PollResult, StepError, type TriggerItem } from '@inlay/engine'

/** How items of a list are told apart and put in order. */
export interface NewByTimeOptions<Item> {
  /** The `cursor` of the poll. */
  readonly cursor: JsonValue
  /** The service's own id. Include what changes when changes shall count: `${id}:${updatedAt}`. */
  readonly idOf: (item: Item) => string
  /** When it was made or changed: ISO 8601 text or Unix milliseconds. */
  readonly timeOf: (item: Item) => string | number
  /** What the workflow sees. @default the item itself */
  readonly dataOf?: (item: Item) => JsonValue
  /**
   * How much later than its own time an item may appear in the list, in milliseconds: services write first and list
   * later. Use the same value in `cursorTime`. @default 60_000
   */
  readonly lateMs?: number
}

/** What `newByTime` keeps: the newest moment seen, and what was seen within `lateMs` before it. */
interface TimeCursor {
  readonly at: number
  /** Ids with their times, oldest first. */
  readonly seen: readonly (readonly [id: string, at: number])[]
}

const LATE_MS = 60_000
/** Bounds the cursor's size. What falls out of it is still told apart by the platform, which keeps ids for longer. */
const MAX_SEEN = 5000

/**
 * From when on to ask a service that can be asked for what came since then, in Unix milliseconds; undefined at first.
 * Ask for that moment and later: what is told again is recognised.
 */
export function cursorTime(cursor: JsonValue, lateMs = LATE_MS): number | undefined {
  const kept = readTimeCursor(cursor)
  return kept === undefined ? undefined : Math.max(0, kept.at - lateMs)
}

/**
 * What of a list is new since the last poll, by time: in whatever order, with equal times, listed twice or late, none is
 * lost and none is told twice.
 *
 * @throws StepError `communication` when `timeOf` gives no time: the item would never be told
 */
export function newByTime<Item>(items: readonly Item[], options: NewByTimeOptions<Item>): PollResult {
  const { idOf, timeOf, dataOf = asData, lateMs = LATE_MS } = options
  const before = readTimeCursor(options.cursor)
  const known = new Set(before?.seen.map(([id]) => id))
  const since = before === undefined ? Number.NEGATIVE_INFINITY : before.at - lateMs
  const fresh: { readonly id: string; readonly at: number; readonly item: Item }[] = []
  for (const item of items) {
    const id = idOf(item)
    const at = toMillis(timeOf(item), id)
    if (at < since || known.has(id)) continue
    known.add(id)
    fresh.push({ id, at, item })
  }
  fresh.sort((a, b) => a.at - b.at)
  const at = Math.max(before?.at ?? 0, fresh.at(-1)?.at ?? 0)
  const seen = [...(before?.seen ?? []), ...fresh.map(({ id, at }) => [id, at] as const)]
    .filter(([, seenAt]) => seenAt >= at - lateMs)
    .sort(([, a], [, b]) => a - b)
    .slice(-MAX_SEEN)
  // Plain arrays and numbers, which only the read-only tuple types keep from being JSON values by name.
  const cursor = { at, seen } as unknown as JsonValue
  return { items: fresh.map(({ id, item }) => ({ id, data: dataOf(item) })), cursor }
}

/** How items without times are told apart. */
export interface NewByIdOptions<Item> extends Omit<NewByTimeOptions<Item>, 'timeOf' | 'lateMs'> {
  /** How many ids are remembered of what is listed no more. @default 1000 */
  readonly remember?: number
  /** Whether the list begins with the newest; runs start oldest first. @default false */
  readonly isNewestFirst?: boolean
}

/** What of a list is new since the last poll, by id alone: for lists without times. */
export function newById<Item>(items: readonly Item[], options: NewByIdOptions<Item>): PollResult {
  const { cursor, idOf, remember = 1000, dataOf = asData, isNewestFirst = false } = options
  const before = Array.isArray(cursor) ? cursor.filter((id) => typeof id === 'string') : []
  const seen = new Set(before)
  const fresh: TriggerItem[] = []
  for (const item of isNewestFirst ? items.toReversed() : items) {
    const id = idOf(item)
    if (seen.has(id)) continue
    seen.add(id)
    fresh.push({ id, data: dataOf(item) })
  }
  // What is listed at present stays known, however long ago it was first seen.
  const listed = new Set(items.map(idOf))
  const gone = before.filter((id) => !listed.has(id))
  return { items: fresh, cursor: [...gone.slice(Math.max(0, gone.length - remember)), ...listed] }
}

/** Items come from the service's JSON; an author whose items are anything else gives `dataOf`. */
function asData(item: unknown): JsonValue {
  return item as JsonValue
}

function readTimeCursor(cursor: JsonValue): TimeCursor | undefined {
  const { at, seen } = jsonObject.safeParse(cursor).data ?? {}
  if (typeof at !== 'number' || !Array.isArray(seen)) return undefined
  return { at, seen: seen.flatMap(toSeen) }
}

function toSeen(entry: JsonValue): (readonly [string, number])[] {
  if (!Array.isArray(entry)) return []
  const [id, at] = entry
  return typeof id === 'string' && typeof at === 'number' ? [[id, at]] : []
}

function toMillis(time: string | number, id: string): number {
  const ms = typeof time === 'number' ? time : Date.parse(time)
  if (Number.isFinite(ms)) return ms
  throw new StepError('communication', 'The service gave an item without a time that is understood', {
    detail: `The item "${id.slice(0, 100)}" has ${JSON.stringify(time)}; a time is ISO 8601 text or Unix milliseconds.`,
    retryable: false,
  })
}
