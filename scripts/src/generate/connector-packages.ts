/** Finds the packages that are connectors, and loads them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type ConnectorSummary, summarizeConnector } from '@inlay/platform/catalog'
import { z } from 'zod'

const FOLDER = 'connectors'
const LOAD_TIMEOUT_MS = 20_000

const manifestSchema = z.object({
  name: z.string(),
  exports: z.object({ '.': z.object({ 'inlay-source': z.string() }) }),
  inlay: z
    .object({
      connector: z.boolean().default(true),
      deprecated: z.string().min(1).optional(),
    })
    .prefault({}),
})

/** A package that holds one version of a connector. */
export interface ConnectorPackage {
  /** Relative to the checkout: `connectors/slack`. */
  readonly folder: string
  readonly packageName: string
  /** Absolute path of what it exports, as source. */
  readonly entry: string
  /** Why this version should no longer be used, as `"inlay": { "deprecated": "…" }` says. */
  readonly deprecated: string | null
}

/** A connector as its package defines it. */
export interface DescribedConnector {
  readonly package: ConnectorPackage
  readonly summary: ConnectorSummary
}

/** A package that could not be described, and why. */
export interface BrokenConnector {
  readonly package: ConnectorPackage
  readonly reason: string
}

/**
 * All packages in `connectors/` but those that say `"inlay": { "connector": false }`, by folder.
 *
 * @param root the checkout
 */
export function findConnectorPackages(root: string): ConnectorPackage[] {
  return readdirSync(join(root, FOLDER))
    .toSorted()
    .map((name) => `${FOLDER}/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .flatMap((folder) => {
      const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')))
      if (!manifest.inlay.connector) return []
      const entry = join(root, folder, manifest.exports['.']['inlay-source'])
      return [{ folder, packageName: manifest.name, entry, deprecated: manifest.inlay.deprecated ?? null }]
    })
}

/** Loads a connector once and takes down what it shows of itself. Never throws for what the connector does. */
export async function describeConnector(found: ConnectorPackage): Promise<DescribedConnector | BrokenConnector> {
  try {
    const module = await inTime(import(pathToFileURL(found.entry).href))
    const { connector } = z.object({ connector: z.custom<Parameters<typeof summarizeConnector>[0]>() }).parse(module)
    return { package: found, summary: summarizeConnector(connector) }
  } catch (error) {
    return { package: found, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

async function inTime(loading: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`It did not load within ${LOAD_TIMEOUT_MS / 1000} s.`)
    timer = setTimeout(() => reject(error), LOAD_TIMEOUT_MS)
  })
  try {
    return await Promise.race([loading, late])
  } finally {
    clearTimeout(timer)
  }
}
