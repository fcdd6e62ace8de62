/** Brings the database up to date: `node apps/control-plane/dist/migrate.js`, with `MIGRATIONS_DATABASE_URL` set. */
import { readMigrationConfig } from '@inlay/platform/config'
import { describeStartFailure, migrate } from '@inlay/platform/database'

async function main(): Promise<void> {
  const applied = await migrate(readMigrationConfig(process.env))
  process.stdout.write(applied.length === 0 ? 'The database is up to date.\n' : `Applied: ${applied.join(', ')}.\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeStartFailure(error)}\n`)
  process.exit(1)
})
