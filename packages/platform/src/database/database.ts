import { createHash } from 'node:crypto'
import type { TenantScope } from '@inlay/engine'
import postgres from 'postgres'

/** A transaction that sees the rows of one scope. */
export type ScopedSql = postgres.TransactionSql

/**
 * The platform's way to PostgreSQL. All queries of the role `inlay_app` run in a transaction that says for whom; outside
 * of one, row security shows nothing.
 */
export interface Database {
  /** Runs queries as one tenant, and as one of its customers when the scope names one. */
  withTenant<T>(scope: TenantScope, run: (sql: ScopedSql) => Promise<T>): Promise<T>
  /** Runs queries that see only rows whose `lookup` is this hash: whose secret the caller has presented. */
  withLookup<T>(lookup: string, run: (sql: ScopedSql) => Promise<T>): Promise<T>
  /** The role of the engine: execution tables of all tenants. For the journal and the scheduler alone. */
  readonly engine: postgres.Sql
  /** Answers once both roles can be used. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly databaseUrl: string
  readonly engineDatabaseUrl: string
  /** Connections per role. @default 10 */
  readonly maxConnections?: number
}

/** Opens pools; connections are made when they are first needed. */
export function openDatabase({ databaseUrl, engineDatabaseUrl, maxConnections = 10 }: DatabaseOptions): Database {
  const options = { max: maxConnections, onnotice: () => {}, connection: { application_name: 'inlay' } }
  const app = postgres(databaseUrl, options)
  const engine = postgres(engineDatabaseUrl, options)
  return {
    engine,
    withTenant: (scope, run) => inTransaction(app, [scope.tenantId, scope.customerId ?? '', ''], run),
    withLookup: (lookup, run) => inTransaction(app, ['', '', lookup], run),
    ping: async () => {
      await Promise.all([app`SELECT 1`, engine`SELECT 1`])
    },
    close: async () => {
      await Promise.all([app.end({ timeout: 5 }), engine.end({ timeout: 5 })])
    },
  }
}

/** The settings last as long as the transaction: a pooled connection carries nothing over. */
async function inTransaction<T>(
  sql: postgres.Sql,
  [tenant, customer, lookup]: readonly [string, string, string],
  run: (sql: ScopedSql) => Promise<T>,
): Promise<T> {
  const result = await sql.begin(async (transaction) => {
    await transaction`SELECT set_config('inlay.tenant', ${tenant}, true),
      set_config('inlay.customer', ${customer}, true), set_config('inlay.lookup', ${lookup}, true)`
    return { value: await run(transaction) }
  })
  // `begin` unwraps promises in its result's type; the wrapper keeps ours as it is.
  return result.value as T
}

/** SHA-256 in hexadecimal: what is stored of a secret that must be found by itself. */
export function lookupOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
