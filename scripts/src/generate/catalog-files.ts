/** The files of `packages/catalog`, and the lists of packages that follow from what is in `connectors/`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConnectorSummary, displayFileOf, indexConnector } from '@inlay/platform/catalog'
import type { ConnectorPackage, DescribedConnector } from './connector-packages.js'

/** Contents by path, relative to the checkout. */
export type GeneratedFiles = ReadonlyMap<string, string>

const CATALOG = 'packages/catalog'
/** Everything below is generated. */
export const GENERATED_FOLDER = `${CATALOG}/generated`
const DISPLAY_FOLDER = `${GENERATED_FOLDER}/display`

/** Where each connector is loaded from, and what it shows of itself. */
export function catalogFiles(connectors: readonly DescribedConnector[]): GeneratedFiles {
  const index = connectors.map(({ summary }) => JSON.stringify(indexConnector(summary)))
  return new Map([
    [`${GENERATED_FOLDER}/catalog.js`, catalogModule(connectors)],
    [`${DISPLAY_FOLDER}/index.json`, `[\n${index.join(',\n')}\n]\n`],
    ...connectors.map(({ summary }): [string, string] => [
      `${DISPLAY_FOLDER}/${displayFileOf(summary)}`,
      displayJson(summary),
    ]),
  ])
}

/** The catalog's dependencies and the compiler's list of projects, with all else in these files as it is. */
export function workspaceFiles(root: string, packages: readonly ConnectorPackage[]): GeneratedFiles {
  return new Map([
    rewrite(root, `${CATALOG}/package.json`, (manifest) => ({
      ...manifest,
      dependencies: Object.fromEntries(
        packages.map(({ packageName }) => [packageName, 'workspace:*'] as const).toSorted(([a], [b]) => order(a, b)),
      ),
    })),
    rewrite(root, 'tsconfig.json', (config) => ({
      ...config,
      // Written by hand in this very shape.
      references: withConnectors(config['references'] as readonly Reference[], packages),
    })),
  ])
}

interface Reference {
  readonly path: string
}

/** Connectors stand where the first of them stood. */
function withConnectors(references: readonly Reference[], packages: readonly ConnectorPackage[]): Reference[] {
  const isConnector = ({ path }: Reference): boolean => path.startsWith('connectors/')
  const at = references.findIndex(isConnector)
  const others = references.filter((reference) => !isConnector(reference))
  const place = at === -1 ? others.length : at
  return others.toSpliced(place, 0, ...packages.map(({ folder }) => ({ path: folder })))
}

function rewrite(
  root: string,
  path: string,
  change: (content: Readonly<Record<string, unknown>>) => object,
): [string, string] {
  const content = JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, unknown>
  return [path, `${JSON.stringify(change(content), null, 2)}\n`]
}

function catalogModule(connectors: readonly DescribedConnector[]): string {
  const entries = connectors.map(
    ({ package: { packageName }, summary: { id, version } }) =>
      `  { id: ${quote(id)}, version: ${quote(version)}, load: () => import(${quote(packageName)}) },\n`,
  )
  return [
    '// Written by `pnpm generate` from the packages in connectors/. Do not edit.\n',
    `export const CONNECTORS = [\n${entries.join('')}]\n`,
    "export const DISPLAY_FOLDER = new URL('./display/', import.meta.url)\n",
  ].join('')
}

/** One line per action and trigger: short files, and differences that name what has changed. */
function displayJson({ auth, actions, triggers, ...about }: ConnectorSummary): string {
  const lists = Object.entries({ auth, actions, triggers }).map(([name, members]) => {
    const lines = members.map((member) => `\n    ${JSON.stringify(member)}`)
    return `  ${JSON.stringify(name)}: [${lines.join(',')}${lines.length === 0 ? '' : '\n  '}]`
  })
  const fields = Object.entries(about).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  return `{\n${[...fields, ...lists].join(',\n')}\n}\n`
}

function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`
}

function order(a: string, b: string): number {
  return a < b ? -1 : 1
}
