/** Runs that have work now: never started, woken, given back, or left behind by a dead owner. */
const CLAIMABLE = `(
  status = 'pending'
  OR (status = 'waiting' AND (wake_at IS NULL OR wake_at <= clock_timestamp()))
  OR (status = 'running' AND (lease_until IS NULL OR lease_until < clock_timestamp()))
)`

/**
 * Takes over runs. $1: run ids, $2: owner, $3: lease in milliseconds.
 * Returns each claimed run with its trigger and, unless it never ran, its steps. Runs that another claim is looking at
 * are skipped: that claim gets them.
 */
export const CLAIM_SQL = `
WITH picked AS MATERIALIZED (
  SELECT id, tenant_id, (status = 'running' AND lease_until IS NOT NULL)::integer AS recovered
  FROM inlay.runs WHERE id = ANY($1::text[]) AND ${CLAIMABLE}
  ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
), claimed AS (
  UPDATE inlay.runs r SET
    status = 'running', epoch = r.epoch + 1, recoveries = r.recoveries + p.recovered,
    lease_owner = $2, lease_until = clock_timestamp() + $3::float8 * interval '1 millisecond',
    due_at = clock_timestamp() + $3::float8 * interval '1 millisecond',
    wake_at = NULL, started_at = coalesce(r.started_at, clock_timestamp())
  FROM picked p WHERE r.id = p.id AND r.tenant_id = p.tenant_id
  RETURNING r.id, r.tenant_id, r.customer_id, r.workflow_id, r.version_id, r.mode, r.epoch, r.recoveries,
    r.cancel_requested, r.created_at
)
SELECT c.id, c.tenant_id, c.customer_id, c.workflow_id, c.version_id, c.mode, c.epoch, c.recoveries, c.cancel_requested,
  extract(epoch FROM c.created_at)::float8 * 1000 AS created_at,
  extract(epoch FROM clock_timestamp())::float8 * 1000 AS claimed_at,
  t.input AS trigger,
  CASE WHEN c.epoch > 1 THEN (
    SELECT json_agg(json_build_object('stepPath', j.step_path, 'iteration', j.iteration, 'type', j.type,
      'status', j.status, 'attempt', j.attempt, 'input', j.input, 'output', j.output, 'error', j.error,
      'startedAt', j.started_at, 'finishedAt', j.finished_at, 'wakeAt', j.wake_at))
    FROM inlay.journal j WHERE j.run_id = c.id AND j.tenant_id = c.tenant_id AND j.step_path <> ''
  ) END AS steps
FROM claimed c
JOIN inlay.journal t ON t.run_id = c.id AND t.tenant_id = c.tenant_id AND t.step_path = '' AND t.iteration = ''
`

/**
 * Prolongs leases. $1: run ids, $2: their epochs, $3: lease in milliseconds.
 * Returns `{id, cancel_requested}` of those still held.
 */
export const RENEW_SQL = `
WITH held AS MATERIALIZED (
  SELECT r.id, r.tenant_id FROM inlay.runs r
  JOIN unnest($1::text[], $2::integer[]) AS g(id, epoch) ON g.id = r.id AND g.epoch = r.epoch
  WHERE r.status = 'running' ORDER BY r.id FOR NO KEY UPDATE OF r
)
UPDATE inlay.runs r SET
  lease_until = clock_timestamp() + $3::float8 * interval '1 millisecond',
  due_at = clock_timestamp() + $3::float8 * interval '1 millisecond'
FROM held h WHERE r.id = h.id AND r.tenant_id = h.tenant_id
RETURNING r.id, r.cancel_requested
`

/**
 * Gives leases up. $1: run ids, $2: their epochs. The epoch grows, so that the former owner cannot write any more, and
 * the lease is emptied rather than expired, so that the next claim does not count a crash.
 */
export const RELEASE_SQL = `
UPDATE inlay.runs r SET epoch = r.epoch + 1, lease_owner = NULL, lease_until = NULL, due_at = clock_timestamp()
FROM unnest($1::text[], $2::integer[]) AS g(id, epoch)
WHERE r.id = g.id AND r.epoch = g.epoch AND r.status = 'running'
`

/**
 * Names runs that should be dispatched (again) and leaves them alone for five seconds. $1: how many at most.
 * Returns `{id, dispatch_seq}`.
 */
export const DUE_SQL = `
WITH due AS MATERIALIZED (
  SELECT id, tenant_id FROM inlay.runs WHERE due_at <= clock_timestamp()
  ORDER BY due_at LIMIT $1::integer FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE inlay.runs r SET dispatch_seq = r.dispatch_seq + 1, due_at = clock_timestamp() + interval '5 seconds'
FROM due d WHERE r.id = d.id AND r.tenant_id = d.tenant_id
RETURNING r.id, r.dispatch_seq
`

/**
 * Ends a run that nobody executes, or asks its owner to. $1: tenant, $2: customer or null, $3: run id.
 * Returns `{status}` after the change; no row when the run has ended or does not exist.
 */
export const CANCEL_SQL = `
WITH target AS MATERIALIZED (
  SELECT id, tenant_id, (status = 'running' AND lease_until > clock_timestamp()) IS TRUE AS alive FROM inlay.runs
  WHERE id = $3 AND tenant_id = $1 AND ($2::text IS NULL OR customer_id = $2)
    AND status NOT IN ('succeeded', 'failed', 'cancelled')
  FOR NO KEY UPDATE
)
UPDATE inlay.runs r SET
  cancel_requested = true,
  status = CASE WHEN t.alive THEN r.status ELSE 'cancelled' END,
  epoch = CASE WHEN t.alive THEN r.epoch ELSE r.epoch + 1 END,
  finished_at = CASE WHEN t.alive THEN NULL ELSE clock_timestamp() END,
  due_at = CASE WHEN t.alive THEN r.due_at END,
  wake_at = NULL
FROM target t WHERE r.id = t.id AND r.tenant_id = t.tenant_id
RETURNING r.status
`
