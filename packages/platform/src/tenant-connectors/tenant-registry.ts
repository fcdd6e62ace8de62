import type { Connector, ConnectorRegistry, TenantScope } from '@inlay/engine'
import { newestVersion } from '../catalog/index.js'
import { type ConnectorMakerDeps, makeConnector } from './connector-maker.js'
import type { TenantConnectorStore, VersionRow } from './store.js'

/** How long a process goes by what it knows of a tenant's connectors, in milliseconds. */
const KEEP_MS = 10_000
const MAX_KEPT = 1000

interface Kept<T> {
  readonly value: Promise<T>
  readonly until: number
}

/** The deployment's connectors, and those of each tenant's own. */
export interface TenantRegistry extends ConnectorRegistry {
  /** The tenant's own versions alone. */
  listOwn(scope: TenantScope): Promise<readonly VersionRow[]>
  /** Something about a tenant's connectors has changed in this process. */
  forget(tenantId: string): void
}

/**
 * Finds connectors of the deployment first: no tenant can put another one in their place. What a tenant's own are is read
 * from the database, and kept for seconds.
 */
export function createTenantRegistry(
  deps: ConnectorMakerDeps & { readonly shared: ConnectorRegistry; readonly store: TenantConnectorStore },
): TenantRegistry {
  const { shared, store } = deps
  const sharedIds = new Set(shared.list().map(({ id }) => id))
  const lists = new Map<string, Kept<readonly VersionRow[]>>()
  const made = new Map<string, Kept<Connector | undefined>>()
  const listOwn = ({ tenantId }: TenantScope): Promise<readonly VersionRow[]> =>
    kept(lists, tenantId, () => store.within({ tenantId }, (sql) => store.versions(sql, { tenantId })))
  const loadOwn = async (scope: TenantScope, id: string, version: string | undefined) => {
    const { tenantId } = scope
    const known = (await listOwn(scope)).filter(({ connector }) => connector === id).map((row) => row.version)
    const wanted = version ?? newestVersion(known)
    if (wanted === undefined || !known.includes(wanted)) return undefined
    return kept(made, `${tenantId}/${id}@${wanted}`, async () => {
      const find = { connector: id, version: wanted }
      const row = await store.within({ tenantId }, (sql) => store.definition(sql, { tenantId }, find))
      return row === undefined ? undefined : makeConnector(deps, { tenantId }, row)
    })
  }
  return {
    list: shared.list,
    listOwn,
    load: async (id, version, scope) => {
      if (sharedIds.has(id)) return shared.load(id, version)
      return scope === undefined ? undefined : loadOwn(scope, id, version)
    },
    forget: (tenantId) => {
      lists.delete(tenantId)
      for (const key of made.keys()) if (key.startsWith(`${tenantId}/`)) made.delete(key)
    },
  }
}

function kept<T>(map: Map<string, Kept<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const known = map.get(key)
  if (known !== undefined && known.until > Date.now()) return known.value
  const value = read()
  map.delete(key)
  map.set(key, { value, until: Date.now() + KEEP_MS })
  // A read that failed once may work the next time.
  value.catch(() => map.delete(key))
  const [oldest] = map.keys()
  if (map.size > MAX_KEPT && oldest !== undefined) map.delete(oldest)
  return value
}
