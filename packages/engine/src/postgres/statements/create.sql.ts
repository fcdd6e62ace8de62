/**
 * Records new runs, their triggers and their deduplication keys.
 * $1: JSON list of `{id, tenant_id, customer_id, workflow_id, version_id, mode, key, trigger, owner,
 * lease_ms}`; with an owner the run begins claimed by it.
 * Returns `{id, created_at}` of the runs that now exist by this or an earlier attempt of the same call; the others' keys
 * were taken.
 * Goes through `$1::text::json` because the driver would encode a `json` parameter a second time.
 */
export const CREATE_SQL = `
WITH given AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::text::json) AS g(
    id text, tenant_id text, customer_id text, workflow_id text, version_id text, mode text, key text, trigger json,
    owner text, lease_ms float8)
), keyed AS (
  INSERT INTO inlay.run_keys (tenant_id, workflow_id, key, run_id)
  SELECT tenant_id, workflow_id, key, id FROM given WHERE key IS NOT NULL ORDER BY 1, 2, 3
  ON CONFLICT DO NOTHING
  RETURNING run_id
), accepted AS (
  SELECT * FROM given WHERE key IS NULL OR id IN (SELECT run_id FROM keyed)
), created AS (
  INSERT INTO inlay.runs (id, tenant_id, customer_id, workflow_id, version_id, mode, status, epoch, lease_owner,
    lease_until, started_at, due_at)
  SELECT id, tenant_id, customer_id, workflow_id, version_id, mode,
    CASE WHEN owner IS NULL THEN 'pending' ELSE 'running' END, (owner IS NOT NULL)::integer, owner,
    clock_timestamp() + lease_ms * interval '1 millisecond', CASE WHEN owner IS NOT NULL THEN clock_timestamp() END,
    clock_timestamp() + coalesce(lease_ms * interval '1 millisecond', interval '5 seconds') FROM accepted
  ON CONFLICT DO NOTHING
), triggered AS (
  INSERT INTO inlay.journal (run_id, tenant_id, customer_id, step_path, iteration, type, status, attempt, epoch, input, started_at)
  SELECT id, tenant_id, customer_id, '', '', 'trigger', 'succeeded', 1, 0, trigger,
    (extract(epoch FROM clock_timestamp()) * 1000)::bigint FROM accepted
  ON CONFLICT DO NOTHING
)
SELECT id, extract(epoch FROM clock_timestamp())::float8 * 1000 AS created_at FROM accepted
`

/**
 * Finds the runs that hold deduplication keys.
 * $1, $2, $3: lists of tenant ids, workflow ids and keys. Returns `{tenant_id, workflow_id, key, run_id}`.
 */
export const FIND_KEYS_SQL = `
SELECT k.tenant_id, k.workflow_id, k.key, k.run_id
FROM unnest($1::text[], $2::text[], $3::text[]) AS g(tenant_id, workflow_id, key)
JOIN inlay.run_keys k USING (tenant_id, workflow_id, key)
`
