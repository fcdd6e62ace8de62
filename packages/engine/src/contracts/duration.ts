const UNITS_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

const PATTERN = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/

/** The longest duration a definition may hold: ten years, in milliseconds. */
const MAX_DURATION_MS = 3650 * UNITS_MS.d

/** What Node's timers can count to: almost 25 days in milliseconds. A longer one overflows and fires at once. */
export const MAX_TIMER_MS = 2_147_483_647

/** What a duration looks like, for messages. */
export const DURATION_EXAMPLE = 'a duration such as "500ms", "30s", "5m", "2h" or "3d"'

/**
 * Reads `"500ms"`, `"30s"`, `"5m"`, `"2h"` or `"3d"`.
 *
 * @returns milliseconds, or undefined when the text is not a duration of at most ten years
 */
export function parseDuration(text: string): number | undefined {
  const match = PATTERN.exec(text)
  if (match === null) return undefined
  // The pattern's second group admits the keys of UNITS_MS only.
  const unit = match[2] as keyof typeof UNITS_MS
  const ms = Math.round(Number(match[1]) * UNITS_MS[unit])
  return ms <= MAX_DURATION_MS ? ms : undefined
}
