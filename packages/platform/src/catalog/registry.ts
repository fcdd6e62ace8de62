import type { Connector, ConnectorRegistry } from '@inlay/engine'

/** How a connector is found without loading it. */
export interface ConnectorEntry {
  readonly id: string
  readonly version: string
  /** A dynamic import of the connector's package. */
  load(): Promise<{ readonly connector: Connector }>
}

/** A registry that loads a connector when it is first asked for, and then keeps it. */
export function createConnectorRegistry(manifest: readonly ConnectorEntry[]): ConnectorRegistry {
  const loaded = new Map<string, Promise<Connector>>()
  const newestFirst = [...manifest].sort((a, b) => compareVersions(b.version, a.version))
  return {
    list: () => manifest.map(({ id, version }) => ({ id, version })),
    load: async (id, version) => {
      const entry = newestFirst.find(
        (candidate) => candidate.id === id && (version === undefined || candidate.version === version),
      )
      if (entry === undefined) return undefined
      const key = `${entry.id}@${entry.version}`
      const loading = loaded.get(key) ?? entry.load().then(({ connector }) => connector)
      loaded.set(key, loading)
      // An import that failed once, for want of memory or file handles, may work the next time.
      loading.catch(() => loaded.delete(key))
      return loading
    },
  }
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
