import type { Connector } from '../contracts/connector.js'

/** Finds connectors by id and version. Loads lazily: asking for one must not load the others. */
export interface ConnectorRegistry {
  /** Ids and versions that can be loaded. */
  list(): readonly { readonly id: string; readonly version: string }[]
  /** @param version exact version; the newest when absent. Resolves to undefined when unknown. */
  load(id: string, version?: string): Promise<Connector | undefined>
}
