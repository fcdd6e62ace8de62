import type { Connector } from '../contracts/connector.js'
import type { ConnectorRegistry } from '../ports/connector-registry.js'

/** A registry over connectors that are loaded already; of several versions the last one given is the newest. */
export function createMemoryConnectors(connectors: readonly Connector[]): ConnectorRegistry {
  return {
    list: () => connectors.map(({ id, version }) => ({ id, version })),
    load: async (id, version) =>
      connectors.findLast(
        (connector) => connector.id === id && (version === undefined || connector.version === version),
      ),
  }
}
