import { setTimeout as delay } from 'node:timers/promises'
import {
  type CustomerId,
  newId,
  type RunId,
  type StartRun,
  type TenantId,
  type VersionId,
  type WorkflowId,
} from '@inlay/engine'
import { ARRAY_TYPES, createPostgresJournal, migrate } from '@inlay/engine/postgres'
import postgres from 'postgres'
import { type Effects, startEffects } from './effects.js'
import { type Host, type HostOptions, killHosts, startHost } from './hosts.js'

const PATIENCE_MS = 60_000
const scope = { tenantId: 'ten_fault' as TenantId, customerId: 'cus_fault' as CustomerId }

/** A database of its own, the outside, and processes to strike. */
export interface FaultWorld {
  readonly databaseUrl: string
  readonly sql: postgres.Sql
  readonly effects: Effects
  readonly scope: typeof scope
  host(options?: Partial<HostOptions>): Promise<Host>
  /** Records runs that no process knows of yet. */
  create(version: string, count: number): Promise<RunId[]>
  /** What a host starts a run with. */
  run(version: string): StartRun
  /** Resolves when all runs have ended. @throws Error that names those that have not */
  untilEnded(runIds: readonly RunId[]): Promise<void>
  until(isReached: () => boolean | Promise<boolean>, what: string): Promise<void>
  dispose(): Promise<void>
}

/** @param serverUrl a superuser's address */
export async function createFaultWorld(serverUrl: string): Promise<FaultWorld> {
  const name = `faults_${process.pid}_${Date.now()}_${Math.random().toString(36).slice(2, 8)}`
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} })
  await server.unsafe(`CREATE DATABASE ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const sql = postgres(url.href, { max: 4, onnotice: () => {}, fetch_types: false, types: ARRAY_TYPES })
  await migrate(sql)
  const journal = createPostgresJournal({ sql })
  const effects = await startEffects()
  const run = (version: string): StartRun => ({
    ...scope,
    workflowId: `wf_${version}` as WorkflowId,
    versionId: version as VersionId,
    mode: 'live',
    trigger: {},
  })
  const until: FaultWorld['until'] = async (isReached, what) => {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await delay(50)) if (await isReached()) return
    throw new Error(`This did not come to pass: ${what}`)
  }
  return {
    databaseUrl: url.href,
    sql,
    effects,
    scope,
    run,
    until,
    host: (options = {}) => startHost({ databaseUrl: url.href, effectsUrl: effects.url, ...options }),
    create: async (version, count) => {
      const runs = Array.from({ length: count }, () => ({ ...run(version), runId: newId<RunId>('run', Date.now()) }))
      return (await Promise.all(runs.map((one) => journal.create(one)))).map(({ runId }) => runId)
    },
    untilEnded: async (runIds) => {
      let open: readonly { id: string; status: string }[] = []
      const look = async (): Promise<boolean> => {
        // A database that restarts under the test is the test's doing.
        open = await sql<{ id: string; status: string }[]>`SELECT id, status FROM inlay.runs
          WHERE id IN ${sql([...runIds])} AND status NOT IN ('succeeded', 'failed', 'cancelled')`.catch(() => open)
        return open.length === 0
      }
      open = [{ id: 'not looked yet', status: '' }]
      await until(look, `all runs ended`).catch((error: unknown) => {
        throw new Error(`${String(error)} ${JSON.stringify(open.slice(0, 5))}`)
      })
    },
    dispose: async () => {
      effects.release()
      await killHosts()
      await effects.close()
      await sql.end({ timeout: 2 })
      await server.unsafe(`DROP DATABASE ${name} WITH (FORCE)`)
      await server.end()
    },
  }
}
