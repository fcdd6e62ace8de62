import { type JsonValue, jsonObject, type PollResult } from '@inlay/engine'

/** How items are told apart by numbers that only grow, such as the rows of a table. */
export interface NewByNumberOptions<Item> {
  /** The `cursor` of the poll. */
  readonly cursor: JsonValue
  /** A whole number of any size, as text; it is the item's id. */
  readonly numberOf: (item: Item) => string
  /** What the workflow sees. */
  readonly dataOf: (item: Item) => JsonValue
}

/**
 * How far behind the highest number an item may still appear: transactions take their numbers in one order and are
 * committed in another.
 */
const LATE_NUMBERS = 200n

/** Above which number to ask, as text; undefined at first. What is told again is recognised by `newByNumber`. */
export function cursorNumber(cursor: JsonValue): string | undefined {
  const { after } = readCursor(cursor)
  return after === undefined ? undefined : String(after - LATE_NUMBERS)
}

/** What of a list is new since the last poll, by number. Give the items that `cursorNumber` asks for, in any order. */
export function newByNumber<Item>(items: readonly Item[], options: NewByNumberOptions<Item>): PollResult {
  const { numberOf, dataOf } = options
  const { after = -1n, seen } = readCursor(options.cursor)
  const fresh = items
    .map((item) => ({ id: numberOf(item), item }))
    .filter(({ id }) => !seen.has(id))
    .map(({ id, item }) => ({ id, data: dataOf(item) }))
  const known = [...seen, ...fresh.map(({ id }) => id)]
  let highest = after
  for (const number of known.map(BigInt)) if (number > highest) highest = number
  const recent = known.filter((id) => BigInt(id) > highest - LATE_NUMBERS)
  return { items: fresh, cursor: { after: String(highest), seen: recent } }
}

function readCursor(cursor: JsonValue): { readonly after?: bigint; readonly seen: ReadonlySet<string> } {
  const { after, seen } = jsonObject.safeParse(cursor).data ?? {}
  if (typeof after !== 'string' || !Array.isArray(seen)) return { seen: new Set() }
  return { after: BigInt(after), seen: new Set(seen.filter((id) => typeof id === 'string')) }
}
