import { HAS_ENDED, IDENTITY } from './fragments.sql.js'

/** Until the transaction's end nobody else looks at or changes a slot's places. $1: tenant, $2: slot key. */
export const LOCK_SLOT_SQL = `
SELECT pg_advisory_xact_lock(hashtextextended($1::text || E'\\x1f' || $2::text, 7233192002))
`

/**
 * How a slot stands for a new run. $1: tenant, $2: slot key, $3: run id, $4: workflow id, $5: deduplication key or null.
 * Returns `{taken, is_known}`: whether the run, or one of its key, exists already.
 */
export const SLOT_STATE_SQL = `
SELECT (SELECT count(*)::integer FROM inlay.slots WHERE tenant_id = $1 AND slot_key = $2 AND taken) AS taken,
  EXISTS (SELECT FROM inlay.runs WHERE id = $3 AND tenant_id = $1)
    OR EXISTS (SELECT FROM inlay.run_keys WHERE tenant_id = $1 AND workflow_id = $4 AND key = $5) AS is_known
`

/** Gives a run a place in a slot, or in the queue for it. $1: tenant, $2: slot key, $3: run id, $4: limit, $5: whether taken. */
export const TAKE_SLOT_SQL = `
INSERT INTO inlay.slots (tenant_id, slot_key, run_id, slot_limit, taken)
VALUES ($1, $2, $3, $4::integer, $5::text::boolean)
ON CONFLICT (tenant_id, slot_key, run_id) DO NOTHING
`

/** The holder of a place for the longest time that nobody has asked to cancel. $1: tenant, $2: slot key. Returns `{run_id}`. */
export const OLDEST_HOLDER_SQL = `
SELECT s.run_id FROM inlay.slots s CROSS JOIN LATERAL (
  SELECT r.id FROM inlay.runs r
  WHERE r.id = s.run_id AND r.tenant_id = s.tenant_id AND NOT r.cancel_requested AND NOT ${HAS_ENDED} OFFSET 0
) r
WHERE s.tenant_id = $1 AND s.slot_key = $2 AND s.taken ORDER BY s.created_at, s.run_id LIMIT 1
`

/**
 * Gives the run that has waited longest a place when one is free. $1: tenant, $2: slot key.
 * Returns `{id, tenant_id, customer_id, dispatch_seq, is_due}`; no row when none is free or nobody waits.
 */
export const ADMIT_SQL = `
WITH next AS MATERIALIZED (
  SELECT s.slot_limit, r.* FROM (
    SELECT * FROM inlay.slots WHERE tenant_id = $1 AND slot_key = $2 AND NOT taken ORDER BY created_at, run_id OFFSET 0
  ) s CROSS JOIN LATERAL (
    SELECT ${IDENTITY} FROM inlay.runs r WHERE r.id = s.run_id AND r.tenant_id = s.tenant_id AND r.status = 'pending'
    FOR NO KEY UPDATE
  ) r LIMIT 1
), admitted AS MATERIALIZED (
  SELECT * FROM next
  WHERE slot_limit > (SELECT count(*) FROM inlay.slots WHERE tenant_id = $1 AND slot_key = $2 AND taken)
), taken AS (
  INSERT INTO inlay.slots (tenant_id, slot_key, run_id, slot_limit, taken)
  SELECT tenant_id, $2, id, slot_limit, true FROM admitted
  ON CONFLICT (tenant_id, slot_key, run_id) DO UPDATE SET taken = true
)
INSERT INTO inlay.runs AS r (${IDENTITY}) SELECT ${IDENTITY} FROM admitted
ON CONFLICT (id, tenant_id) DO UPDATE SET
  due_at = greatest(clock_timestamp() + interval '5 seconds', r.wake_at),
  dispatch_seq = r.dispatch_seq + 1
RETURNING r.id, r.tenant_id, r.customer_id, r.dispatch_seq, (r.wake_at > clock_timestamp()) IS NOT TRUE AS is_due
`
