/** Where the catalog learns what connectors show of themselves. */
import { readFile } from 'node:fs/promises'
import type { ConnectorRegistry, TenantScope } from '@inlay/engine'
import { z } from 'zod'
import { indexConnector } from './index-connector.js'
import { type IndexedConnector, indexedConnectorSchema } from './listing.js'
import { type ConnectorSummary, connectorSchema } from './schema.js'
import { summarizeConnector } from './summarize.js'
import { compareVersions, newestVersion } from './versions.js'

/**
 * What connectors show of themselves, found without running their code.
 *
 * Promises: every version that can be used is listed; `find` gives the newest release when no version is named.
 */
export interface ConnectorDirectory {
  /** All versions of all connectors that the tenant could be offered, newest first within an id. */
  list(scope: TenantScope): Promise<readonly IndexedConnector[]>
  /** Resolves to undefined when there is no such connector or version. */
  find(scope: TenantScope, id: string, version?: string): Promise<ConnectorSummary | undefined>
}

const INDEX_FILE = 'index.json'

/** The name of the file that holds one version's summary. */
export function displayFileOf({ id, version }: { readonly id: string; readonly version: string }): string {
  return `${id}@${version}.json`
}

/** A directory of files that `pnpm generate` wrote. Nothing is read before it is asked for. */
export function createDisplayFolder(folder: URL): ConnectorDirectory {
  let index: Promise<readonly IndexedConnector[]> | undefined
  const list = (): Promise<readonly IndexedConnector[]> => {
    index ??= readIndex(folder)
    // A read that failed once may work the next time.
    index.catch(() => {
      index = undefined
    })
    return index
  }
  return {
    list,
    find: async (_scope, id, version) => {
      const entries = (await list()).filter((entry) => entry.id === id)
      const wanted = version ?? newestVersion(entries.map((entry) => entry.version))
      // Names of files are made of what the index holds, never of what a caller sends.
      const entry = entries.find((candidate) => candidate.version === wanted)
      if (entry === undefined) return undefined
      return connectorSchema.parse(await readJson(new URL(displayFileOf(entry), folder)))
    },
  }
}

/** A directory that loads connectors to look at them: for tests, and for hosts without generated files. */
export function createLoadingDirectory(registry: ConnectorRegistry): ConnectorDirectory {
  const summaries = new WeakMap<object, ConnectorSummary>()
  const find = async (id: string, version?: string): Promise<ConnectorSummary | undefined> => {
    const connector = await registry.load(id, version)
    if (connector === undefined) return undefined
    const summary = summaries.get(connector) ?? summarizeConnector(connector)
    summaries.set(connector, summary)
    return summary
  }
  return {
    list: async () => {
      const found = await Promise.all(
        registry.list().map(({ id, version }) => find(id, version).catch(() => undefined)),
      )
      return found.filter((summary) => summary !== undefined).map((summary) => indexConnector(summary))
    },
    find: (_scope, id, version) => find(id, version),
  }
}

/** Several directories as one; of two that know an id, the earlier counts. */
export function joinDirectories(directories: readonly ConnectorDirectory[]): ConnectorDirectory {
  return {
    list: async (scope) => {
      const lists = await Promise.all(directories.map((directory) => directory.list(scope)))
      const taken = new Set<string>()
      return lists.flatMap((list) => {
        const own = list.filter(({ id }) => !taken.has(id))
        for (const { id } of own) taken.add(id)
        return own
      })
    },
    find: async (scope, id, version) => {
      for (const directory of directories) {
        const found = await directory.find(scope, id, version)
        if (found !== undefined) return found
      }
      return undefined
    },
  }
}

async function readIndex(folder: URL): Promise<readonly IndexedConnector[]> {
  const entries = z.array(indexedConnectorSchema).parse(await readJson(new URL(INDEX_FILE, folder)))
  return entries.toSorted((a, b) => (a.id === b.id ? compareVersions(b.version, a.version) : a.id < b.id ? -1 : 1))
}

async function readJson(file: URL): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'))
}
