import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../paths.js'

const FOLDERS = ['packages', 'apps', 'connectors', 'examples', 'scripts']
const FILES = ['pnpm-lock.yaml', 'tsconfig.base.json', 'tsconfig.connectors.json', 'tsconfig.json']
const LEFT_OUT = /^(node_modules|dist|dist-.*|\..*)$/

/** A digest of everything a build depends on: paths, sizes and times of change. */
export function sourcesHash(): string {
  const hash = createHash('sha256')
  const add = (path: string): void => {
    const { size, mtimeMs } = statSync(join(ROOT, path))
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      if (LEFT_OUT.test(entry.name)) continue
      if (entry.isDirectory()) walk(join(folder, entry.name))
      else add(join(folder, entry.name))
    }
  }
  FOLDERS.forEach(walk)
  FILES.forEach(add)
  return hash.digest('hex')
}
