/** Compares what is generated with what is there, and writes it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { catalogFiles, GENERATED_FOLDER, type GeneratedFiles, manifestFile } from './catalog-files.js'
import {
  type BrokenConnector,
  type DescribedConnector,
  describeConnector,
  findConnectorPackages,
} from './connector-packages.js'
import { DOCS_FOLDER, docsFiles } from './docs-files.js'

/** What generating would do, before anything is written. */
export interface Generation {
  readonly files: GeneratedFiles
  /** Connectors that could not be loaded: they are left out, and the others are not concerned. */
  readonly broken: readonly BrokenConnector[]
  /** Files that are not as they should be, or should not be there. */
  readonly stale: readonly string[]
}

/**
 * Works out every generated file from the packages in `connectors/`.
 *
 * @param root the checkout
 */
export async function generate(root: string): Promise<Generation> {
  const packages = findConnectorPackages(root)
  const described = await Promise.all(packages.map(describeConnector))
  const connectors = described.filter((one): one is DescribedConnector => 'summary' in one)
  const failed = described.filter((one): one is BrokenConnector => 'reason' in one)
  const { unique, repeated } = withoutRepetitions(connectors)
  const sound = unique.map((connector) => connector.package)
  const files = new Map([...catalogFiles(unique), ...manifestFile(root, sound), ...docsFiles(unique)])
  return { files, broken: [...failed, ...repeated], stale: staleFiles(root, files) }
}

/** Writes what is stale, and removes what should not be there. */
export function writeGenerated(root: string, { files, stale }: Generation): void {
  for (const path of stale) {
    const content = files.get(path)
    if (content === undefined) rmSync(join(root, path))
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), content)
    }
  }
}

/** Two packages must not give the same version of the same connector: which one counts would be chance. */
function withoutRepetitions(connectors: readonly DescribedConnector[]) {
  const keyOf = ({ summary: { id, version } }: DescribedConnector): string => `${id}@${version}`
  const isFirst = (connector: DescribedConnector): boolean =>
    connectors.find((other) => keyOf(other) === keyOf(connector)) === connector
  const reasonOf = (connector: DescribedConnector): BrokenConnector => ({
    package: connector.package,
    reason: `Another package already gives ${keyOf(connector)}.`,
  })
  return {
    unique: connectors.filter(isFirst),
    repeated: connectors.filter((connector) => !isFirst(connector)).map(reasonOf),
  }
}

function staleFiles(root: string, files: GeneratedFiles): string[] {
  const changed = [...files].filter(([path, content]) => readOrNothing(join(root, path)) !== content)
  const left = [GENERATED_FOLDER, DOCS_FOLDER]
    .flatMap((folder) => filesIn(root, folder))
    .filter((path) => !files.has(path))
  return [...changed.map(([path]) => path), ...left].toSorted()
}

function readOrNothing(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function filesIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesIn(root, path) : [path]
  })
}
