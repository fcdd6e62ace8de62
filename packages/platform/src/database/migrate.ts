import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createMonthlyPartitions, migrate as migrateEngine } from '@inlay/engine/postgres'
import postgres from 'postgres'
import { Umzug } from 'umzug'

/** Months ahead of today for which partitions are made. */
const PARTITION_MONTHS = 3

const directory = fileURLToPath(new URL('../../migrations', import.meta.url))

export interface MigrateOptions {
  /** A login that may create roles and owns the tables. */
  readonly adminUrl: string
  /** Passwords for the two roles that the services use. */
  readonly appPassword: string
  readonly enginePassword: string
}

/** Brings a database up to date. Safe to call at every start, also by several processes at once. */
export async function migrate({ adminUrl, appPassword, enginePassword }: MigrateOptions): Promise<void> {
  const sql = postgres(adminUrl, { max: 2, onnotice: () => {} })
  try {
    await sql.reserve().then(async (connection) => {
      try {
        // The number names this lock and nothing else.
        await connection`SELECT pg_advisory_lock(7233192000)`
        await ensureRole(sql, 'inlay_app', appPassword)
        await ensureRole(sql, 'inlay_engine', enginePassword)
        await migrator(sql).up()
        await createMonthlyPartitions(sql, PARTITION_MONTHS)
        await connection`SELECT pg_advisory_unlock(7233192000)`
      } finally {
        connection.release()
      }
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function migrator(sql: postgres.Sql): Umzug<postgres.Sql> {
  return new Umzug({
    context: sql,
    logger: undefined,
    migrations: [
      fromFile('0001_tenancy_and_identity'),
      fromFile('0002_automation'),
      { name: '0003_engine', up: () => migrateEngine(sql) },
      fromFile('0004_row_security'),
    ],
    storage: {
      executed: async () => {
        await sql`CREATE SCHEMA IF NOT EXISTS inlay`
        await sql`CREATE TABLE IF NOT EXISTS inlay.migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`
        const rows = await sql<{ name: string }[]>`SELECT name FROM inlay.migrations ORDER BY name`
        return rows.map(({ name }) => name)
      },
      logMigration: async ({ name }) => {
        await sql`INSERT INTO inlay.migrations (name) VALUES (${name})`
      },
      unlogMigration: async ({ name }) => {
        await sql`DELETE FROM inlay.migrations WHERE name = ${name}`
      },
    },
  })
}

function fromFile(name: string): { name: string; up: (options: { context: postgres.Sql }) => Promise<void> } {
  return {
    name,
    up: async ({ context }) => {
      const text = await readFile(`${directory}/${name}.sql`, 'utf8')
      await context.begin((transaction) => transaction.unsafe(text))
    },
  }
}

/** A role that may log in and owns nothing; neither a superuser nor able to bypass row security. */
async function ensureRole(sql: postgres.Sql, role: 'inlay_app' | 'inlay_engine', password: string): Promise<void> {
  // Utility statements take no parameters; format() quotes the password as a literal.
  const [row] = await sql<{ statement: string }[]>`SELECT format(
    CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = ${role})
      THEN 'ALTER ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD %L'
      ELSE 'CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD %L' END,
    ${role}::text, ${password}::text) AS statement`
  if (row !== undefined) await sql.unsafe(row.statement)
}
