/** Brings the database up to date: `node apps/control-plane/dist/migrate.js`. */
import { migrate } from '@inlay/platform/database'

function required(name: string): string {
  const value = process.env[name]
  if (value !== undefined && value !== '') return value
  process.stderr.write(`${name} is not set. It is needed to migrate the database.\n`)
  process.exit(1)
}

await migrate({
  adminUrl: required('MIGRATIONS_DATABASE_URL'),
  appPassword: decodeURIComponent(new URL(required('DATABASE_URL')).password),
  enginePassword: decodeURIComponent(new URL(required('ENGINE_DATABASE_URL')).password),
})
