/** How much a tenant uses a connector: counted from what is there, over a bounded number of runs. */
import type { TenantScope } from '@inlay/engine'
import { z } from 'zod'
import type { Database } from '../database/index.js'

/** Newer runs count first; who has more in the period is told that these are not all. */
const MOST_RUNS = 5000
/** Runs of all workflows among which they are found. */
const MOST_LOOKED_AT = 50_000
const DAY_MS = 86_400_000

export const connectorUsageSchema = z.object({
  connector: z.string(),
  since: z.string().meta({ format: 'date-time' }),
  connections: z.number(),
  /** Newest use first. */
  versions: z.array(
    z.object({
      version: z.string(),
      /** Workflows whose published version uses it. */
      workflows: z.number(),
      /** Runs of the period, test runs left out, of versions that use it. */
      runs: z.number(),
      /** Action steps of these runs, and how many of them have failed. */
      steps: z.number(),
      failedSteps: z.number(),
    }),
  ),
  /** False when there were more runs than are counted: `runs` and `steps` are of the newest ones. */
  isComplete: z.boolean(),
})
/** How much a tenant uses a connector. */
export type ConnectorUsage = z.infer<typeof connectorUsageSchema>

/** What is counted, from when on. */
export interface UsageQuery {
  readonly connector: string
  readonly days: number
  /** Unix milliseconds. */
  readonly now: number
}

interface VersionRow {
  readonly version: string
  readonly workflows: number
  readonly runs: number
  readonly steps: number
  readonly failed_steps: number
  readonly counted: number
  readonly looked_at: number
}

/** Counts within the scope: a customer's own use when it names one. */
export function connectorUsage(
  database: Database,
  scope: TenantScope,
  { connector, days, now }: UsageQuery,
): Promise<ConnectorUsage> {
  const { tenantId } = scope
  const since = now - days * DAY_MS
  // Ids of runs begin with their time, so that a bound on ids is one on times.
  const firstRun = `run_${Math.trunc(since).toString(16).padStart(12, '0')}`
  return database.withTenant(scope, async (sql) => {
    const [connections] = await sql<{ count: number }[]>`
      SELECT count(*)::int AS count FROM inlay.connections WHERE tenant_id = ${tenantId} AND connector = ${connector}`
    const rows = await sql<VersionRow[]>`
      WITH uses AS MATERIALIZED (
        SELECT version_id, workflow_id, connector_version, step_ids FROM inlay.connector_uses
        WHERE tenant_id = ${tenantId} AND connector = ${connector}),
      looked_at AS MATERIALIZED (
        SELECT id, version_id, mode FROM inlay.runs WHERE tenant_id = ${tenantId} AND id >= ${firstRun}
        ORDER BY id DESC LIMIT ${MOST_LOOKED_AT}),
      recent AS MATERIALIZED (
        SELECT id, version_id FROM looked_at
        WHERE mode = 'live' AND version_id IN (SELECT version_id FROM uses) ORDER BY id DESC LIMIT ${MOST_RUNS}),
      ran AS (
        SELECT u.connector_version, count(*)::int AS runs FROM recent r JOIN uses u USING (version_id) GROUP BY 1),
      stepped AS (
        SELECT connector_version, count(*)::int AS steps, (count(*) FILTER (WHERE has_failed))::int AS failed_steps FROM (
          SELECT u.connector_version, bool_or(j.status = 'failed') AS has_failed
          FROM recent r JOIN uses u USING (version_id)
          JOIN inlay.journal j ON j.run_id = r.id AND j.tenant_id = ${tenantId}
          WHERE split_part(j.step_path, '/', -1) = ANY (u.step_ids)
          GROUP BY u.connector_version, j.run_id, j.step_path, j.iteration) step
        GROUP BY 1),
      published AS (
        SELECT u.connector_version, count(DISTINCT w.id)::int AS workflows FROM uses u
        JOIN inlay.workflows w ON w.tenant_id = ${tenantId} AND w.id = u.workflow_id AND w.published_version_id = u.version_id
        GROUP BY 1)
      SELECT v.connector_version AS version, coalesce(p.workflows, 0) AS workflows, coalesce(n.runs, 0) AS runs,
        coalesce(s.steps, 0) AS steps, coalesce(s.failed_steps, 0) AS failed_steps,
        (SELECT count(*)::int FROM recent) AS counted, (SELECT count(*)::int FROM looked_at) AS looked_at
      FROM (SELECT connector_version, max(version_id) AS last FROM uses GROUP BY 1) v
      LEFT JOIN published p USING (connector_version) LEFT JOIN ran n USING (connector_version)
      LEFT JOIN stepped s USING (connector_version) ORDER BY v.last DESC`
    return {
      connector,
      since: new Date(since).toISOString(),
      connections: connections?.count ?? 0,
      versions: rows.map(({ version, workflows, runs, steps, failed_steps: failedSteps }) => {
        return { version, workflows, runs, steps, failedSteps }
      }),
      isComplete: rows.every(({ counted, looked_at }) => counted < MOST_RUNS && looked_at < MOST_LOOKED_AT),
    }
  })
}
