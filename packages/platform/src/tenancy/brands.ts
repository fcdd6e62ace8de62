import type { TenantScope } from '@inlay/engine'
import type { Database } from '../database/index.js'
import { type Brand, brandSchema, NEUTRAL_BRAND } from './brand-schema.js'

/** How tenants look and speak wherever their customers meet them. */
export interface BrandsService {
  /** Neutral when the tenant has set nothing. */
  getBrand(scope: TenantScope): Promise<Brand>
  /** Puts a brand in place of the one before. */
  setBrand(scope: TenantScope, brand: Brand): Promise<Brand>
}

/** What a tenant's customers know its product by. */
export function productNameOf(tenant: { readonly name: string }, { productName }: Pick<Brand, 'productName'>): string {
  return productName ?? tenant.name
}

export function createBrandsService(database: Database): BrandsService {
  return {
    getBrand: (scope) =>
      database.withTenant(scope, async (sql) => {
        const [row] = await sql<{ brand: unknown }[]>`
          SELECT brand FROM inlay.tenant_brands WHERE tenant_id = ${scope.tenantId}`
        // What an older release has stored may lack what is new; what it has that is gone must not take pages down.
        const read = brandSchema.safeParse(row?.brand ?? {})
        return read.success ? read.data : NEUTRAL_BRAND
      }),
    setBrand: (scope, brand) =>
      database.withTenant(scope, async (sql) => {
        await sql`
          INSERT INTO inlay.tenant_brands (tenant_id, brand) VALUES (${scope.tenantId}, ${sql.json(brand as never)})
          ON CONFLICT (tenant_id) DO UPDATE SET brand = EXCLUDED.brand, updated_at = now()`
        return brand
      }),
  }
}
