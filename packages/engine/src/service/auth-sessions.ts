/** Keeps what credentials were swapped for, in this process, until it is over or refused. */
import { createHash } from 'node:crypto'
import type { AuthMethod, AuthSession, AuthValues, Connector } from '../contracts/connector.js'
import { isInlayError, StepError } from '../contracts/errors.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.js'
import type { Clock } from '../ports/clock.js'

/** For services that do not tell. */
const DEFAULT_KEEP_MS = 600_000
const MAX_KEEP_MS = 86_400_000
/** A session is not begun to be used when it is about to end; of short ones, that is a tenth of their time. */
const MARGIN_MS = 30_000
const MAX_KEPT = 1000

interface KeptSession {
  readonly values: JsonObject
  /** Unix milliseconds. */
  readonly until: number
}

/** By connector, so that what is unloaded takes its sessions along. */
const kept = new WeakMap<Connector, Map<string, Promise<KeptSession>>>()

/** Whose session, and how it is got when there is none. */
export interface SessionRequest {
  readonly connector: Connector
  readonly method: AuthMethod
  readonly auth: AuthValues
  readonly clock: Clock
  readonly open: () => Promise<AuthSession>
}

/**
 * The session of an account: the one at hand, or a new one. However many ask at the same time, one is got, and its
 * failure is that of all: a service that counts wrong passwords counts one.
 *
 * @throws StepError what `session` failed with; `bug` when it gave something else
 */
export async function sessionOf(request: SessionRequest): Promise<JsonObject> {
  const { connector, clock } = request
  const sessions = sessionsOf(connector)
  const key = keyOf(request)
  for (;;) {
    const running = sessions.get(key)
    if (running === undefined) break
    const known = await running.catch(unlessOwnEnd)
    if (known !== undefined && known.until > clock.now()) return known.values
    // Whoever finds first that it is over gets a new one; the others wait for that.
    if (sessions.get(key) === running) break
  }
  return (await begin(request, sessions, key)).values
}

/** Calls that were stopped, or whose time was up, have failed for themselves alone. */
function unlessOwnEnd(error: unknown): undefined {
  const hasEnded = isInlayError(error) && 'kind' in error && (error.kind === 'cancelled' || error.kind === 'timeout')
  if (!hasEnded) throw error
}

async function begin(
  { connector, clock, open }: SessionRequest,
  sessions: Map<string, Promise<KeptSession>>,
  key: string,
): Promise<KeptSession> {
  const opening = open().then((given) => readSession(connector, given, clock.now()))
  // Put at the end, so that the first is the oldest.
  sessions.delete(key)
  sessions.set(key, opening)
  const [oldest] = sessions.keys()
  if (sessions.size > MAX_KEPT && oldest !== undefined) sessions.delete(oldest)
  try {
    return await opening
  } catch (error) {
    if (sessions.get(key) === opening) sessions.delete(key)
    throw error
  }
}

/** Forgets a session that the service has refused, unless another one is there already. */
export async function dropSession(
  request: Pick<SessionRequest, 'connector' | 'method' | 'auth'>,
  refused: JsonObject,
): Promise<void> {
  const sessions = sessionsOf(request.connector)
  const key = keyOf(request)
  const known = await sessions.get(key)?.catch(() => undefined)
  if (known?.values === refused) sessions.delete(key)
}

function sessionsOf(connector: Connector): Map<string, Promise<KeptSession>> {
  const known = kept.get(connector)
  if (known !== undefined) return known
  const sessions = new Map<string, Promise<KeptSession>>()
  kept.set(connector, sessions)
  return sessions
}

/** The same credentials have the same session; the key tells nothing of them. */
function keyOf({ method, auth }: Pick<SessionRequest, 'method' | 'auth'>): string {
  return createHash('sha256')
    .update(JSON.stringify([method.id, auth]))
    .digest('base64url')
}

function readSession(connector: Connector, given: AuthSession, now: number): KeptSession {
  // Authors write JavaScript too: anything may have come.
  const values: JsonValue | undefined = (given as AuthSession | undefined)?.values
  if (values === undefined || !isJsonObject(values)) {
    throw new StepError('bug', `${connector.name} gave something else than a session`, {
      detail: 'What `session` resolves to must hold `values`, an object. Report it to whoever made the connector.',
    })
  }
  const { expiresInMs = DEFAULT_KEEP_MS } = given
  const lifeMs = Number.isFinite(expiresInMs) ? Math.min(MAX_KEEP_MS, Math.max(0, expiresInMs)) : DEFAULT_KEEP_MS
  return { values, until: now + lifeMs - Math.min(MARGIN_MS, lifeMs / 10) }
}
