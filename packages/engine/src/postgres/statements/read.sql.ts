import { STEP_COLUMNS, unixMs } from './fragments.sql.js'

const RUN_COLUMNS = `r.id, r.tenant_id, r.customer_id, r.workflow_id, r.version_id, r.mode, r.status,
  r.output::text AS output, r.error::text AS error, r.response::text AS response, r.is_dead, r.origin_run_id,
  r.parent_run_id, r.parent_step_path, r.parent_iteration, ${unixMs('r.created_at')} AS created_at,
  ${unixMs('r.started_at')} AS started_at, ${unixMs('r.finished_at')} AS finished_at, ${unixMs('r.wake_at')} AS wake_at,
  t.input::text AS trigger`

const WITH_TRIGGER = `JOIN LATERAL (
  SELECT input FROM inlay.journal t WHERE t.run_id = r.id AND t.tenant_id = r.tenant_id AND t.epoch = 0 AND t.seq = 0 OFFSET 0
) t ON true`

/** One run of a scope. $1: tenant, $2: customer or null, $3: run id. JSON columns come as text. */
export const READ_RUN_SQL = `
SELECT ${RUN_COLUMNS} FROM inlay.runs r ${WITH_TRIGGER}
WHERE r.id = $3 AND r.tenant_id = $1 AND ($2::text IS NULL OR r.customer_id = $2)
`

/** Dead runs of a scope, latest first. $1: tenant, $2: customer or null, $3: the id before which to begin, or null, $4: limit. */
export const DEAD_RUNS_SQL = `
SELECT ${RUN_COLUMNS} FROM inlay.runs r ${WITH_TRIGGER}
WHERE r.is_dead AND r.tenant_id = $1 AND ($2::text IS NULL OR r.customer_id = $2) AND ($3::text IS NULL OR r.id < $3)
ORDER BY r.id DESC LIMIT $4::integer
`

/** The last record of each step of a run of a scope, in the order they started. $1: tenant, $2: customer or null, $3: run id. */
export const READ_STEPS_SQL = `
SELECT * FROM (
  SELECT DISTINCT ON (j.step_path, j.iteration) ${STEP_COLUMNS}
  FROM inlay.journal j
  WHERE j.run_id = $3 AND j.tenant_id = $1 AND ($2::text IS NULL OR j.customer_id = $2) AND j.step_path <> ''
  ORDER BY j.step_path, j.iteration, j.epoch DESC, j.seq DESC
) last
WHERE status <> 'forgotten' ORDER BY started_at, step_path, iteration
`
