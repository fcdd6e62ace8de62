import type { TenantId, TenantScope } from '@inlay/engine'
import { type Database, isDuplicate, type ScopedSql } from '../database/index.js'
import type { FoundRecords } from './dns-look.js'

/** A claim of a name, or a domain in use. */
export interface DomainRow {
  readonly tenant_id: TenantId
  readonly id: string
  readonly name: string
  readonly token: string
  readonly status: 'pending' | 'verified' | 'failing'
  readonly failures: number
  readonly found: FoundRecords | null
  readonly checked_at: Date | null
  readonly verified_at: Date | null
  readonly created_at: Date
}

/** A domain in use, as all processes know it. */
export interface DomainInUse {
  readonly tenantId: TenantId
  readonly id: string
  readonly name: string
}

/** What a look has changed. */
export interface LookedAt {
  readonly status: DomainRow['status']
  readonly failures: number
  readonly found: FoundRecords
  /** Whether the next look that nobody asks for comes in a day; else it comes when it was due. */
  readonly isDaily: boolean
}

/** Domains in the database. */
export class DomainStore {
  constructor(private readonly database: Database) {}

  /** Runs queries as one tenant. */
  within<T>(scope: TenantScope, run: (sql: ScopedSql) => Promise<T>): Promise<T> {
    return this.database.withTenant(scope, run)
  }

  list(scope: TenantScope): Promise<DomainRow[]> {
    return this.within(
      scope,
      (sql) => sql<DomainRow[]>`SELECT ${columns(sql)} FROM inlay.tenant_domains
        WHERE tenant_id = ${scope.tenantId} ORDER BY verified_at NULLS LAST, id`,
    )
  }

  async find(scope: TenantScope, id: string): Promise<DomainRow | undefined> {
    const [row] = await this.within(
      scope,
      (sql) => sql<DomainRow[]>`SELECT ${columns(sql)} FROM inlay.tenant_domains
        WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
    return row
  }

  /** @returns how many there are with it; undefined when the tenant has claimed the name before */
  async insert(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    { id, name, token }: Pick<DomainRow, 'id' | 'name' | 'token'>,
  ): Promise<number | undefined> {
    const { count } = await sql`
      INSERT INTO inlay.tenant_domains (tenant_id, id, name, token) VALUES (${tenantId}, ${id}, ${name}, ${token})
      ON CONFLICT (tenant_id, name) DO NOTHING`
    if (count === 0) return undefined
    const [row] = await sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM inlay.tenant_domains WHERE tenant_id = ${tenantId}`
    return row?.n
  }

  /** @returns false when it is not there any more, or another tenant has the name meanwhile */
  async setLookedAt(
    sql: ScopedSql,
    { tenant_id: tenantId, id }: Pick<DomainRow, 'tenant_id' | 'id'>,
    { status, failures, found, isDaily }: LookedAt,
  ): Promise<boolean> {
    const isInUse = status !== 'pending'
    try {
      // A savepoint: the transaction goes on after a refusal.
      const { count } = await sql.savepoint(
        (inner) => inner`
        UPDATE inlay.tenant_domains SET status = ${status}, failures = ${failures}, found = ${inner.json(found as never)},
          checked_at = now(),
          verified_at = CASE WHEN ${isInUse} THEN coalesce(verified_at, now()) END,
          next_check_at = CASE WHEN ${isInUse} AND (${isDaily} OR next_check_at IS NULL) THEN now() + interval '1 day'
            WHEN ${isInUse} THEN next_check_at END
        WHERE tenant_id = ${tenantId} AND id = ${id}`,
      )
      return count > 0
    } catch (error) {
      if (isDuplicate(error)) return false
      throw error
    }
  }

  /** @returns the name; undefined when there is none */
  async delete(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<string | undefined> {
    const [row] = await sql<{ name: string }[]>`
      DELETE FROM inlay.tenant_domains WHERE tenant_id = ${tenantId} AND id = ${id} RETURNING name`
    return row?.name
  }

  /** Of all tenants, those that are in use for longest first. */
  inUse(): Promise<DomainInUse[]> {
    return this.database.engine<DomainInUse[]>`
      SELECT tenant_id AS "tenantId", id, name FROM inlay.tenant_domains
      WHERE status <> 'pending' ORDER BY verified_at, id`
  }

  /** Who has a name. */
  async holderOf(name: string): Promise<DomainInUse | undefined> {
    const [row] = await this.database.engine<DomainInUse[]>`
      SELECT tenant_id AS "tenantId", id, name FROM inlay.tenant_domains WHERE name = ${name} AND status <> 'pending'`
    return row
  }

  /** Of all tenants, those that are to be looked at again. */
  due(limit: number): Promise<DomainInUse[]> {
    return this.database.engine<DomainInUse[]>`
      SELECT tenant_id AS "tenantId", id, name FROM inlay.tenant_domains
      WHERE status <> 'pending' AND next_check_at <= now() ORDER BY next_check_at LIMIT ${limit}`
  }
}

function columns(sql: ScopedSql) {
  return sql`tenant_id, id, name, token, status, failures, found, checked_at, verified_at, created_at`
}
