/**
 * Writes steps and what becomes of their runs, under leases: the one statement by which executing runs advance.
 * $1: JSON list of `{id, epoch, status, output, error, response, wake_at}`; `status` is null when the run goes on, else
 *     `waiting` or how it ended; `wake_at` in Unix milliseconds.
 * $2: JSON list of `{run_id, step_path, iteration, type, status, attempt, input, output, error, started_at, finished_at, wake_at}`.
 * Returns `{id, cancel_requested, dispatch_seq}` of the runs whose lease is still held; of the others nothing is written.
 *
 * The rows are locked in the order of their ids, so that two writers cannot wait for each other. The lock is what keeps
 * a takeover from slipping in between the check and the inserts.
 */
export const WRITE_SQL = `
WITH given AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::text::json) AS g(
    id text, epoch integer, status text, output json, error json, response json, wake_at float8)
), held AS MATERIALIZED (
  SELECT r.id, r.tenant_id, r.customer_id, r.epoch, r.cancel_requested, r.dispatch_seq
  FROM inlay.runs r JOIN given g ON g.id = r.id
  WHERE r.epoch = g.epoch AND r.status = 'running'
  ORDER BY r.id FOR NO KEY UPDATE OF r
), written AS (
  INSERT INTO inlay.journal (run_id, tenant_id, customer_id, step_path, iteration, type, status, attempt, epoch,
    input, output, error, started_at, finished_at, wake_at)
  SELECT s.run_id, h.tenant_id, h.customer_id, s.step_path, s.iteration, s.type, s.status, s.attempt, h.epoch,
    s.input, s.output, s.error, s.started_at, s.finished_at, s.wake_at
  FROM json_to_recordset($2::text::json) AS s(run_id text, step_path text, iteration text, type text, status text,
    attempt integer, input json, output json, error json, started_at bigint, finished_at bigint, wake_at bigint)
  JOIN held h ON h.id = s.run_id
  ON CONFLICT (run_id, tenant_id, step_path, iteration) DO UPDATE SET
    status = excluded.status, attempt = excluded.attempt, epoch = excluded.epoch,
    input = coalesce(excluded.input, journal.input), output = excluded.output, error = excluded.error,
    finished_at = excluded.finished_at, wake_at = excluded.wake_at
), advanced AS (
  UPDATE inlay.runs r SET
    status = coalesce(g.status, r.status),
    output = coalesce(g.output, r.output),
    error = coalesce(g.error, r.error),
    response = coalesce(r.response, g.response),
    wake_at = to_timestamp(g.wake_at / 1000),
    due_at = CASE WHEN g.status IS NULL THEN r.due_at WHEN g.status = 'waiting' THEN to_timestamp(g.wake_at / 1000) END,
    lease_until = CASE WHEN g.status IS NULL THEN r.lease_until END,
    lease_owner = CASE WHEN g.status IS NULL THEN r.lease_owner END,
    dispatch_seq = r.dispatch_seq + (g.status = 'waiting' AND g.status IS NOT NULL)::integer,
    finished_at = CASE WHEN g.status IN ('succeeded', 'failed', 'cancelled') THEN clock_timestamp() END
  FROM given g JOIN held h USING (id)
  WHERE r.id = h.id AND r.tenant_id = h.tenant_id AND (g.status IS NOT NULL OR g.response IS NOT NULL)
)
SELECT id, cancel_requested, dispatch_seq + 1 AS dispatch_seq FROM held
`

/**
 * What became of runs whose write had an unknown outcome.
 * $1: run ids. Returns `{id, epoch, status, dispatch_seq}`.
 */
export const READ_STATE_SQL = `SELECT id, epoch, status, dispatch_seq FROM inlay.runs WHERE id = ANY($1::text[])`
