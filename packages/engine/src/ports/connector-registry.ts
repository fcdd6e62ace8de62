import type { Connector } from '../contracts/connector.js'
import type { TenantScope } from '../contracts/scope.js'

/** Finds connectors by id and version. Loads lazily: asking for one must not load the others. */
export interface ConnectorRegistry {
  /** Ids and versions that can be loaded, whoever asks. */
  list(): readonly { readonly id: string; readonly version: string }[]
  /**
   * Resolves to undefined when unknown.
   *
   * @param version exact version; the newest when absent
   * @param scope on whose behalf: tenants may have connectors of their own
   */
  load(id: string, version?: string, scope?: TenantScope): Promise<Connector | undefined>
}

/** The registry as one tenant sees it, for those who ask it many times. */
export function inScope(registry: ConnectorRegistry, scope: TenantScope): ConnectorRegistry {
  return { list: () => registry.list(), load: (id, version) => registry.load(id, version, scope) }
}
