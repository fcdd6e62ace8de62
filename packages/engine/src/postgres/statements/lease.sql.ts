import { given, IDENTITY, unixMs } from './fragments.sql.js'

/** Runs that have work now: never started, woken, given back, or left behind by a dead owner. */
const CLAIMABLE = `(
  r.status = 'pending'
  OR (r.status = 'waiting' AND (r.wake_at IS NULL OR r.wake_at <= clock_timestamp()))
  OR (r.status = 'running' AND (r.lease_until IS NULL OR r.lease_until < clock_timestamp()))
)`

/** Columns of a journal row as the adapter reads them; JSON as text, so that a recorded null is told from nothing. */
const STEP_COLUMNS = `j.step_path, j.iteration, j.type, j.status, j.attempt, j.input::text AS input, j.output::text AS output,
  j.error::text AS error, j.started_at::float8 AS started_at, j.finished_at::float8 AS finished_at,
  j.wake_at::float8 AS wake_at`

/**
 * Takes over runs. $1: distinct run ids in order, $2: owner, $3: lease in milliseconds.
 * Returns a row per journal row of each claimed run. The one with an empty `step_path` is the trigger (in `input`); it
 * alone carries the run: `{tenant_id, customer_id, workflow_id, version_id, mode, epoch, recoveries, recovered,
 * cancel_requested, created_at, claimed_at}`. Runs that another claim is looking at are skipped: that claim gets them.
 */
export const CLAIM_SQL = `
WITH picked AS MATERIALIZED (
  SELECT r.* FROM ${given(1, ['id'])} CROSS JOIN LATERAL (
    SELECT ${IDENTITY}, (r.status = 'running' AND r.lease_until IS NOT NULL)::integer AS recovered
    FROM inlay.runs r WHERE r.id = g.id AND ${CLAIMABLE} FOR NO KEY UPDATE SKIP LOCKED
  ) r
), claimed AS (
  INSERT INTO inlay.runs AS r (${IDENTITY}, recoveries, lease_owner, lease_until)
  SELECT ${IDENTITY}, recovered, $2::text, clock_timestamp() + $3::float8 * interval '1 millisecond' FROM picked
  ON CONFLICT (id, tenant_id) DO UPDATE SET
    status = 'running', epoch = r.epoch + 1, recoveries = r.recoveries + excluded.recoveries,
    lease_owner = excluded.lease_owner, lease_until = excluded.lease_until, due_at = excluded.lease_until,
    wake_at = NULL, started_at = coalesce(r.started_at, clock_timestamp())
  RETURNING ${IDENTITY}, epoch, recoveries, cancel_requested, created_at
)
SELECT c.id, run.*, ${STEP_COLUMNS}
FROM claimed c CROSS JOIN LATERAL (
  SELECT * FROM inlay.journal j WHERE j.run_id = c.id AND j.tenant_id = c.tenant_id OFFSET 0
) j LEFT JOIN LATERAL (
  SELECT c.tenant_id, c.customer_id, c.workflow_id, c.version_id, c.mode, c.epoch, c.recoveries, c.cancel_requested,
    ${unixMs('c.created_at')} AS created_at, ${unixMs('clock_timestamp()')} AS claimed_at,
    (c.id IN (SELECT p.id FROM picked p WHERE p.recovered = 1)) IS TRUE AS recovered
  WHERE j.step_path = ''
) run ON true
`

/** The steps of runs. $1: run ids, $2: their tenants. Returns rows as `CLAIM_SQL` does, without the trigger. */
export const STEPS_SQL = `
SELECT g.id, ${STEP_COLUMNS} FROM ${given(1, ['id', 'tenant_id'])} CROSS JOIN LATERAL (
  SELECT * FROM inlay.journal j WHERE j.run_id = g.id AND j.tenant_id = g.tenant_id AND j.step_path <> '' OFFSET 0
) j
`

export const LEASE_COLUMNS = ['n', 'id', 'tenant_id', 'epoch'] as const

/** The runs whose lease is still held, locked. */
const HELD = `
  SELECT g.n::integer AS n, r.* FROM ${given(1, LEASE_COLUMNS)} CROSS JOIN LATERAL (
    SELECT ${IDENTITY}, cancel_requested FROM inlay.runs r
    WHERE r.id = g.id AND r.tenant_id = g.tenant_id AND r.epoch = g.epoch::integer AND r.status = 'running'
    FOR NO KEY UPDATE
  ) r`

/**
 * Prolongs leases. $1 to $4: `LEASE_COLUMNS`, distinct and in the order of the ids, $5: lease in milliseconds.
 * Returns `{n, cancel_requested}` of those still held.
 */
export const RENEW_SQL = `
WITH held AS MATERIALIZED (${HELD}
), renewed AS (
  INSERT INTO inlay.runs (${IDENTITY}, lease_until)
  SELECT ${IDENTITY}, clock_timestamp() + $5::float8 * interval '1 millisecond' FROM held
  ON CONFLICT (id, tenant_id) DO UPDATE SET lease_until = excluded.lease_until, due_at = excluded.lease_until
)
SELECT n, cancel_requested FROM held
`

/**
 * Gives leases up. $1 to $4: `LEASE_COLUMNS`, distinct and in the order of the ids. The epoch grows, so that the former
 * owner cannot write any more, and the lease is emptied rather than expired, so that the next claim does not count a crash.
 */
export const RELEASE_SQL = `
WITH held AS MATERIALIZED (${HELD}
)
INSERT INTO inlay.runs AS r (${IDENTITY}) SELECT ${IDENTITY} FROM held
ON CONFLICT (id, tenant_id) DO UPDATE SET
  epoch = r.epoch + 1, lease_owner = NULL, lease_until = NULL, due_at = clock_timestamp()
`

/**
 * Names runs that should be dispatched (again) and leaves them alone for five seconds. $1: how many at most.
 * Returns `{id, dispatch_seq}`.
 *
 * `now()` rather than `clock_timestamp()`: only what is fixed during a statement can bound an index scan, and without the
 * bound each call would read all parked runs. The inner, constant limit tells the planner that few rows are wanted.
 */
export const DUE_SQL = `
WITH due AS MATERIALIZED (
  SELECT * FROM (
    SELECT ${IDENTITY} FROM inlay.runs WHERE due_at <= now() ORDER BY due_at LIMIT 1000 FOR NO KEY UPDATE SKIP LOCKED
  ) candidates LIMIT $1::integer
)
INSERT INTO inlay.runs AS r (${IDENTITY}) SELECT ${IDENTITY} FROM due
ON CONFLICT (id, tenant_id) DO UPDATE SET
  dispatch_seq = r.dispatch_seq + 1, due_at = clock_timestamp() + interval '5 seconds'
RETURNING r.id, r.dispatch_seq
`
