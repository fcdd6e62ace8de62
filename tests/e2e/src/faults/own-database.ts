import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '../../../../scripts/src/services/postgres.js'
import { temporaryFolder } from '../harness/temporary-folder.js'

/** A PostgreSQL that a test may kill: what keeps it running, as in the product, starts it again. */
export interface OwnDatabase {
  readonly url: string
  readonly dataFolder: string
  stop(): Promise<void>
}

/** With fsync on, as in production: what was acknowledged must be there after a kill. */
export async function startDatabase(): Promise<OwnDatabase> {
  const folder = temporaryFolder()
  const service = await startPostgres({ folder, password: 'faults', settings: ['max_connections=100'] })
  return {
    url: service.url,
    dataFolder: join(folder, 'postgres'),
    stop: async () => {
      await service.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
