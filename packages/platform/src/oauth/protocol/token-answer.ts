import type { HttpResponse, JsonObject, JsonValue } from '@inlay/engine'
import { readScopes } from './scopes.js'
import { refusedBy, unreadable } from './token-errors.js'

/** What a token endpoint granted. */
export interface TokenAnswer {
  readonly accessToken: string
  /** Absent when the service gives none, or goes on with the one before. */
  readonly refreshToken?: string
  /** Milliseconds from the request; absent when the service does not tell. */
  readonly expiresInMs?: number
  /** Absent when what was asked for was granted. */
  readonly scopes?: readonly string[]
  /** What else was said and is no token. */
  readonly extra: JsonObject
}

const MAX_TOKEN = 16_384
const TEN_YEARS_SECONDS = 315_360_000
const MAX_DEPTH = 8
const SUCCESS = 300

/**
 * Reads what a token endpoint answered: JSON or a form (as GitHub's), with an error under any status, lifetimes as
 * numbers or texts, scopes in any form.
 *
 * @param secrets what was sent and must not be repeated in a message
 * @throws StepError of a kind that says what to do; it never quotes the body
 */
export function readTokenAnswer(
  response: HttpResponse,
  { scopeSeparator, secrets }: { readonly scopeSeparator?: string | undefined; readonly secrets: readonly string[] },
): TokenAnswer {
  const body = parseBody(response)
  const isRefusal = response.status >= SUCCESS || body === undefined || hasError(body)
  if (isRefusal) throw refusedBy(response, body, secrets)
  const accessToken = tokenOf(body['access_token'])
  if (accessToken === undefined) throw unreadable(response, 'its answer holds no access token')
  const refreshToken = tokenOf(body['refresh_token'])
  const expiresInMs = lifetimeOf(body['expires_in'])
  const scopes = readScopes(body['scope'] ?? body['scopes'], scopeSeparator)
  return {
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(expiresInMs === undefined ? {} : { expiresInMs }),
    ...(scopes === undefined ? {} : { scopes }),
    extra: withoutTokens(body),
  }
}

/** The body as a record; undefined when it is neither JSON nor a form. */
export function parseBody({ text, headers }: HttpResponse): JsonObject | undefined {
  const type = headers['content-type'] ?? ''
  const trimmed = text.trim()
  if (trimmed.startsWith('{')) {
    try {
      // It begins as an object: nothing else can come out.
      return JSON.parse(trimmed) as JsonObject
    } catch {
      return undefined
    }
  }
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type) || /^[\w.-]+=[^\s<]*$/.test(trimmed)
  return isForm ? Object.fromEntries(new URLSearchParams(trimmed)) : undefined
}

/** Slack says `ok: false` beside its `error`; nobody says `error: ""` for a success but some do for none at all. */
function hasError(body: JsonObject): boolean {
  const { error, ok } = body
  return ok === false || (error !== undefined && error !== null && error !== '' && error !== false)
}

function tokenOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TOKEN ? value : undefined
}

/** Zero stands for a token that does not expire at the services that say it. */
function lifetimeOf(value: JsonValue | undefined): number | undefined {
  const seconds = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, TEN_YEARS_SECONDS) * 1000 : undefined
}

const READ = new Set(['access_token', 'refresh_token', 'expires_in', 'scope', 'scopes'])

function withoutTokens(body: JsonObject): JsonObject {
  return withoutSecrets(Object.fromEntries(Object.entries(body).filter(([name]) => !READ.has(name))), 0)
}

/** Tokens stand deeper, too: `authed_user.access_token` of Slack. Actions see what is left, so nothing secret may stay. */
function withoutSecrets(value: JsonObject, depth: number): JsonObject {
  if (depth > MAX_DEPTH) return {}
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => !(isSecretName(name) && typeof member !== 'object'))
      .map(([name, member]) => [name, cleaned(member, depth)]),
  )
}

function cleaned(member: JsonValue, depth: number): JsonValue {
  if (Array.isArray(member)) return depth > MAX_DEPTH ? [] : member.map((item) => cleaned(item, depth + 1))
  if (typeof member !== 'object' || member === null) return member
  // Not a list, so a record: `Array.isArray` does not narrow read-only lists away.
  return withoutSecrets(member as JsonObject, depth + 1)
}

function isSecretName(name: string): boolean {
  return /(?:token|secret|assertion|signature|password)$/i.test(name)
}
