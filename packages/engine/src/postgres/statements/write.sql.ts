import { given, IDENTITY } from './fragments.sql.js'

export const WRITE_RUN_COLUMNS = [
  'n',
  'id',
  'tenant_id',
  'customer_id',
  'epoch',
  'status',
  'output',
  'error',
  'response',
  'wake_at',
] as const

export const WRITE_STEP_COLUMNS = [
  'n',
  'run_id',
  'tenant_id',
  'customer_id',
  'epoch',
  'step_path',
  'iteration',
  'type',
  'status',
  'attempt',
  'input',
  'output',
  'error',
  'started_at',
  'finished_at',
  'wake_at',
] as const

/**
 * Writes steps and what becomes of their runs, under leases: the one statement by which executing runs advance.
 * $1 to $10: `WRITE_RUN_COLUMNS`, in the order of the ids, a run at most once; `status` is `running` when the run goes on,
 *     else `waiting` or how it ended; times are Unix milliseconds.
 * $11 to $26: `WRITE_STEP_COLUMNS`; `n` says to which of the runs a step belongs.
 * Returns `{n, cancel_requested, dispatch_seq}` of the runs whose lease is still held; of the others nothing is written.
 *
 * Rows are locked in the order of their ids, so that two writers cannot wait for each other. The lock is what keeps a
 * takeover from slipping in between the check and the inserts. A run that somebody wants cancelled does not rest when it
 * parks: it is due at once.
 */
export const WRITE_SQL = `
WITH given AS MATERIALIZED (
  SELECT g.n::integer AS n, g.id, g.tenant_id, g.customer_id, g.epoch::integer AS epoch, g.status, g.output::json AS output,
    g.error::json AS error, g.response::json AS response, to_timestamp(g.wake_at::float8 / 1000) AS wake_at
  FROM ${given(1, WRITE_RUN_COLUMNS)}
), held AS MATERIALIZED (
  SELECT g.*, r.workflow_id, r.version_id, r.mode, r.cancel_requested, r.dispatch_seq
  FROM given g CROSS JOIN LATERAL (
    SELECT workflow_id, version_id, mode, cancel_requested, dispatch_seq FROM inlay.runs r
    WHERE r.id = g.id AND r.tenant_id = g.tenant_id AND r.customer_id = g.customer_id AND r.epoch = g.epoch
      AND r.status = 'running'
    FOR NO KEY UPDATE
  ) r
), written AS (
  INSERT INTO inlay.journal (run_id, tenant_id, customer_id, epoch, step_path, iteration, type, status, attempt,
    input, output, error, started_at, finished_at, wake_at)
  SELECT g.run_id, g.tenant_id, g.customer_id, g.epoch::integer, g.step_path, g.iteration, g.type, g.status,
    g.attempt::integer, g.input::json, g.output::json, g.error::json,
    g.started_at::bigint, g.finished_at::bigint, g.wake_at::bigint
  FROM ${given(11, WRITE_STEP_COLUMNS)}
  WHERE (g.n::integer IN (SELECT h.n FROM held h)) IS TRUE
  ON CONFLICT (run_id, tenant_id, step_path, iteration) DO UPDATE SET
    epoch = excluded.epoch, type = excluded.type, status = excluded.status, attempt = excluded.attempt,
    input = excluded.input, output = excluded.output, error = excluded.error,
    started_at = excluded.started_at, finished_at = excluded.finished_at, wake_at = excluded.wake_at
), advanced AS (
  INSERT INTO inlay.runs AS r (${IDENTITY}, status, output, error, response, wake_at)
  SELECT ${IDENTITY}, status, output, error, response,
    CASE WHEN cancel_requested THEN least(wake_at, clock_timestamp()) ELSE wake_at END
  FROM held WHERE status <> 'running' OR response IS NOT NULL
  ON CONFLICT (id, tenant_id) DO UPDATE SET
    status = excluded.status,
    output = coalesce(excluded.output, r.output),
    error = coalesce(excluded.error, r.error),
    response = coalesce(r.response, excluded.response),
    wake_at = excluded.wake_at,
    due_at = CASE WHEN excluded.status = 'running' THEN r.due_at ELSE excluded.wake_at END,
    lease_until = CASE WHEN excluded.status = 'running' THEN r.lease_until END,
    lease_owner = CASE WHEN excluded.status = 'running' THEN r.lease_owner END,
    dispatch_seq = r.dispatch_seq + (excluded.status = 'waiting')::integer,
    finished_at = CASE WHEN excluded.status IN ('succeeded', 'failed', 'cancelled') THEN clock_timestamp() END
)
SELECT n, cancel_requested, dispatch_seq + 1 AS dispatch_seq FROM held
`

/**
 * What became of runs whose write had an unknown outcome.
 * $1: positions, $2: run ids, $3: tenant ids. Returns `{n, epoch, status, dispatch_seq}`.
 */
export const READ_STATE_SQL = `
SELECT g.n::integer AS n, r.epoch, r.status, r.dispatch_seq
FROM ${given(1, ['n', 'id', 'tenant_id'])} CROSS JOIN LATERAL (
  SELECT epoch, status, dispatch_seq FROM inlay.runs r WHERE r.id = g.id AND r.tenant_id = g.tenant_id OFFSET 0
) r
`
