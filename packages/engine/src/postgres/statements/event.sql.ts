import { given, HAS_ENDED, unixMs } from './fragments.sql.js'

export const EVENT_COLUMNS = ['n', 'tenant_id', 'event_id', 'customer_id', 'name', 'payload'] as const

/** Records events. Given: `EVENT_COLUMNS`, an id of a tenant at most once. Returns `{n}` of those that are new. */
export const PUBLISH_SQL = `
WITH given AS MATERIALIZED (
  SELECT * FROM ${given(1, EVENT_COLUMNS)}
), recorded AS (
  INSERT INTO inlay.events (tenant_id, event_id, customer_id, name, payload)
  SELECT tenant_id, event_id, customer_id, name, payload::json FROM given ORDER BY 1, 2
  ON CONFLICT DO NOTHING
  RETURNING tenant_id, event_id
)
SELECT n::integer AS n FROM given WHERE (tenant_id, event_id) IN (SELECT tenant_id, event_id FROM recorded)
`

/** Events as they were recorded. $1: tenants, $2: event ids. Returns `{tenant_id, event_id, customer_id, name, payload, received_at, is_delivered}`. */
export const READ_EVENTS_SQL = `
SELECT e.tenant_id, e.event_id, e.customer_id, e.name, e.payload::text AS payload, ${unixMs('e.received_at')} AS received_at,
  e.delivered_at IS NOT NULL AS is_delivered
FROM ${given(1, ['tenant_id', 'event_id'])} CROSS JOIN LATERAL (
  SELECT * FROM inlay.events e WHERE e.tenant_id = g.tenant_id AND e.event_id = g.event_id OFFSET 0
) e
`

/**
 * What the waits for an event look at in its payload: the distinct paths, found one after the other so that the cost does
 * not grow with the number of waits. Events that nobody waits for are noted as delivered.
 * $1: positions, $2: tenants, $3: event ids. Returns `{n, match_path}`.
 */
export const WAITED_PATHS_SQL = `
WITH events AS MATERIALIZED (
  SELECT g.n::integer AS n, e.* FROM ${given(1, ['n', 'tenant_id', 'event_id'])} CROSS JOIN LATERAL (
    SELECT * FROM inlay.events e WHERE e.tenant_id = g.tenant_id AND e.event_id = g.event_id AND e.delivered_at IS NULL OFFSET 0
  ) e
), waited AS MATERIALIZED (
  SELECT e.n, p.match_path FROM events e CROSS JOIN LATERAL (
    WITH RECURSIVE paths AS (
      (SELECT w.match_path FROM inlay.waits w
        WHERE w.tenant_id = e.tenant_id AND w.customer_id = e.customer_id AND w.event_name = e.name AND w.kind = 'event'
          AND w.answered_at IS NULL ORDER BY w.match_path LIMIT 1)
      UNION ALL
      SELECT (SELECT w.match_path FROM inlay.waits w
        WHERE w.tenant_id = e.tenant_id AND w.customer_id = e.customer_id AND w.event_name = e.name AND w.kind = 'event'
          AND w.answered_at IS NULL AND w.match_path > paths.match_path ORDER BY w.match_path LIMIT 1)
      FROM paths WHERE paths.match_path IS NOT NULL
    )
    SELECT match_path FROM paths WHERE match_path IS NOT NULL
  ) p
), delivered AS (
  INSERT INTO inlay.events (tenant_id, event_id, customer_id, name, payload)
  SELECT tenant_id, event_id, customer_id, name, payload FROM events WHERE n NOT IN (SELECT n FROM waited)
  ORDER BY 1, 2
  ON CONFLICT (tenant_id, event_id) DO UPDATE SET delivered_at = clock_timestamp()
)
SELECT n, match_path FROM waited
`

/**
 * Waits that an event may satisfy, a page in the order of their addresses. $1: tenant, $2: event id, $3: path, $4: key,
 * $5 to $7: run id, step path and iteration after which to begin, $8: limit.
 * Returns `{run_id, tenant_id, step_path, iteration, opened_us, match, is_eligible}`; runs that have ended, are younger than
 * the event, or were given it are not eligible.
 */
export const WAITING_SQL = `
SELECT w.run_id, w.tenant_id, w.step_path, w.iteration, w.match::text AS match,
  r.id IS NOT NULL AND earlier.event_id IS NULL AS is_eligible,
  (extract(epoch FROM w.opened_at) * 1000000)::bigint::text AS opened_us
FROM (
  SELECT * FROM inlay.events e WHERE e.tenant_id = $1 AND e.event_id = $2 OFFSET 0
) e CROSS JOIN LATERAL (
  SELECT * FROM inlay.waits w
  WHERE w.tenant_id = e.tenant_id AND w.customer_id = e.customer_id AND w.event_name = e.name AND w.kind = 'event'
    AND w.answered_at IS NULL AND w.match_path = $3 AND w.match_key = $4
    AND w.run_id >= $5 AND (w.run_id, w.step_path, w.iteration) > ($5, $6, $7)
  ORDER BY w.run_id, w.step_path, w.iteration LIMIT $8::integer
) w LEFT JOIN LATERAL (
  SELECT r.id FROM inlay.runs r
  WHERE r.id = w.run_id AND r.tenant_id = w.tenant_id AND r.created_at <= e.received_at AND NOT ${HAS_ENDED} OFFSET 0
) r ON true LEFT JOIN LATERAL (
  SELECT x.event_id FROM inlay.given_events x
  WHERE x.run_id = w.run_id AND x.tenant_id = w.tenant_id AND x.event_id = e.event_id OFFSET 0
) earlier ON true
ORDER BY w.run_id, w.step_path, w.iteration
`

/** Notes an event as delivered. $1: tenant, $2: event id. */
export const DELIVERED_SQL = `
UPDATE inlay.events SET delivered_at = clock_timestamp() WHERE tenant_id = $1 AND event_id = $2
`

/** Removes delivered events. $1: older than this many milliseconds, $2: how many at most. Returns `{event_id}`. */
export const PRUNE_EVENTS_SQL = `
DELETE FROM inlay.events WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM inlay.events
  WHERE received_at < now() - $1::float8 * interval '1 millisecond' AND delivered_at IS NOT NULL LIMIT $2::integer
)) RETURNING event_id
`
