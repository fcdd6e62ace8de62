import { unixMs } from './fragments.sql.js'

/** When a run was created, started and ended. $1: tenant, $2: customer or null, $3: run id. */
export const HISTORY_RUN_SQL = `
SELECT status, epoch, error::text AS error, ${unixMs('created_at')} AS created_at, ${unixMs('started_at')} AS started_at,
  ${unixMs('finished_at')} AS finished_at
FROM inlay.runs WHERE id = $3 AND tenant_id = $1 AND ($2::text IS NULL OR customer_id = $2)
`

/** All records of a run's steps, in order. $1 to $3 as above. */
export const HISTORY_STEPS_SQL = `
SELECT epoch, at::float8 AS at, step_path, iteration, type, status, attempt, error::text AS error
FROM inlay.journal
WHERE run_id = $3 AND tenant_id = $1 AND ($2::text IS NULL OR customer_id = $2) AND step_path <> ''
ORDER BY epoch, seq
`

/** All that happened to a run otherwise, in order. $1 to $3 as above. */
export const HISTORY_TRANSITIONS_SQL = `
SELECT epoch, ${unixMs('at')} AS at, what, detail::text AS detail
FROM inlay.transitions
WHERE run_id = $3 AND tenant_id = $1 AND ($2::text IS NULL OR customer_id = $2)
ORDER BY epoch, transitions.at, what
`
