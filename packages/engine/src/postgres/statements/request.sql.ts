import { HAS_ENDED, IDENTITY } from './fragments.sql.js'

const IN_SCOPE = `r.id = $3 AND r.tenant_id = $1 AND ($2::text IS NULL OR r.customer_id = $2)`
const IS_ALIVE = `(status = 'running' AND lease_until > clock_timestamp()) IS TRUE AS is_alive`
/** Whoever asked dispatches the run; when that fails the sweeper finds it. */
const SOON = `clock_timestamp() + interval '5 seconds'`

/**
 * Ends a run that has not begun, or asks its owner to, or has it executed once more.
 * $1: tenant, $2: customer or null, $3: run id. Returns `{id, tenant_id, customer_id, status, dispatch_seq, has_duties,
 * is_due}` after the change; no row when the run has ended or does not exist.
 */
export const CANCEL_SQL = `
WITH target AS MATERIALIZED (
  SELECT ${IDENTITY}, epoch, status, cancel_requested, dispatch_seq, due_at, started_at IS NULL AS is_new, ${IS_ALIVE}
  FROM inlay.runs r WHERE ${IN_SCOPE} AND NOT ${HAS_ENDED} FOR NO KEY UPDATE
), noted AS (
  INSERT INTO inlay.transitions (run_id, tenant_id, customer_id, epoch, what)
  SELECT id, tenant_id, customer_id, epoch, 'cancel_requested' FROM target WHERE NOT is_new AND NOT cancel_requested
  ON CONFLICT DO NOTHING
), changed AS (
  INSERT INTO inlay.runs AS r (${IDENTITY}, status, due_at, dispatch_seq)
  SELECT ${IDENTITY},
    CASE WHEN is_new THEN 'cancelled' WHEN status = 'suspended' THEN 'waiting' ELSE status END,
    CASE WHEN is_alive THEN due_at ELSE ${SOON} END,
    CASE WHEN is_alive OR is_new THEN dispatch_seq ELSE dispatch_seq + 1 END
  FROM target
  ON CONFLICT (id, tenant_id) DO UPDATE SET
    cancel_requested = true,
    suspend_requested = false,
    status = excluded.status,
    epoch = r.epoch + (excluded.status = 'cancelled')::integer,
    finished_at = CASE WHEN excluded.status = 'cancelled' THEN clock_timestamp() END,
    due_at = CASE WHEN excluded.status <> 'cancelled' OR r.has_duties THEN excluded.due_at END,
    dispatch_seq = excluded.dispatch_seq,
    woken = excluded.status = 'waiting' OR r.woken,
    wake_at = NULL
  RETURNING r.id, r.tenant_id, r.customer_id, r.status, r.dispatch_seq, r.has_duties
)
SELECT c.*, NOT t.is_alive AND NOT t.is_new AS is_due FROM changed c, target t
`

/**
 * Suspends a run that nobody executes, or asks its owner to. $1 to $3 as above.
 * Returns `{status}` after the change; no row when the run is suspended, has ended or does not exist.
 */
export const SUSPEND_SQL = `
WITH target AS MATERIALIZED (
  SELECT ${IDENTITY}, epoch, suspend_requested, ${IS_ALIVE}
  FROM inlay.runs r WHERE ${IN_SCOPE} AND r.status <> 'suspended' AND NOT ${HAS_ENDED} FOR NO KEY UPDATE
), noted AS (
  INSERT INTO inlay.transitions (run_id, tenant_id, customer_id, epoch, what)
  SELECT id, tenant_id, customer_id, epoch, CASE WHEN is_alive THEN 'suspend_requested' ELSE 'suspended' END
  FROM target WHERE NOT is_alive OR NOT suspend_requested
  ON CONFLICT DO NOTHING
)
INSERT INTO inlay.runs AS r (${IDENTITY}, status)
SELECT ${IDENTITY}, CASE WHEN is_alive THEN 'running' ELSE 'suspended' END FROM target
ON CONFLICT (id, tenant_id) DO UPDATE SET
  suspend_requested = excluded.status = 'running',
  status = excluded.status,
  epoch = r.epoch + (r.status = 'running' AND excluded.status = 'suspended')::integer,
  due_at = CASE WHEN excluded.status = 'running' THEN r.due_at END,
  lease_until = CASE WHEN excluded.status = 'running' THEN r.lease_until END,
  lease_owner = CASE WHEN excluded.status = 'running' THEN r.lease_owner END
RETURNING r.status
`

/**
 * Lets a suspended run go on, or takes the request back. $1 to $3 as above.
 * Returns `{id, tenant_id, customer_id, dispatch_seq, is_due, queue}`, where `queue` is the slot that the run has to wait
 * for, or null; no row when there is nothing to resume.
 */
export const RESUME_SQL = `
WITH target AS MATERIALIZED (
  SELECT ${IDENTITY}, epoch, status, started_at, wake_at, due_at, dispatch_seq, slot_key
  FROM inlay.runs r WHERE ${IN_SCOPE} AND (r.status = 'suspended' OR r.suspend_requested) FOR NO KEY UPDATE
), decided AS MATERIALIZED (
  SELECT t.*, s.taken IS FALSE AS is_queued,
    CASE WHEN t.status = 'suspended' THEN 'pending' ELSE t.status END AS next_status,
    t.status = 'suspended' AND s.taken IS NOT FALSE AND (t.started_at IS NOT NULL OR t.wake_at IS NULL
      OR t.wake_at <= clock_timestamp()) AS is_due
  FROM target t LEFT JOIN LATERAL (
    SELECT taken FROM inlay.slots s WHERE s.tenant_id = t.tenant_id AND s.slot_key = t.slot_key AND s.run_id = t.id OFFSET 0
  ) s ON true
), noted AS (
  INSERT INTO inlay.transitions (run_id, tenant_id, customer_id, epoch, what)
  SELECT id, tenant_id, customer_id, epoch, 'resumed' FROM decided
  ON CONFLICT DO NOTHING
), changed AS (
  INSERT INTO inlay.runs AS r (${IDENTITY}, status, due_at, dispatch_seq)
  SELECT ${IDENTITY}, next_status,
    CASE WHEN next_status = 'running' THEN due_at WHEN is_queued THEN NULL WHEN is_due THEN ${SOON} ELSE wake_at END,
    dispatch_seq + is_due::integer
  FROM decided
  ON CONFLICT (id, tenant_id) DO UPDATE SET
    status = excluded.status,
    suspend_requested = false,
    due_at = excluded.due_at,
    dispatch_seq = excluded.dispatch_seq,
    wake_at = CASE WHEN r.started_at IS NULL THEN r.wake_at END
  RETURNING r.id, r.tenant_id, r.customer_id, r.dispatch_seq
)
SELECT c.*, d.is_due, CASE WHEN d.is_queued THEN d.slot_key END AS queue FROM changed c, decided d
`

/** Where a run stands when it is to be reopened. $1 to $3 as above. Returns `{status, has_duties, slot_key, slot_limit}`. */
export const STANDING_SQL = `
SELECT status, has_duties, slot_key, slot_limit FROM inlay.runs r WHERE ${IN_SCOPE}
`

/** The same, locked. */
export const LOCK_STANDING_SQL = `${STANDING_SQL} FOR NO KEY UPDATE`

/**
 * Makes an ended run, which is locked and has no duties left, pending again. $1 to $3 as above, $4: whether it has to wait
 * for a place, $5 and $6: step paths and iterations to forget, distinct.
 * Returns `{id, tenant_id, customer_id, dispatch_seq}`.
 */
export const REOPEN_SQL = `
WITH target AS MATERIALIZED (
  SELECT ${IDENTITY}, epoch, status, error, finished_at FROM inlay.runs r WHERE ${IN_SCOPE} AND ${HAS_ENDED}
), ended AS (
  INSERT INTO inlay.transitions (run_id, tenant_id, customer_id, epoch, at, what, detail)
  SELECT id, tenant_id, customer_id, epoch, coalesce(finished_at, clock_timestamp()), status, error FROM target
  ON CONFLICT DO NOTHING
), noted AS (
  INSERT INTO inlay.transitions (run_id, tenant_id, customer_id, epoch, what)
  SELECT id, tenant_id, customer_id, epoch + 1, 'redriven' FROM target
  ON CONFLICT DO NOTHING
), forgotten AS (
  INSERT INTO inlay.journal (run_id, tenant_id, customer_id, epoch, seq, at, step_path, iteration, type, status, attempt,
    started_at)
  SELECT t.id, t.tenant_id, t.customer_id, t.epoch + 1, row_number() OVER (ORDER BY g.step_path, g.iteration) - 1,
    (extract(epoch FROM clock_timestamp()) * 1000)::bigint, g.step_path, g.iteration, last.type, 'forgotten', last.attempt,
    last.started_at
  FROM target t
  CROSS JOIN unnest(string_to_array($5::text, E'\\x1f', E'\\x1e'), string_to_array($6::text, E'\\x1f', E'\\x1e'))
    AS g(step_path, iteration)
  CROSS JOIN LATERAL (
    SELECT type, status, attempt, started_at FROM inlay.journal j
    WHERE j.run_id = t.id AND j.tenant_id = t.tenant_id AND j.step_path = g.step_path AND j.iteration = g.iteration
    ORDER BY j.epoch DESC, j.seq DESC LIMIT 1
  ) last
  WHERE last.status <> 'forgotten'
)
INSERT INTO inlay.runs AS r (${IDENTITY}, due_at)
SELECT ${IDENTITY}, CASE WHEN NOT $4::text::boolean THEN ${SOON} END FROM target
ON CONFLICT (id, tenant_id) DO UPDATE SET
  status = 'pending', epoch = r.epoch + 1, recoveries = 0, cancel_requested = false, suspend_requested = false,
  is_dead = false, woken = false, wake_at = NULL, finished_at = NULL, output = NULL, error = NULL,
  lease_owner = NULL, lease_until = NULL, due_at = excluded.due_at, dispatch_seq = r.dispatch_seq + 1,
  has_duties = r.parent_run_id IS NOT NULL OR r.slot_key IS NOT NULL
RETURNING r.id, r.tenant_id, r.customer_id, r.dispatch_seq
`
