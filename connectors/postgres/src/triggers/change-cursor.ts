import { type JsonObject, type JsonValue, type PollResult, StepError, z } from '@inlay/sdk/connector'

/** Columns that the trigger's query adds: a row's key and its time in seconds, both as text. */
export const KEY = 'inlay key'
/** See `KEY`. */
export const TIME = 'inlay time'
/** Rows of one poll. */
export const PAGE = 500

/** Together they keep the cursor within what the platform stores. */
const MAX_SEEN = 1500
const MAX_KEY_LENGTH = 100
const SECOND_MS = 1000

/** Where a row stands: by time, and by key among rows of the same time. */
const placeSchema = z.tuple([z.string(), z.string()])
type Place = Readonly<z.infer<typeof placeSchema>>

const cursorSchema = z.object({
  /** Up to here nothing is looked for any more. */
  floor: placeSchema,
  /** The newest time that was seen and is not of the future, in seconds. */
  newest: z.number(),
  /** What was seen above the floor, in order. */
  seen: z.array(placeSchema),
})

interface ChangeOptions {
  readonly cursor: JsonValue
  /** How much later than its time a change may be seen. */
  readonly lateMs: number
  /** Unix milliseconds. */
  readonly now: number
}

/** After which time and key to look, and what is known there as JSON of `key time`; undefined at first. */
export function windowOf(cursor: JsonValue) {
  const before = cursorSchema.safeParse(cursor).data
  if (before === undefined) return undefined
  const [time, key] = before.floor
  return { time, key, seen: JSON.stringify(before.seen.map(nameOf)) }
}

/** What a poll's rows tell, oldest first, and what is kept of them. @throws StepError `rejected` for rows without a key */
export function changesOf(rows: readonly JsonObject[], { cursor, lateMs, now }: ChangeOptions): PollResult {
  const before = cursorSchema.safeParse(cursor).data
  const found = rows.map(({ [KEY]: key, [TIME]: time, ...data }) => ({ place: placeOf(key, time), data }))
  // A row that is dated into the future would hide all that come until then.
  const times = found.map(({ place: [time] }) => Number(time)).filter((time) => time * SECOND_MS <= now)
  const newest = Math.max(before?.newest ?? 0, ...times)
  const late: Place = [(newest - lateMs / SECOND_MS).toFixed(6), '']
  // The first poll knows the newest rows alone: what stands before them is old.
  const isCut = before === undefined && rows.length === PAGE
  const known = before?.floor ?? (isCut ? found[0]?.place : undefined) ?? late
  const start = compare(late, known) > 0 ? late : known
  const seen = [...(before?.seen ?? []), ...found.map(({ place }) => place)]
    .filter((place) => compare(place, start) > 0)
    .sort(compare)
  // A change of very many rows at once: those that come late and stand before the dropped ones are not found.
  const floor = seen.at(-MAX_SEEN - 1) ?? start
  const next = { floor, newest, seen: seen.slice(-MAX_SEEN) }
  return {
    items: found.map(({ place, data }) => ({ id: nameOf(place), data })),
    cursor: next,
    hasMore: before !== undefined && rows.length === PAGE,
  }
}

function nameOf([time, key]: Place): string {
  return `${key} ${time}`
}

function placeOf(key: JsonValue | undefined, time: JsonValue | undefined): Place {
  const isPlace = typeof key === 'string' && typeof time === 'string' && Number.isFinite(Number(time))
  if (isPlace && key.length <= MAX_KEY_LENGTH) return [time, key]
  throw new StepError('rejected', 'A row has no key that can be used, or no time of its last change', {
    detail: `Choose a key of at most ${MAX_KEY_LENGTH} characters and a column of timestamps, never empty or infinite.`,
  })
}

/** As the database compares them: texts byte by byte. */
function compare([timeA, keyA]: Place, [timeB, keyB]: Place): number {
  return Number(timeA) - Number(timeB) || Buffer.compare(Buffer.from(keyA), Buffer.from(keyB))
}
