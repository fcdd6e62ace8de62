/** The files of `packages/catalog`. */
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
  const index = connectors.map(({ summary, package: { deprecated } }) =>
    JSON.stringify(indexConnector(summary, deprecated)),
  )
  return new Map([
    [`${GENERATED_FOLDER}/catalog.js`, catalogModule(connectors)],
    [`${DISPLAY_FOLDER}/index.json`, `[\n${index.join(',\n')}\n]\n`],
    ...connectors.map(({ summary }): [string, string] => [
      `${DISPLAY_FOLDER}/${displayFileOf(summary)}`,
      displayJson(summary),
    ]),
  ])
}

/** The catalog's manifest: it depends on every connector, and is otherwise as it is. */
export function manifestFile(root: string, packages: readonly ConnectorPackage[]): GeneratedFiles {
  const path = `${CATALOG}/package.json`
  const names = packages.map(({ packageName }) => packageName).toSorted()
  const manifest = JSON.parse(readFileSync(join(root, path), 'utf8')) as object
  const dependencies = Object.fromEntries(names.map((name) => [name, 'workspace:*']))
  return new Map([[path, `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n`]])
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
