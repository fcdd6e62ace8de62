import { createHash } from 'node:crypto'
import { type JsonValue, type TenantId, UserError } from '@inlay/engine'
import type { Database, ScopedSql } from '../database/index.js'
import type { Caller } from '../identity/index.js'
import type { AnswerCipher } from '../vault/index.js'

const MAX_KEY_LENGTH = 255
/** A first request that has not ended by then died with its process: the longest that one may take is a minute. */
const ABANDONED = '2 minutes'
const KEPT = '24 hours'

/** A finished request's answer. */
export interface StoredAnswer {
  readonly status: number
  readonly body: JsonValue
}

/** Where answers are kept. */
export interface KeptAnswers {
  readonly database: Database
  /** Some answers hold a secret that is shown once. */
  readonly answers: AnswerCipher
}

/** A request that came with an `Idempotency-Key`. */
export interface KeyedRequest {
  readonly caller: Caller
  /** Method and path. */
  readonly route: string
  readonly key: string
  readonly input: unknown
}

/**
 * Runs a request once per `Idempotency-Key`, caller and route, for a day: a repetition gets the first answer again.
 * A request that fails leaves no trace, so that it can be corrected and sent again with the same key.
 *
 * @throws UserError `idempotency.in_flight`, `idempotency.mismatch`, `idempotency.unreadable`, `request.invalid` for a key that is too long
 */
export async function once(
  { database, answers }: KeptAnswers,
  request: KeyedRequest,
  run: () => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  if (request.key.length > MAX_KEY_LENGTH) {
    throw new UserError('invalid', 'request.invalid', `An Idempotency-Key has at most ${MAX_KEY_LENGTH} characters.`)
  }
  const place: KeyPlace = {
    tenantId: request.caller.scope.tenantId,
    callerId: request.caller.id,
    route: request.route,
    key: request.key,
  }
  const hash = createHash('sha256')
    .update(JSON.stringify(request.input ?? null))
    .digest('hex')
  const earlier = await database.withTenant({ tenantId: place.tenantId }, (sql) => begin(sql, place, hash))
  if (earlier !== undefined) return replay(answers, place, { ...earlier, isSame: earlier.request_hash === hash })
  try {
    const answer = await run()
    await finish(database, place, {
      ...answer,
      sealed: answers.seal(place.tenantId, nameOf(place), JSON.stringify(answer.body)),
    })
    return answer
  } catch (error) {
    await forget(database, place)
    throw error
  }
}

interface KeyPlace {
  readonly tenantId: TenantId
  readonly callerId: string
  readonly route: string
  readonly key: string
}

interface EarlierRequest {
  readonly request_hash: string
  /** Null while it is under way. */
  readonly status: number | null
  /** Sealed. */
  readonly response: string | null
}

/** Takes the key, or answers the request that has it. */
async function begin(sql: ScopedSql, place: KeyPlace, hash: string): Promise<EarlierRequest | undefined> {
  const { tenantId, callerId, route, key } = place
  await sql`DELETE FROM inlay.idempotency_keys WHERE tenant_id = ${tenantId}
    AND created_at < now() - CASE WHEN status IS NULL THEN ${ABANDONED}::interval ELSE ${KEPT}::interval END`
  const taken = await sql`
    INSERT INTO inlay.idempotency_keys (tenant_id, caller, route, key, request_hash)
    VALUES (${tenantId}, ${callerId}, ${route}, ${key}, ${hash}) ON CONFLICT DO NOTHING RETURNING key`
  if (taken.length > 0) return undefined
  const [row] = await sql<EarlierRequest[]>`
    SELECT request_hash, status, response FROM inlay.idempotency_keys WHERE ${at(sql, place)}`
  // The first request failed just now and has forgotten itself: as good as under way.
  return row ?? { request_hash: hash, status: null, response: null }
}

function replay(
  answers: AnswerCipher,
  place: KeyPlace,
  { status, response, isSame }: EarlierRequest & { readonly isSame: boolean },
): StoredAnswer {
  if (!isSame) {
    const title = 'This Idempotency-Key was used with another request.'
    throw new UserError('unprocessable', 'idempotency.mismatch', title, { detail: 'Use a new key for a new request.' })
  }
  if (status !== null) return { status, body: reopen(answers, place, response) }
  const title = 'The first request with this Idempotency-Key is still under way.'
  throw new UserError('conflict', 'idempotency.in_flight', title, { detail: 'Send it again in a moment.' })
}

function reopen(answers: AnswerCipher, place: KeyPlace, sealed: string | null): JsonValue {
  const text = sealed === null ? undefined : answers.open(place.tenantId, nameOf(place), sealed)
  // What was sealed is an answer, which is JSON.
  if (text !== undefined) return JSON.parse(text) as JsonValue
  const title = 'The first answer to this Idempotency-Key cannot be read any more.'
  const detail = 'The request was carried out; the master key with which its answer was kept is gone.'
  throw new UserError('conflict', 'idempotency.unreadable', title, { detail })
}

/** An answer that was moved to another request's row does not open there. */
function nameOf({ callerId, route, key }: KeyPlace): string {
  return JSON.stringify(['idempotency', callerId, route, key])
}

async function finish(
  database: Database,
  place: KeyPlace,
  { status, sealed }: { readonly status: number; readonly sealed: string },
): Promise<void> {
  await database.withTenant({ tenantId: place.tenantId }, async (sql) => {
    // As text, so that the driver does not encode it a second time.
    await sql`UPDATE inlay.idempotency_keys SET status = ${status}, response = ${JSON.stringify(sealed)}::text::json
      WHERE ${at(sql, place)}`
  })
}

async function forget(database: Database, place: KeyPlace): Promise<void> {
  await database.withTenant({ tenantId: place.tenantId }, async (sql) => {
    await sql`DELETE FROM inlay.idempotency_keys WHERE ${at(sql, place)}`
  })
}

function at(sql: ScopedSql, { tenantId, callerId, route, key }: KeyPlace) {
  return sql`tenant_id = ${tenantId} AND caller = ${callerId} AND route = ${route} AND key = ${key}`
}
