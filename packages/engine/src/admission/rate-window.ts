/** Starts up to a moment: Unix milliseconds at which a slice of time ends, and how many starts fell into it. */
type Slice = readonly [endsAt: number, starts: number]

/** The starts that still count, oldest first. */
export type RateHistory = readonly Slice[]

/** At most `limit` starts in any stretch of `periodMs`. */
export interface Rate {
  readonly limit: number
  readonly periodMs: number
}

/** Up to this limit every start is kept by itself; above it a period is cut into as many slices. */
const MAX_SLICES = 100

/**
 * The first moment from `now` on at which another start keeps the rate, after all those that were given a moment before.
 * A start counts until a period after the end of its slice, so the rate is never exceeded, whatever the slices.
 */
export function nextFree(history: RateHistory, { limit, periodMs }: Rate, now: number): number {
  let starts = 0
  for (let index = history.length - 1; index >= 0; index--) {
    const [endsAt, count] = history[index] ?? [0, 0]
    starts += count
    if (starts >= limit) return Math.max(now, endsAt + periodMs)
  }
  return now
}

/** The history with one more start at `at`, which `nextFree` gave for `now`. */
export function withStart(
  history: RateHistory,
  rate: Rate,
  { at, now }: { readonly at: number; readonly now: number },
): RateHistory {
  const { limit, periodMs } = rate
  const sliceMs = limit <= MAX_SLICES ? 1 : Math.max(1, Math.ceil(periodMs / MAX_SLICES))
  const kept = history.filter(([endsAt]) => endsAt > now - periodMs)
  const last = kept.at(-1)
  const endsAt = (Math.floor(at / sliceMs) + 1) * sliceMs
  // Slices may have been longer under an earlier version of the policy: order is kept, on the safe side.
  const isSameSlice = last !== undefined && last[0] >= endsAt
  const longer: RateHistory = isSameSlice ? [...kept.slice(0, -1), [last[0], last[1] + 1]] : [...kept, [endsAt, 1]]
  return latest(longer, limit)
}

/** The last `limit` starts: no earlier one decides when another is free, however many wait for their moment. */
function latest(history: RateHistory, limit: number): RateHistory {
  let starts = 0
  for (let index = history.length - 1; index > 0; index--) {
    starts += history[index]?.[1] ?? 0
    if (starts >= limit) return history.slice(index)
  }
  return history
}

/** Unix milliseconds from which on a history says nothing any more. */
export function expiresAt(history: RateHistory, { periodMs }: Rate): number {
  return (history.at(-1)?.[0] ?? 0) + periodMs
}
