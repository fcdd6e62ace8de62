import { IDENTITY } from './fragments.sql.js'

/**
 * Ends a run that nobody executes, or asks its owner to. $1: tenant, $2: customer or null, $3: run id.
 * Returns `{status}` after the change; no row when the run has ended or does not exist.
 */
export const CANCEL_SQL = `
WITH target AS MATERIALIZED (
  SELECT ${IDENTITY}, (status = 'running' AND lease_until > clock_timestamp()) IS TRUE AS is_alive FROM inlay.runs
  WHERE id = $3 AND tenant_id = $1 AND ($2::text IS NULL OR customer_id = $2)
    AND status NOT IN ('succeeded', 'failed', 'cancelled')
  FOR NO KEY UPDATE
)
INSERT INTO inlay.runs AS r (${IDENTITY}, status)
SELECT ${IDENTITY}, CASE WHEN is_alive THEN 'running' ELSE 'cancelled' END FROM target
ON CONFLICT (id, tenant_id) DO UPDATE SET
  cancel_requested = true,
  status = excluded.status,
  epoch = r.epoch + (excluded.status = 'cancelled')::integer,
  finished_at = CASE WHEN excluded.status = 'cancelled' THEN clock_timestamp() END,
  due_at = CASE WHEN excluded.status = 'running' THEN r.due_at END,
  lease_until = CASE WHEN excluded.status = 'running' THEN r.lease_until END,
  lease_owner = CASE WHEN excluded.status = 'running' THEN r.lease_owner END,
  wake_at = NULL
RETURNING r.status
`
