import { type Connector, type ConnectorRegistry, StepError } from '@inlay/engine'
import { compareVersions, newestVersion } from './versions.js'

/** How a connector is found without loading it. */
export interface ConnectorEntry {
  readonly id: string
  readonly version: string
  /** A dynamic import of the connector's package: a module that exports `connector`. */
  load(): Promise<unknown>
}

/** An import that takes longer has something at its top level that never ends. */
const LOAD_TIMEOUT_MS = 30_000

/**
 * A registry that loads a connector when it is first asked for, and then keeps it. Versions stand side by side; who
 * names none gets the newest release.
 *
 * `load` throws a StepError `bug` for a connector that cannot be loaded: it says which, and concerns no other.
 */
export function createConnectorRegistry(manifest: readonly ConnectorEntry[]): ConnectorRegistry {
  const byId = new Map<string, ConnectorEntry[]>()
  for (const entry of manifest) byId.set(entry.id, [...(byId.get(entry.id) ?? []), entry])
  const newest = new Map([...byId].map(([id, entries]) => [id, newestVersion(entries.map(({ version }) => version))]))
  const loaded = new Map<string, Promise<Connector>>()
  return {
    list: () =>
      [...byId.values()].flatMap((entries) =>
        entries.toSorted((a, b) => compareVersions(b.version, a.version)).map(({ id, version }) => ({ id, version })),
      ),
    load: async (id, version = newest.get(id)) => {
      const entry = byId.get(id)?.find((candidate) => candidate.version === version)
      if (entry === undefined) return undefined
      const key = `${entry.id}@${entry.version}`
      const loading = loaded.get(key) ?? loadConnector(entry)
      loaded.set(key, loading)
      // An import that failed once, for want of memory or file handles, may work the next time.
      loading.catch(() => loaded.delete(key))
      return loading
    },
  }
}

async function loadConnector(entry: ConnectorEntry): Promise<Connector> {
  const { id, version } = entry
  const module = await importInTime(entry).catch((cause: unknown) => {
    throw cannotLoad(entry, 'Its package cannot be imported.', cause)
  })
  const connector = exportedConnector(module)
  if (connector === undefined) throw cannotLoad(entry, 'Its package exports no `connector`.')
  if (connector.id === id && connector.version === version) return connector
  throw cannotLoad(entry, `Its package holds ${connector.id} ${connector.version}: run \`pnpm generate\`.`)
}

async function importInTime({ load }: ConnectorEntry): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It did not load within ${LOAD_TIMEOUT_MS / 1000} s.`)), LOAD_TIMEOUT_MS)
  })
  try {
    return await Promise.race([load(), late])
  } finally {
    clearTimeout(timer)
  }
}

function exportedConnector(module: unknown): Connector | undefined {
  if (typeof module !== 'object' || module === null || !('connector' in module)) return undefined
  const { connector } = module
  // `defineConnector` has checked what packages export under this name.
  return typeof connector === 'object' && connector !== null ? (connector as Connector) : undefined
}

function cannotLoad({ id, version }: ConnectorEntry, why: string, cause?: unknown): StepError {
  return new StepError('bug', `The connector ${id} ${version} cannot be loaded`, {
    detail: `${why} This is a mistake in the deployment or in the connector; the operator's log says more.`,
    cause,
  })
}
