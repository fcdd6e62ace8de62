import type { IncomingMessage } from 'node:http'

/** The origin of the page that calls, when the browser names one; `null` (sandboxed pages) counts as an origin. */
export function originOf(request: IncomingMessage): string | undefined {
  return request.headers.origin
}

/**
 * Whether a request comes from one of our pages, or from no page at all. The host is the one by which the browser reached
 * us; the scheme is that of the configured address, because proxies end TLS in front of us.
 */
export function isOwnPage(request: IncomingMessage, baseUrl: string): boolean {
  const origin = originOf(request)
  return origin === undefined || origin === `${new URL(baseUrl).protocol}//${request.headers.host ?? ''}`
}

/** The caller's address: the peer's, or what the trusted proxies in front of us say. */
export function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const peer = request.socket.remoteAddress ?? 'unknown'
  if (trustedProxies === 0) return peer
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  // Each trusted proxy adds one entry at the end; what stands before those is the client's own claim.
  return forwarded.at(-trustedProxies) ?? peer
}
