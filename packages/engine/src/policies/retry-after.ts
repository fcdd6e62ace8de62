/**
 * Milliseconds that a `Retry-After` header asks for (RFC 9110 section 10.2.3): seconds or an HTTP date. Undefined for
 * anything else.
 *
 * @param nowMs Unix milliseconds, against which dates count; usually `Date.now()`
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? ''
  if (/^\d+$/.test(text)) return Number(text) * 1000
  // Every form of HTTP date begins with the day's name; Date.parse alone would take many a text for a date.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs)
}
