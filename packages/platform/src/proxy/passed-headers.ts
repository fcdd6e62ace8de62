import type { HttpResponse } from '@inlay/engine'

/** Headers as Node gives them. */
export type GivenHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** What says how a request is to be answered, and nothing of who sends it. */
const REQUEST_HEADERS = new Set([
  'accept',
  'accept-language',
  'content-language',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'prefer',
  'range',
])

const ANSWER_HEADERS = new Set([
  'accept-ranges',
  'allow',
  'content-disposition',
  'content-language',
  'content-range',
  'content-type',
  'etag',
  'last-modified',
  'link',
  'location',
  'preference-applied',
  'ratelimit',
  'ratelimit-limit',
  'ratelimit-policy',
  'ratelimit-remaining',
  'ratelimit-reset',
  'retry-after',
])

/**
 * Extensions that mean something to servers and proxies on the way, to us or to browsers, and must not be set by either
 * side: who called, what to send from the disk, how to treat the page.
 */
const MEANT_FOR_THE_WAY =
  /^x-(?:accel-|amzn-trace-|cloud-trace-|content-type-options|dns-prefetch-control|forwarded|frame-options|http-|lighttpd-|original-|powered-by|proxied|proxy-|real-ip|request-id|rewrite-url|robots-tag|sendfile|xss-protection)/
/** What Node sends in a header; services write texts of any alphabet into theirs. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/
/** Extensions that carry credentials. */
const CREDENTIALS = /token|secret|auth|api-?key|cookie|session|password|credential|signature/

/** What of a request's headers goes to the service. Never cookies, credentials, the host, or who called. */
export function requestHeaders(given: GivenHeaders): Record<string, string> {
  const passed: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || !(REQUEST_HEADERS.has(name) || isHarmlessExtension(name))) continue
    passed[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return passed
}

/**
 * What of an answer's headers comes back. Never cookies and credentials, nor what is about the connection to the service:
 * the body has been decoded.
 *
 * @param clean takes secrets out of a value
 */
export function answerHeaders(given: HttpResponse['headers'], clean: (text: string) => string): Record<string, string> {
  const passed = Object.entries(given).filter(
    ([name, value]) => (ANSWER_HEADERS.has(name) || isHarmlessExtension(name)) && SENDABLE.test(value),
  )
  return Object.fromEntries(passed.map(([name, value]) => [name, clean(value)]))
}

function isHarmlessExtension(name: string): boolean {
  return name.startsWith('x-') && !MEANT_FOR_THE_WAY.test(name) && !CREDENTIALS.test(name)
}
