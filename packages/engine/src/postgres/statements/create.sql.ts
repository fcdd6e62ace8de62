import { given, unixMs } from './fragments.sql.js'

export const CREATE_COLUMNS = [
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

/**
 * Records new runs, their triggers and their deduplication keys.
 * $1 to $10: `CREATE_COLUMNS`, an id at most once; with an `owner` the run begins claimed by it.
 * Returns `{id, created_at}` of the runs that were recorded; the others existed, or their keys were taken.
 */
export const CREATE_SQL = `
WITH given AS MATERIALIZED (
  SELECT g.id, g.tenant_id, g.customer_id, g.workflow_id, g.version_id, g.mode, g.key, g.owner,
    g.lease_ms::float8 * interval '1 millisecond' AS lease, g.trigger::json AS trigger
  FROM ${given(1, CREATE_COLUMNS)}
), keyed AS (
  INSERT INTO inlay.run_keys (tenant_id, workflow_id, key, run_id)
  SELECT tenant_id, workflow_id, key, id FROM given WHERE key IS NOT NULL ORDER BY 1, 2, 3
  ON CONFLICT DO NOTHING
  RETURNING run_id
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
), triggered AS (
  INSERT INTO inlay.journal (run_id, tenant_id, customer_id, step_path, iteration, type, status, attempt, epoch, input,
    started_at)
  SELECT id, tenant_id, customer_id, '', '', 'trigger', 'succeeded', 1, 0, trigger,
    (extract(epoch FROM clock_timestamp()) * 1000)::bigint
  FROM given WHERE (id IN (SELECT id FROM created)) IS TRUE
)
SELECT id, ${unixMs('created_at')} AS created_at FROM created
`

export const FIND_COLUMNS = ['n', 'id', 'tenant_id', 'workflow_id', 'key'] as const

/**
 * Finds the runs that stood in the way of new ones: by deduplication key, else by id.
 * $1 to $5: `FIND_COLUMNS`. Returns `{n, id, created_at, epoch, lease_owner}`; a run that was removed meanwhile has no epoch.
 */
export const FIND_SQL = `
SELECT g.n::integer AS n, coalesce(k.run_id, g.id) AS id, ${unixMs('coalesce(r.created_at, k.created_at)')} AS created_at,
  r.epoch, r.lease_owner
FROM ${given(1, FIND_COLUMNS)}
LEFT JOIN LATERAL (
  SELECT run_id, created_at FROM inlay.run_keys k
  WHERE k.tenant_id = g.tenant_id AND k.workflow_id = g.workflow_id AND k.key = g.key OFFSET 0
) k ON true
LEFT JOIN LATERAL (
  SELECT created_at, epoch, lease_owner FROM inlay.runs r
  WHERE r.id = coalesce(k.run_id, g.id) AND r.tenant_id = g.tenant_id OFFSET 0
) r ON true
`
