import { parseCookie } from 'cookie'
import { API_KEY_PREFIX } from './api-key-format.js'
import type { Caller } from './caller.js'
import { EMBED_SESSION_PREFIX, type EmbedService } from './embed.js'
import type { IdentityService } from './service.js'

/** The credentials that came with a request. */
export interface Credentials {
  /** The `Authorization` header. */
  readonly authorization?: string | undefined
  /** The token of the session cookie. */
  readonly sessionToken?: string | undefined
}

interface CallerSources {
  readonly identity: IdentityService
  readonly embed: EmbedService
}

/**
 * Who is calling; null when the credentials are absent, malformed, unknown, expired or revoked. A bearer token decides
 * alone: a request that carries one is never taken for the member whose cookie came along.
 */
export async function resolveCaller(credentials: Credentials, sources: CallerSources): Promise<Caller | null> {
  const { authorization, sessionToken } = credentials
  if (authorization !== undefined) {
    const token = /^Bearer ([\w-]{1,200})$/i.exec(authorization)?.[1]
    if (token?.startsWith(API_KEY_PREFIX)) return sources.identity.apiKeyCaller(token)
    if (token?.startsWith(EMBED_SESSION_PREFIX)) return sources.embed.callerOf(token)
    return null
  }
  return sessionToken === undefined ? null : sources.identity.memberOf(sessionToken)
}

const MAX_COOKIE_HEADER = 8192

/** The value of a cookie, or undefined when it is absent, given twice or the header is too long to be ours. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined || header.length > MAX_COOKIE_HEADER) return undefined
  const isRepeated = header.split(';').filter((part) => part.trim().startsWith(`${name}=`)).length > 1
  return isRepeated ? undefined : parseCookie(header)[name]
}
