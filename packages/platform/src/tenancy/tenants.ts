import { newId, type TenantId, type TenantScope, UserError } from '@inlay/engine'
import { type Database, isDuplicate, lookupOf, type ScopedSql } from '../database/index.js'
import type { Tenant } from './schema.js'

export interface NewTenant {
  readonly name: string
  /** Unique in the deployment. */
  readonly slug: string
  readonly allowedOrigins: readonly string[]
}

export interface TenantChanges {
  readonly name?: string | undefined
  readonly allowedOrigins?: readonly string[] | undefined
}

/** Tenants: the vendors who offer automations in their products. */
export interface TenantsService {
  createTenant(tenant: NewTenant): Promise<TenantId>
  /** @throws UserError `tenant.not_found` */
  getTenant(scope: TenantScope): Promise<Tenant>
  updateTenant(scope: TenantScope, changes: TenantChanges): Promise<Tenant>
  /** Whether any tenant lets pages of this origin show its widget. Which tenant's data a page gets is its token's matter. */
  isAllowedOrigin(origin: string): Promise<boolean>
}

export function createTenantsService(database: Database): TenantsService {
  return {
    createTenant: async ({ name, slug, allowedOrigins }) => {
      const tenantId = newId<TenantId>('ten', Date.now())
      await database
        .withTenant({ tenantId }, async (sql) => {
          await sql`INSERT INTO inlay.tenants (tenant_id, name, slug) VALUES (${tenantId}, ${name}, ${slug})`
          await replaceOrigins(sql, tenantId, allowedOrigins)
        })
        .catch((error: unknown) => {
          if (!isDuplicate(error)) throw error
          throw new UserError('conflict', 'tenant.slug_taken', `The short name "${slug}" is taken.`, { cause: error })
        })
      return tenantId
    },
    getTenant: (scope) => database.withTenant(scope, (sql) => readTenant(sql, scope)),
    updateTenant: (scope, { name, allowedOrigins }) =>
      database.withTenant(scope, async (sql) => {
        if (name !== undefined) {
          await sql`UPDATE inlay.tenants SET name = ${name} WHERE tenant_id = ${scope.tenantId}`
        }
        if (allowedOrigins !== undefined) await replaceOrigins(sql, scope.tenantId, allowedOrigins)
        return readTenant(sql, scope)
      }),
    isAllowedOrigin: (origin) => {
      const lookup = lookupOf(origin)
      return database.withLookup(lookup, async (sql) => {
        const rows = await sql`SELECT 1 FROM inlay.tenant_origins WHERE lookup = ${lookup} LIMIT 1`
        return rows.length > 0
      })
    },
  }
}

async function readTenant(sql: ScopedSql, { tenantId }: TenantScope): Promise<Tenant> {
  const [row] = await sql<{ name: string; slug: string; origins: string[] }[]>`
    SELECT name, slug, ARRAY(
      SELECT origin FROM inlay.tenant_origins o WHERE o.tenant_id = t.tenant_id ORDER BY origin) AS origins
    FROM inlay.tenants t WHERE tenant_id = ${tenantId}`
  if (row === undefined) throw new UserError('not_found', 'tenant.not_found', `There is no tenant ${tenantId}.`)
  return { id: tenantId, name: row.name, slug: row.slug, allowedOrigins: row.origins }
}

async function replaceOrigins(sql: ScopedSql, tenantId: TenantId, origins: readonly string[]): Promise<void> {
  await sql`DELETE FROM inlay.tenant_origins WHERE tenant_id = ${tenantId}`
  for (const origin of new Set(origins)) {
    await sql`INSERT INTO inlay.tenant_origins (tenant_id, origin, lookup)
      VALUES (${tenantId}, ${origin}, ${lookupOf(origin)})`
  }
}
