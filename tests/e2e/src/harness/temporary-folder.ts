import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new folder that all users may pass through: root's PostgreSQL runs as another one. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-e2e-'))
  chmodSync(folder, 0o755)
  return folder
}
