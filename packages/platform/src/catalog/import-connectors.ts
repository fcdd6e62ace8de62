import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Connector, InlayError } from '@inlay/engine'
import type { ConnectorEntry } from './registry.js'

/**
 * Loads the connectors that an operator adds to those that are shipped: packages, or files that begin with `.` or `/`,
 * found from the folder that the process was started in. Each exports `connector`.
 *
 * @throws InlayError `connector.not_loaded` that names the one which cannot be loaded
 */
export function importConnectors(specifiers: readonly string[], folder = process.cwd()): Promise<ConnectorEntry[]> {
  return Promise.all(
    specifiers.map(async (specifier) => {
      const { id, version, ...connector } = await importConnector(specifier, folder)
      return { id, version, load: async () => ({ connector: { id, version, ...connector } }) }
    }),
  )
}

async function importConnector(specifier: string, folder: string): Promise<Connector> {
  const module: unknown = await import(addressOf(specifier, folder)).catch((cause: unknown) => {
    throw notLoaded(specifier, cause instanceof Error ? cause.message : 'It cannot be imported.', cause)
  })
  const exported = typeof module === 'object' && module !== null && 'connector' in module ? module.connector : undefined
  const isConnector = typeof exported === 'object' && exported !== null && 'id' in exported && 'actions' in exported
  if (!isConnector) throw notLoaded(specifier, 'It exports no `connector` that `defineConnector` has made.')
  // `defineConnector` has checked it.
  return exported as unknown as Connector
}

function addressOf(specifier: string, folder: string): string {
  if (specifier.startsWith('file:')) return specifier
  if (/^[./]/.test(specifier)) return pathToFileURL(resolve(folder, specifier)).href
  try {
    return pathToFileURL(createRequire(resolve(folder, 'package.json')).resolve(specifier)).href
  } catch (cause) {
    throw notLoaded(specifier, 'There is no such package here. Install it next to the product.', cause)
  }
}

function notLoaded(specifier: string, detail: string, cause?: unknown): InlayError {
  const title = `EXTRA_CONNECTORS names "${specifier}", which cannot be loaded.`
  return new InlayError('connector.not_loaded', title, { detail, cause })
}
