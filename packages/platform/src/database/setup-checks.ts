import type postgres from 'postgres'
import { codeOf, DatabaseSetupError } from './errors.js'
import { MIGRATION_NAMES } from './migration-names.js'

const HOW_TO_MIGRATE = 'Run `node apps/control-plane/dist/migrate.js` with MIGRATIONS_DATABASE_URL set.'

/** @throws DatabaseSetupError `database.not_migrated` when a migration of this code has not run */
export async function assertMigrated(sql: postgres.Sql): Promise<void> {
  const applied = await sql<{ name: string }[]>`SELECT name FROM inlay.migrations`.catch((error: unknown) => {
    // No such schema or table, or nothing granted yet: nothing has run.
    if (['42P01', '3F000', '42501'].includes(codeOf(error))) return []
    throw error
  })
  const names = new Set(applied.map(({ name }) => name))
  const missing = MIGRATION_NAMES.filter((name) => !names.has(name))
  if (missing.length === 0) return
  const title = `The database lacks ${missing.length === 1 ? 'the migration' : 'the migrations'} ${missing.join(', ')}.`
  throw new DatabaseSetupError('database.not_migrated', title, HOW_TO_MIGRATE)
}

/** @throws DatabaseSetupError `database.role_too_powerful` when row security would not hold for the connected role */
export async function assertPowerless(sql: postgres.Sql): Promise<void> {
  const [role] = await sql<{ name: string; bypasses: boolean; owns: boolean }[]>`
    SELECT rolname AS name, (rolsuper OR rolbypassrls OR rolcreaterole) AS bypasses,
      EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'inlay'::regnamespace AND pg_has_role(c.relowner, 'USAGE')) AS owns
    FROM pg_roles WHERE rolname = current_user`
  if (role === undefined || (!role.bypasses && !role.owns)) return
  throw new DatabaseSetupError(
    'database.role_too_powerful',
    `The database role ${role.name} ${role.bypasses ? 'may bypass row security' : 'owns tables of Inlay'}.`,
    'Use the roles inlay_app (DATABASE_URL) and inlay_engine (ENGINE_DATABASE_URL) that the migrations create.',
  )
}

/**
 * Partitions are reached through their parent, whose policies apply; they must not be granted to anybody on their own.
 *
 * @throws DatabaseSetupError `database.row_security_missing` naming the tables
 */
export async function assertRowSecurity(sql: postgres.Sql): Promise<void> {
  const open = await sql<{ name: string }[]>`
    SELECT c.relname AS name FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'inlay'::regnamespace AND c.relkind IN ('r', 'p') AND CASE WHEN c.relispartition
      THEN has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE')
      ELSE NOT (c.relrowsecurity AND c.relforcerowsecurity) END
    ORDER BY 1`
  if (open.length === 0) return
  throw new DatabaseSetupError(
    'database.row_security_missing',
    `Row security is not enabled and forced on ${open.map(({ name }) => `inlay.${name}`).join(', ')}.`,
    'Every table with a tenant_id needs it; see packages/platform/migrations/0004_row_security.sql.',
  )
}
