import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Where a running product keeps its data: `.inlay`, unless `INLAY_DATA_DIR` says otherwise. */
export function dataFolder(): string {
  return resolve(ROOT, process.env['INLAY_DATA_DIR'] ?? '.inlay')
}
