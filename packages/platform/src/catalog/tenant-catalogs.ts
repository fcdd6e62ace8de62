import type { TenantScope } from '@inlay/engine'
import type { TenantCatalog } from './settings.js'
import type { CatalogSettingsStore } from './settings-store.js'

/** How long other processes go by what they have read. */
const KEPT_MS = 5000
const MOST_KEPT = 1000

/** What tenants make of connectors, kept for seconds: every call of a connector asks. */
export interface TenantCatalogs {
  of(scope: TenantScope): Promise<TenantCatalog>
  /** After a change by this process; others notice it within 5 seconds. */
  forget(scope: TenantScope): void
}

/** @param now milliseconds, of any clock that goes forward */
export function createTenantCatalogs(
  store: CatalogSettingsStore,
  now: () => number = () => performance.now(),
): TenantCatalogs {
  const kept = new Map<string, { readonly catalog: Promise<TenantCatalog>; readonly until: number }>()
  return {
    of: ({ tenantId }) => {
      const known = kept.get(tenantId)
      if (known !== undefined && known.until > now()) return known.catalog
      // Settings are the tenant's: what is read for one of its customers holds for all.
      const catalog = store.read({ tenantId })
      kept.delete(tenantId)
      kept.set(tenantId, { catalog, until: now() + KEPT_MS })
      catalog.catch(() => kept.delete(tenantId))
      const [oldest] = kept.keys()
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
      return catalog
    },
    forget: ({ tenantId }) => void kept.delete(tenantId),
  }
}
