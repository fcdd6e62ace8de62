import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ScaffoldOptions, UsageError } from './options.js'
import { standaloneFiles, workspaceFiles } from './project-files.js'

/** What was made. */
export interface Scaffolded {
  /** Absolute. */
  readonly folder: string
  /** Whether it is part of a checkout of Inlay. */
  readonly isInWorkspace: boolean
  /** Relative to `folder`. */
  readonly files: readonly string[]
}

const TEMPLATE = fileURLToPath(new URL('../template', import.meta.url))

/**
 * Writes a connector: into `connectors/<id>` of a checkout of Inlay, or else into a package of its own.
 *
 * @throws UsageError when there is something already
 */
export function scaffold(options: ScaffoldOptions): Scaffolded {
  const root = findWorkspace(options.folder)
  const folder =
    root === undefined ? join(options.folder, `inlay-connector-${options.id}`) : join(root, 'connectors', options.id)
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new UsageError(`${folder} is not empty. Choose another id, or move what is there.`)
  }
  const files = new Map([
    ...filesBelow(TEMPLATE).map((file): [string, string] => [
      relative(TEMPLATE, file),
      named(readFileSync(file, 'utf8'), options),
    ]),
    ...(root === undefined ? standaloneFiles(options) : workspaceFiles(options)),
  ])
  for (const [path, content] of files) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  return { folder, isInWorkspace: root !== undefined, files: [...files.keys()].toSorted() }
}

/** The template is a connector that works, for a service called Acme. */
function named(text: string, { id, name }: ScaffoldOptions): string {
  return text.replaceAll(/Acme|acme/g, (found) => (found === 'Acme' ? name : id))
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
}

/** The checkout of Inlay that a folder is in. */
function findWorkspace(folder: string): string | undefined {
  const isInlay = existsSync(join(folder, 'pnpm-workspace.yaml')) && existsSync(join(folder, 'connectors'))
  if (isInlay) return folder
  const parent = dirname(folder)
  return parent === folder ? undefined : findWorkspace(parent)
}
