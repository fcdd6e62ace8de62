import { given, HAS_ENDED, IDENTITY, unixMs } from './fragments.sql.js'

/** Microseconds: as exact as the database's clock, and as whole numbers nothing is lost on the way. */
const OPENED_US = `(extract(epoch FROM w.opened_at) * 1000000)::bigint::text AS opened_us`

/** A run that can be executed because of an answer; a pending one that is never due waits for a place. */
const IS_WAKEABLE = `(r.status = 'waiting' OR r.status = 'pending' AND r.due_at IS NOT NULL)`

/** Locks runs. $1: run ids, distinct and in order, $2: their tenants. */
export const LOCK_RUNS_SQL = `
SELECT r.id FROM ${given(1, ['id', 'tenant_id'])} CROSS JOIN LATERAL (
  SELECT id FROM inlay.runs r WHERE r.id = g.id AND r.tenant_id = g.tenant_id FOR NO KEY UPDATE
) r
`

export const GIFT_COLUMNS = [
  'run_id',
  'tenant_id',
  'step_path',
  'iteration',
  'opened_us',
  'event_id',
  'child_run_id',
  'token_hash',
  'answer',
] as const

/**
 * Answers waits of runs that are locked, and wakes the runs. Given: `GIFT_COLUMNS`, a wait and an event of a run at most
 * once; what is not null must be as the wait has it. Waits that are closed or answered, those of ended runs, and those
 * of runs that have been given the event already are left as they are.
 * Returns `{id, tenant_id, customer_id, dispatch_seq, is_due, given}` for each run, where `given` counts all answers.
 */
export const GIVE_SQL = `
WITH target AS MATERIALIZED (
  SELECT g.step_path, g.iteration, g.event_id, g.answer::json AS answer, w.kind, w.looked, r.*
  FROM ${given(1, GIFT_COLUMNS)} CROSS JOIN LATERAL (
    SELECT w.kind, w.looked FROM inlay.waits w
    WHERE w.run_id = g.run_id AND w.tenant_id = g.tenant_id AND w.step_path = g.step_path AND w.iteration = g.iteration
      AND w.answered_at IS NULL
      AND (g.opened_us IS NULL OR (extract(epoch FROM w.opened_at) * 1000000)::bigint = g.opened_us::bigint)
      AND (g.child_run_id IS NULL OR w.child_run_id = g.child_run_id)
      AND (g.token_hash IS NULL OR w.token_hash = g.token_hash)
    OFFSET 0
  ) w CROSS JOIN LATERAL (
    SELECT ${IDENTITY}, epoch FROM inlay.runs r WHERE r.id = g.run_id AND r.tenant_id = g.tenant_id AND NOT ${HAS_ENDED} OFFSET 0
  ) r LEFT JOIN LATERAL (
    SELECT e.event_id FROM inlay.given_events e
    WHERE e.run_id = g.run_id AND e.tenant_id = g.tenant_id AND e.event_id = g.event_id OFFSET 0
  ) earlier ON true
  WHERE earlier.event_id IS NULL
), answered AS (
  INSERT INTO inlay.waits (run_id, tenant_id, customer_id, step_path, iteration, kind, looked, answer)
  SELECT id, tenant_id, customer_id, step_path, iteration, kind, looked, answer FROM target
  ON CONFLICT (run_id, tenant_id, step_path, iteration) DO UPDATE SET
    answer = excluded.answer, answered_at = clock_timestamp(), looked = true
), noted AS (
  INSERT INTO inlay.given_events (run_id, tenant_id, event_id)
  SELECT id, tenant_id, event_id FROM target WHERE event_id IS NOT NULL
  ON CONFLICT DO NOTHING
), told AS (
  INSERT INTO inlay.transitions (run_id, tenant_id, customer_id, epoch, at, what, detail)
  SELECT id, tenant_id, customer_id, epoch,
    clock_timestamp() + row_number() OVER (ORDER BY step_path, iteration) * interval '1 microsecond', 'answered',
    json_build_object('stepPath', step_path, 'iteration', iteration, 'type', kind, 'attempt', 1)
  FROM target
  ON CONFLICT DO NOTHING
), woken AS (
  INSERT INTO inlay.runs AS r (${IDENTITY})
  SELECT DISTINCT ${IDENTITY} FROM target
  ON CONFLICT (id, tenant_id) DO UPDATE SET
    woken = true,
    dispatch_seq = r.dispatch_seq + (${IS_WAKEABLE})::integer,
    due_at = CASE WHEN ${IS_WAKEABLE} THEN clock_timestamp() + interval '5 seconds' ELSE r.due_at END
  RETURNING r.id, r.tenant_id, r.customer_id, r.dispatch_seq, ${IS_WAKEABLE} AS is_due
)
SELECT woken.*, (SELECT count(*) FROM target)::integer AS given FROM woken
`

/** The wait that a token stands for. $1: its hash. Returns `{run_id, tenant_id, step_path, iteration, is_answered}` and the run. */
export const FIND_TOKEN_SQL = `
SELECT w.step_path, w.iteration, w.answered_at IS NOT NULL AS is_answered, ${IDENTITY.replaceAll(/\w+/g, 'r.$&')}
FROM inlay.waits w CROSS JOIN LATERAL (
  SELECT ${IDENTITY} FROM inlay.runs r WHERE r.id = w.run_id AND r.tenant_id = w.tenant_id AND NOT ${HAS_ENDED} OFFSET 0
) r
WHERE w.token_hash = $1
`

/**
 * Waits that people and services can answer, oldest first.
 * $1: tenant, $2: customer or null, $3: kind or null, $4: run id or null, $5: limit.
 */
export const OPEN_WAITS_SQL = `
SELECT w.kind, w.step_path, w.iteration, w.detail::text AS detail, ${unixMs('w.opened_at')} AS opened_at,
  ${IDENTITY.replaceAll(/\w+/g, 'r.$&')}
FROM inlay.waits w CROSS JOIN LATERAL (
  SELECT ${IDENTITY} FROM inlay.runs r WHERE r.id = w.run_id AND r.tenant_id = w.tenant_id AND NOT ${HAS_ENDED} OFFSET 0
) r
WHERE w.tenant_id = $1 AND w.kind IN ('approval', 'callback') AND w.answered_at IS NULL
  AND ($2::text IS NULL OR w.customer_id = $2) AND ($3::text IS NULL OR w.kind = $3) AND ($4::text IS NULL OR w.run_id = $4)
ORDER BY w.opened_at, w.run_id, w.step_path, w.iteration LIMIT $5::integer
`

const OPEN_WAITS = `
  SELECT w.*, r.created_at FROM (
    SELECT * FROM inlay.waits w WHERE w.run_id = $1 AND w.tenant_id = $2 AND w.answered_at IS NULL
      AND w.kind IN ('event', 'child') OFFSET 0
  ) w CROSS JOIN LATERAL (
    SELECT created_at FROM inlay.runs r WHERE r.id = w.run_id AND r.tenant_id = w.tenant_id OFFSET 0
  ) r`

/**
 * Looks for what came before the open waits of a run: events from the run's creation on that it has not been given, and
 * children that have ended. $1: run id, $2: tenant, $3: how many events a wait at most, $4 and $5: moment (microseconds)
 * and id of the event after which to begin. Waits for which nothing is found are noted as looked after.
 * Returns `{run_id, tenant_id, step_path, iteration, opened_us, match, event_id, name, payload, received_at, received_us,
 * child_run_id, answer}`, events in the order they came; of a child `answer` is what its parent is told.
 */
export const LOOK_SQL = `
WITH open AS MATERIALIZED (${OPEN_WAITS}
), found AS MATERIALIZED (
  SELECT w.run_id, w.tenant_id, w.step_path, w.iteration, ${OPENED_US}, w.match::text AS match,
    e.event_id, e.name, e.payload, e.received_at, e.received_us, NULL AS child_run_id, NULL AS answer
  FROM open w CROSS JOIN LATERAL (
    SELECT e.event_id, e.name, e.payload::text AS payload, ${unixMs('e.received_at')} AS received_at,
      (extract(epoch FROM e.received_at) * 1000000)::bigint::text AS received_us
    FROM inlay.events e
    WHERE e.tenant_id = w.tenant_id AND e.customer_id = w.customer_id AND e.name = w.event_name
      AND e.received_at >= greatest(w.created_at, 'epoch'::timestamptz + $4::bigint * interval '1 microsecond')
      AND (e.received_at, e.event_id) > ('epoch'::timestamptz + $4::bigint * interval '1 microsecond', $5)
      AND NOT EXISTS (
        SELECT FROM inlay.given_events x
        WHERE x.run_id = w.run_id AND x.tenant_id = w.tenant_id AND x.event_id = e.event_id OFFSET 0)
    ORDER BY e.received_at, e.event_id LIMIT $3::integer
  ) e
  WHERE w.kind = 'event'
  UNION ALL
  SELECT w.run_id, w.tenant_id, w.step_path, w.iteration, ${OPENED_US}, NULL, NULL, NULL, NULL, NULL, NULL, w.child_run_id, c.answer
  FROM open w CROSS JOIN LATERAL (
    SELECT ${childAnswer('r')} AS answer FROM inlay.runs r
    WHERE r.id = w.child_run_id AND r.tenant_id = w.tenant_id AND ${HAS_ENDED} OFFSET 0
  ) c
  WHERE w.kind = 'child'
), looked AS (
  INSERT INTO inlay.waits (run_id, tenant_id, customer_id, step_path, iteration, kind, looked)
  SELECT run_id, tenant_id, customer_id, step_path, iteration, kind, true FROM open w
  WHERE NOT looked AND NOT EXISTS (
    SELECT FROM found f WHERE (f.run_id, f.step_path, f.iteration) = (w.run_id, w.step_path, w.iteration))
  ON CONFLICT (run_id, tenant_id, step_path, iteration) DO UPDATE SET looked = true
)
SELECT * FROM found
`

/** Notes waits of a run as looked after. $1: run id, $2: tenant. */
export const LOOKED_SQL = `
UPDATE inlay.waits SET looked = true WHERE run_id = $1 AND tenant_id = $2 AND NOT looked
`

/** What a parent is told of an ended child, as JSON text: outputs are kept as they are. */
export function childAnswer(run: string): string {
  return `'{"runId":' || to_json(${run}.id)::text || ',"status":' || to_json(${run}.status)::text
    || coalesce(',"output":' || ${run}.output::text, '') || coalesce(',"error":' || ${run}.error::text, '') || '}'`
}
