import { given, STEP_FIELDS, unixMs } from './fragments.sql.js'

const PLAIN_COLUMNS = [
  'id',
  'tenant_id',
  'customer_id',
  'workflow_id',
  'version_id',
  'mode',
  'key',
  'owner',
  'lease_ms',
  'trigger',
] as const

const FULL_COLUMNS = [
  ...PLAIN_COLUMNS,
  'parent_run_id',
  'parent_step_path',
  'parent_iteration',
  'origin',
  'priority',
  'delay_ms',
  'slot_key',
  'slot_limit',
  'admission',
  'error',
] as const

/** Steps that a fork takes over. */
export const COPIED_STEP_COLUMNS = ['run_id', 'tenant_id', 'customer_id', 'seq', ...STEP_FIELDS] as const

const KEYED = `
  INSERT INTO inlay.run_keys (tenant_id, workflow_id, key, run_id)
  SELECT tenant_id, workflow_id, key, id FROM given WHERE key IS NOT NULL ORDER BY 1, 2, 3
  ON CONFLICT DO NOTHING
  RETURNING run_id`

const TRIGGERED = `
  INSERT INTO inlay.journal (run_id, tenant_id, customer_id, epoch, seq, at, step_path, iteration, type, status, attempt,
    input, started_at)
  SELECT id, tenant_id, customer_id, 0, 0, now.ms, '', '', 'trigger', 'succeeded', 1, trigger, now.ms
  FROM given, (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms) now
  WHERE (id IN (SELECT id FROM created)) IS TRUE`

const CREATED = `SELECT id, ${unixMs('created_at')} AS created_at FROM created`

/** A statement that records new runs, and the columns of its parameters. */
export interface CreateStatement {
  readonly sql: string
  readonly columns: readonly string[]
}

/**
 * Records new runs, their triggers and their deduplication keys.
 * Parameters: its columns, an id at most once; with an `owner` the run begins claimed by it.
 * Returns `{id, created_at}` of the runs that were recorded; the others existed, or their keys were taken.
 */
export const CREATE_PLAIN: CreateStatement = {
  columns: PLAIN_COLUMNS,
  sql: `
WITH given AS MATERIALIZED (
  SELECT g.id, g.tenant_id, g.customer_id, g.workflow_id, g.version_id, g.mode, g.key, g.owner,
    g.lease_ms::float8 * interval '1 millisecond' AS lease, g.trigger::json AS trigger
  FROM ${given(1, PLAIN_COLUMNS)}
), keyed AS (${KEYED}
), created AS (
  INSERT INTO inlay.runs (id, tenant_id, customer_id, workflow_id, version_id, mode, status, epoch, lease_owner,
    lease_until, started_at, due_at)
  SELECT id, tenant_id, customer_id, workflow_id, version_id, mode,
    CASE WHEN owner IS NULL THEN 'pending' ELSE 'running' END, (owner IS NOT NULL)::integer, owner,
    clock_timestamp() + lease, CASE WHEN owner IS NOT NULL THEN clock_timestamp() END,
    clock_timestamp() + coalesce(lease, interval '5 seconds')
  FROM given WHERE key IS NULL OR id IN (SELECT run_id FROM keyed)
  ON CONFLICT DO NOTHING
  RETURNING id, created_at
), triggered AS (${TRIGGERED}
)
${CREATED}
`,
}

/**
 * As `CREATE_PLAIN`, for runs with a parent, an origin, a priority, a delay or a slot; then `COPIED_STEP_COLUMNS`.
 * An absent `admission` means admitted; other runs do not begin claimed. `error` says why a run is skipped.
 */
export const CREATE_FULL: CreateStatement = {
  columns: FULL_COLUMNS,
  sql: `
WITH given AS MATERIALIZED (
  SELECT g.id, g.tenant_id, g.customer_id, g.workflow_id, g.version_id, g.mode, g.key, g.trigger::json AS trigger,
    CASE WHEN g.admission IS NULL THEN g.owner END AS owner, g.lease_ms::float8 * interval '1 millisecond' AS lease,
    g.parent_run_id, g.parent_step_path, g.parent_iteration, g.origin, coalesce(g.priority::smallint, 0) AS priority,
    clock_timestamp() + g.delay_ms::float8 * interval '1 millisecond' AS wake_at,
    g.slot_key, g.slot_limit::integer AS slot_limit, coalesce(g.admission, 'admitted') AS admission, g.error::json AS error
  FROM ${given(1, FULL_COLUMNS)}
), keyed AS (${KEYED}
), created AS (
  INSERT INTO inlay.runs (id, tenant_id, customer_id, workflow_id, version_id, mode, status, epoch, lease_owner,
    lease_until, started_at, finished_at, wake_at, due_at, parent_run_id, parent_step_path, parent_iteration, origin_run_id,
    priority, slot_key, slot_limit, has_duties, error)
  SELECT id, tenant_id, customer_id, workflow_id, version_id, mode,
    CASE WHEN admission = 'skipped' THEN 'cancelled' WHEN owner IS NULL THEN 'pending' ELSE 'running' END,
    (owner IS NOT NULL)::integer, owner,
    CASE WHEN owner IS NOT NULL THEN clock_timestamp() + lease END,
    CASE WHEN owner IS NOT NULL THEN clock_timestamp() END,
    CASE WHEN admission = 'skipped' THEN clock_timestamp() END,
    CASE WHEN admission <> 'skipped' THEN wake_at END,
    CASE
      WHEN admission = 'queued' OR admission = 'skipped' AND parent_run_id IS NULL THEN NULL
      WHEN admission = 'delayed' THEN wake_at
      WHEN owner IS NOT NULL THEN clock_timestamp() + lease
      ELSE clock_timestamp() + interval '5 seconds'
    END,
    parent_run_id, parent_step_path, parent_iteration, origin, priority, slot_key, slot_limit,
    parent_run_id IS NOT NULL OR slot_key IS NOT NULL AND admission <> 'skipped', error
  FROM given WHERE key IS NULL OR id IN (SELECT run_id FROM keyed)
  ON CONFLICT DO NOTHING
  RETURNING id, created_at
), triggered AS (${TRIGGERED}
), copied AS (
  INSERT INTO inlay.journal (run_id, tenant_id, customer_id, epoch, seq, at, step_path, iteration, type, status, attempt,
    input, output, error, started_at, finished_at, wake_at)
  SELECT g.run_id, g.tenant_id, g.customer_id, 0, g.seq::integer, (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
    g.step_path, g.iteration, g.type, g.status, g.attempt::integer, g.input::json, g.output::json, g.error::json,
    g.started_at::bigint, g.finished_at::bigint, g.wake_at::bigint
  FROM ${given(FULL_COLUMNS.length + 1, COPIED_STEP_COLUMNS)}
  WHERE (g.run_id IN (SELECT id FROM created)) IS TRUE
)
${CREATED}
`,
}

export const FIND_COLUMNS = ['n', 'id', 'tenant_id', 'workflow_id', 'key'] as const

/**
 * Finds the runs that stood in the way of new ones: by deduplication key, else by id.
 * $1 to $5: `FIND_COLUMNS`. Returns `{n, id, created_at, epoch, lease_owner, admission}`; a run that was removed meanwhile
 * has no epoch.
 */
export const FIND_SQL = `
SELECT g.n::integer AS n, coalesce(k.run_id, g.id) AS id, ${unixMs('coalesce(r.created_at, k.created_at)')} AS created_at,
  r.epoch, r.lease_owner,
  CASE
    WHEN r.status = 'cancelled' AND r.started_at IS NULL AND r.error IS NOT NULL THEN 'skipped'
    WHEN r.status = 'pending' AND r.due_at IS NULL THEN 'queued'
    WHEN r.status = 'pending' AND r.wake_at > clock_timestamp() THEN 'delayed'
    ELSE 'admitted'
  END AS admission
FROM ${given(1, FIND_COLUMNS)}
LEFT JOIN LATERAL (
  SELECT run_id, created_at FROM inlay.run_keys k
  WHERE k.tenant_id = g.tenant_id AND k.workflow_id = g.workflow_id AND k.key = g.key OFFSET 0
) k ON true
LEFT JOIN LATERAL (
  SELECT created_at, epoch, lease_owner, status, started_at, error, due_at, wake_at FROM inlay.runs r
  WHERE r.id = coalesce(k.run_id, g.id) AND r.tenant_id = g.tenant_id OFFSET 0
) r ON true
`
