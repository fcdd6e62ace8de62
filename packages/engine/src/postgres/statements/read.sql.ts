import { unixMs } from './fragments.sql.js'

/** One run of a scope. $1: tenant, $2: customer or null, $3: run id. JSON columns come as text. */
export const READ_RUN_SQL = `
SELECT r.id, r.tenant_id, r.customer_id, r.workflow_id, r.version_id, r.mode, r.status, r.output::text AS output,
  r.error::text AS error, r.response::text AS response, ${unixMs('r.created_at')} AS created_at,
  ${unixMs('r.started_at')} AS started_at, ${unixMs('r.finished_at')} AS finished_at, ${unixMs('r.wake_at')} AS wake_at,
  t.input::text AS trigger
FROM inlay.runs r
JOIN inlay.journal t ON t.run_id = r.id AND t.tenant_id = r.tenant_id AND t.step_path = '' AND t.iteration = ''
WHERE r.id = $3 AND r.tenant_id = $1 AND ($2::text IS NULL OR r.customer_id = $2)
`

/** The steps of a run of a scope, in the order they started. $1: tenant, $2: customer or null, $3: run id. JSON comes as text. */
export const READ_STEPS_SQL = `
SELECT step_path, iteration, type, status, attempt, input::text AS input, output::text AS output, error::text AS error,
  started_at::float8 AS started_at, finished_at::float8 AS finished_at, wake_at::float8 AS wake_at
FROM inlay.journal
WHERE run_id = $3 AND tenant_id = $1 AND ($2::text IS NULL OR customer_id = $2) AND step_path <> ''
ORDER BY started_at, step_path, iteration
`
