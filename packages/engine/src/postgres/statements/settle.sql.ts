import { HAS_ENDED } from './fragments.sql.js'
import { childAnswer } from './wait.sql.js'

/**
 * What an ended run leaves to do. $1: run id, $2: tenant.
 * Returns `{parent_run_id, parent_step_path, parent_iteration, answer, slot_key}`; no row when nothing is left.
 */
export const DUTIES_SQL = `
SELECT r.parent_run_id, r.parent_step_path, r.parent_iteration, ${childAnswer('r')} AS answer, r.slot_key
FROM inlay.runs r WHERE r.id = $1 AND r.tenant_id = $2 AND r.has_duties AND ${HAS_ENDED}
`

/** The same run, locked. Returns no row when somebody else has done what was left. */
export const LOCK_DUTIES_SQL = `
SELECT r.id FROM inlay.runs r WHERE r.id = $1 AND r.tenant_id = $2 AND r.has_duties AND ${HAS_ENDED} FOR NO KEY UPDATE
`

/** Removes the locked run's waits and its place, and notes that nothing is left to do. $1: run id, $2: tenant. */
export const SETTLED_SQL = `
WITH waits AS (
  DELETE FROM inlay.waits WHERE run_id = $1 AND tenant_id = $2
), given AS (
  DELETE FROM inlay.given_events WHERE run_id = $1 AND tenant_id = $2
), slot AS (
  DELETE FROM inlay.slots s USING (
    SELECT tenant_id, slot_key, id FROM inlay.runs WHERE id = $1 AND tenant_id = $2 OFFSET 0
  ) r
  WHERE s.tenant_id = r.tenant_id AND s.slot_key = r.slot_key AND s.run_id = r.id
)
UPDATE inlay.runs SET has_duties = false, due_at = NULL WHERE id = $1 AND tenant_id = $2
`
