import { createHash } from 'node:crypto'
import { type JsonValue, UserError } from '@inlay/engine'
import type { Database } from '../database/index.js'
import type { Caller } from '../identity/index.js'

/** A finished request's answer. */
export interface StoredAnswer {
  readonly status: number
  readonly body: JsonValue
}

interface KeyedRequest {
  readonly caller: Caller
  /** Method and path. */
  readonly route: string
  readonly key: string
  readonly input: unknown
}

const MAX_KEY_LENGTH = 255

/**
 * Runs a request once per `Idempotency-Key`, caller and route, for a day: a repetition gets the first answer again.
 * A request that fails leaves no trace, so that it can be corrected and sent again with the same key.
 *
 * @throws UserError `idempotency.in_flight`, `idempotency.mismatch`
 */
export async function once(
  database: Database,
  request: KeyedRequest,
  run: () => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  const { caller, route, key } = request
  if (key.length > MAX_KEY_LENGTH)
    throw new UserError('invalid', 'request.invalid', `An Idempotency-Key has at most ${MAX_KEY_LENGTH} characters.`)
  const { tenantId } = caller.scope
  const hash = createHash('sha256')
    .update(JSON.stringify(request.input ?? null))
    .digest('hex')
  const earlier = await database.withTenant({ tenantId }, async (sql) => {
    await sql`DELETE FROM inlay.idempotency_keys WHERE tenant_id = ${tenantId} AND created_at < now() - interval '24 hours'`
    const inserted = await sql`
      INSERT INTO inlay.idempotency_keys (tenant_id, caller, route, key, request_hash)
      VALUES (${tenantId}, ${caller.id}, ${route}, ${key}, ${hash}) ON CONFLICT DO NOTHING RETURNING key`
    if (inserted.length > 0) return undefined
    type Row = { request_hash: string; status: number | null; response: JsonValue }
    const [row] = await sql<Row[]>`SELECT request_hash, status, response FROM inlay.idempotency_keys
      WHERE tenant_id = ${tenantId} AND caller = ${caller.id} AND route = ${route} AND key = ${key}`
    return row
  })
  if (earlier !== undefined) return replay(earlier, hash)
  const where = { tenantId, callerId: caller.id, route, key }
  try {
    const answer = await run()
    await finish(database, where, answer)
    return answer
  } catch (error) {
    await finish(database, where, undefined)
    throw error
  }
}

function replay(
  earlier: { request_hash: string; status: number | null; response: JsonValue },
  hash: string,
): StoredAnswer {
  if (earlier.request_hash !== hash) {
    throw new UserError(
      'unprocessable',
      'idempotency.mismatch',
      'This Idempotency-Key was used with another request.',
      {
        detail: 'Use a new key for a new request.',
      },
    )
  }
  if (earlier.status === null) {
    throw new UserError(
      'conflict',
      'idempotency.in_flight',
      'The first request with this Idempotency-Key is still under way.',
    )
  }
  return { status: earlier.status, body: earlier.response }
}

interface KeyPlace {
  readonly tenantId: Caller['scope']['tenantId']
  readonly callerId: string
  readonly route: string
  readonly key: string
}

async function finish(
  database: Database,
  { tenantId, callerId, route, key }: KeyPlace,
  answer: StoredAnswer | undefined,
): Promise<void> {
  await database.withTenant({ tenantId }, async (sql) => {
    const place = sql`tenant_id = ${tenantId} AND caller = ${callerId} AND route = ${route} AND key = ${key}`
    if (answer === undefined) await sql`DELETE FROM inlay.idempotency_keys WHERE ${place}`
    else
      await sql`UPDATE inlay.idempotency_keys SET status = ${answer.status}, response = ${sql.json(answer.body as never)} WHERE ${place}`
  })
}
