import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Where a running product keeps its data: `.inlay`, unless `INLAY_DATA_DIR` says otherwise. */
export function dataFolder(): string {
  return resolve(ROOT, process.env['INLAY_DATA_DIR'] || '.inlay')
}

/** Makes a folder for servers that live as long as one command. The user that PostgreSQL runs as can pass through it. */
export function temporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(folder, 0o711)
  return folder
}
