import { given, IDENTITY, STEP_COLUMNS, STEP_ORDER, unixMs } from './fragments.sql.js'

/** Runs that have work now: never started, woken, given back, or left behind by a dead owner. */
const CLAIMABLE = `(
  (r.status = 'pending' AND r.due_at IS NOT NULL AND (r.wake_at IS NULL OR r.wake_at <= clock_timestamp()))
  OR (r.status = 'waiting' AND (r.woken OR r.wake_at <= clock_timestamp()))
  OR (r.status = 'running' AND (r.lease_until IS NULL OR r.lease_until < clock_timestamp()))
)`

/**
 * Takes over runs. $1: distinct run ids in order, $2: owner, $3: lease in milliseconds.
 * Returns a row per journal row of each claimed run. The one with an empty `step_path` is the trigger (in `input`); it
 * alone carries the run: `{tenant_id, customer_id, workflow_id, version_id, mode, epoch, recoveries, cancel_requested,
 * suspend_requested, has_duties, created_at, claimed_at, is_stale}`. Runs that another claim is looking at are skipped:
 * that claim gets them.
 *
 * A statement sees the tables as of its beginning, but a lock gives the run as it is now. Where the run may have been
 * written to in between, `is_stale` says that its journal must be read again.
 */
export const CLAIM_SQL = `
WITH picked AS MATERIALIZED (
  SELECT r.*, seen.epoch AS seen_epoch FROM ${given(1, ['id'])} CROSS JOIN LATERAL (
    SELECT ${IDENTITY}, epoch, (r.status = 'running' AND r.lease_until IS NOT NULL)::integer AS recovered
    FROM inlay.runs r WHERE r.id = g.id AND ${CLAIMABLE} FOR NO KEY UPDATE SKIP LOCKED
  ) r LEFT JOIN LATERAL (
    SELECT s.epoch FROM inlay.runs s WHERE s.id = r.id AND s.tenant_id = r.tenant_id OFFSET 0
  ) seen ON true
), claimed AS (
  INSERT INTO inlay.runs AS r (${IDENTITY}, recoveries, lease_owner, lease_until)
  SELECT ${IDENTITY}, recovered, $2::text, clock_timestamp() + $3::float8 * interval '1 millisecond' FROM picked
  ON CONFLICT (id, tenant_id) DO UPDATE SET
    status = 'running', epoch = r.epoch + 1, recoveries = r.recoveries + excluded.recoveries,
    lease_owner = excluded.lease_owner, lease_until = excluded.lease_until, due_at = excluded.lease_until,
    wake_at = NULL, woken = false, started_at = coalesce(r.started_at, clock_timestamp())
  RETURNING ${IDENTITY}, epoch, recoveries, cancel_requested, suspend_requested, has_duties, created_at
), recovered AS (
  INSERT INTO inlay.transitions (run_id, tenant_id, customer_id, epoch, what)
  SELECT id, tenant_id, customer_id, epoch + 1, 'recovered' FROM picked WHERE recovered = 1
  ON CONFLICT DO NOTHING
)
SELECT c.id, run.*, ${STEP_ORDER}, ${STEP_COLUMNS}
FROM claimed c CROSS JOIN LATERAL (
  SELECT * FROM inlay.journal j WHERE j.run_id = c.id AND j.tenant_id = c.tenant_id OFFSET 0
) j LEFT JOIN LATERAL (
  SELECT c.tenant_id, c.customer_id, c.workflow_id, c.version_id, c.mode, c.epoch, c.recoveries, c.cancel_requested,
    c.suspend_requested, c.has_duties, ${unixMs('c.created_at')} AS created_at,
    ${unixMs('clock_timestamp()')} AS claimed_at,
    (c.id IN (SELECT p.id FROM picked p WHERE p.recovered = 1 OR p.epoch <> p.seen_epoch)) IS TRUE AS is_stale
  WHERE j.step_path = ''
) run ON true
`

/** The steps of runs. $1: run ids, $2: their tenants. Returns rows as `CLAIM_SQL` does, without the trigger. */
export const STEPS_SQL = `
SELECT g.id, ${STEP_ORDER}, ${STEP_COLUMNS} FROM ${given(1, ['id', 'tenant_id'])} CROSS JOIN LATERAL (
  SELECT * FROM inlay.journal j WHERE j.run_id = g.id AND j.tenant_id = g.tenant_id AND j.step_path <> '' OFFSET 0
) j
`

/** What the open waits of runs have been given. $1: run ids, $2: their tenants. Returns `{id, step_path, iteration, answer}`. */
export const ANSWERS_SQL = `
SELECT g.id, w.step_path, w.iteration, w.answer::text AS answer
FROM ${given(1, ['id', 'tenant_id'])} CROSS JOIN LATERAL (
  SELECT * FROM inlay.waits w WHERE w.run_id = g.id AND w.tenant_id = g.tenant_id AND w.answered_at IS NOT NULL
  ORDER BY w.answered_at, w.step_path, w.iteration
) w
`

export const LEASE_COLUMNS = ['n', 'id', 'tenant_id', 'epoch'] as const

/** The runs whose lease is still held, locked. */
const HELD = `
  SELECT g.n::integer AS n, r.* FROM ${given(1, LEASE_COLUMNS)} CROSS JOIN LATERAL (
    SELECT ${IDENTITY}, epoch, cancel_requested, suspend_requested FROM inlay.runs r
    WHERE r.id = g.id AND r.tenant_id = g.tenant_id AND r.epoch = g.epoch::integer AND r.status = 'running'
    FOR NO KEY UPDATE
  ) r`

/**
 * Prolongs leases. $1 to $4: `LEASE_COLUMNS`, distinct and in the order of the ids, $5: lease in milliseconds.
 * Returns `{n, cancel_requested, suspend_requested}` of those still held.
 */
export const RENEW_SQL = `
WITH held AS MATERIALIZED (${HELD}
), renewed AS (
  INSERT INTO inlay.runs (${IDENTITY}, lease_until)
  SELECT ${IDENTITY}, clock_timestamp() + $5::float8 * interval '1 millisecond' FROM held
  ON CONFLICT (id, tenant_id) DO UPDATE SET lease_until = excluded.lease_until, due_at = excluded.lease_until
)
SELECT n, cancel_requested, suspend_requested FROM held
`

/**
 * Gives leases up. $1 to $4: `LEASE_COLUMNS`, distinct and in the order of the ids. The epoch grows, so that the former
 * owner cannot write any more, and the lease is emptied rather than expired, so that the next claim does not count a crash.
 */
export const RELEASE_SQL = `
WITH held AS MATERIALIZED (${HELD}
), noted AS (
  INSERT INTO inlay.transitions (run_id, tenant_id, customer_id, epoch, what)
  SELECT id, tenant_id, customer_id, epoch, 'released' FROM held
  ON CONFLICT DO NOTHING
)
INSERT INTO inlay.runs AS r (${IDENTITY}) SELECT ${IDENTITY} FROM held
ON CONFLICT (id, tenant_id) DO UPDATE SET
  epoch = r.epoch + 1, lease_owner = NULL, lease_until = NULL, due_at = clock_timestamp()
`
