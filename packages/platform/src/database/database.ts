import { createHash } from 'node:crypto'
import type { TenantId, TenantScope } from '@inlay/engine'
import { ARRAY_TYPES } from '@inlay/engine/postgres'
import postgres from 'postgres'
import { assertMigrated, assertPowerless, assertRowSecurity } from './setup-checks.js'

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
  /** Resolves once both roles can be used. */
  ping(): Promise<void>
  /** Refuses a database that is behind the code or whose roles could see around row security. @throws DatabaseSetupError */
  assertReady(): Promise<void>
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
  const options = {
    max: maxConnections,
    onnotice: () => {},
    connection: { application_name: 'inlay' },
    fetch_types: false,
    types: ARRAY_TYPES,
  }
  const app = postgres(databaseUrl, options)
  const engine = postgres(engineDatabaseUrl, options)
  return {
    engine,
    withTenant: (scope, run) => inTransaction(app, [scope.tenantId, scope.customerId ?? '', ''], run),
    withLookup: (lookup, run) => inTransaction(app, ['', '', lookup], run),
    ping: async () => {
      await Promise.all([app`SELECT 1`, engine`SELECT 1`])
    },
    assertReady: async () => {
      await assertMigrated(app)
      await Promise.all([assertPowerless(app), assertPowerless(engine)])
      await assertRowSecurity(app)
    },
    close: async () => {
      await Promise.all([app.end({ timeout: 5 }), engine.end({ timeout: 5 })])
    },
  }
}

type Settings = readonly [tenant: string, customer: string, lookup: string]

/** The settings last as long as the transaction: a pooled connection carries nothing over. */
async function inTransaction<T>(
  sql: postgres.Sql,
  [tenant, customer, lookup]: Settings,
  run: (sql: ScopedSql) => Promise<T>,
): Promise<T> {
  const result = await sql.begin(async (transaction) => {
    // Sent without waiting for the answer: the connection keeps the order, and a failure fails the transaction.
    const settings = transaction`SELECT set_config('inlay.tenant', ${tenant}, true),
      set_config('inlay.customer', ${customer}, true), set_config('inlay.lookup', ${lookup}, true)`.execute()
    const [, value] = await Promise.all([settings, run(transaction)])
    return { value }
  })
  // `begin` unwraps promises in its result's type; the wrapper keeps ours as it is.
  return result.value as T
}

/** Goes on as the tenant that a row found by its lookup belongs to, in the same transaction. */
export async function narrowToTenant(sql: ScopedSql, tenantId: TenantId): Promise<void> {
  await sql`SELECT set_config('inlay.tenant', ${tenantId}, true)`
}

/** SHA-256 in hexadecimal: what is stored of a secret that must be found by itself. */
export function lookupOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
