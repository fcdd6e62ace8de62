import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createMonthlyPartitions, migrate as migrateEngine } from '@inlay/engine/postgres'
import postgres from 'postgres'
import { Umzug } from 'umzug'
import { codeOf } from './errors.js'
import { ENGINE_MIGRATIONS, MIGRATION_NAMES } from './migration-names.js'

/** Months ahead of today for which partitions are made. */
const PARTITION_MONTHS = 3
/** Names the migrations' lock and nothing else. */
const LOCK = 7_233_192_000
const ROLE_ATTEMPTS = 10

// The same path from `src/database` and from `dist/database`: TypeScript does not copy SQL files.
const directory = fileURLToPath(new URL('../../migrations', import.meta.url))

export interface MigrateOptions {
  /** A login that may create roles; it will own the tables. */
  readonly adminUrl: string
  /** The password to give to the role `inlay_app`. */
  readonly appPassword: string
  /** The password to give to the role `inlay_engine`. */
  readonly enginePassword: string
}

/** Brings a database up to date and answers what was applied. Safe to call at every start, also by several processes at once. */
export async function migrate({ adminUrl, appPassword, enginePassword }: MigrateOptions): Promise<readonly string[]> {
  const sql = postgres(adminUrl, { max: 2, onnotice: () => {} })
  try {
    const lock = await sql.reserve()
    try {
      await lock`SELECT pg_advisory_lock(${LOCK})`
      await ensureRole(sql, 'inlay_app', appPassword)
      await ensureRole(sql, 'inlay_engine', enginePassword)
      const applied = await migrator(sql).up()
      await createMonthlyPartitions(sql, PARTITION_MONTHS)
      return applied.map(({ name }) => name)
    } finally {
      lock.release()
    }
  } finally {
    // Also gives up the lock: it belongs to the connection.
    await sql.end({ timeout: 5 })
  }
}

// The client is closed over: Umzug would call it if it were the context, because it is a function.
function migrator(sql: postgres.Sql): Umzug {
  return new Umzug({
    logger: undefined,
    migrations: MIGRATION_NAMES.map((name) => ({
      name,
      up: () => (ENGINE_MIGRATIONS.includes(name) ? migrateEngine(sql) : runFile(sql, name)),
    })),
    storage: {
      executed: async () => {
        await sql`CREATE SCHEMA IF NOT EXISTS inlay`
        await sql`CREATE TABLE IF NOT EXISTS inlay.migrations (
          name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`
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

async function runFile(sql: postgres.Sql, name: string): Promise<void> {
  const text = await readFile(`${directory}/${name}.sql`, 'utf8')
  await sql.begin((transaction) => transaction.unsafe(text))
}

type RoleName = 'inlay_app' | 'inlay_engine'

/**
 * A role that may log in and owns nothing; neither a superuser nor able to bypass row security. Roles belong to the
 * whole server: another database's migration may be changing the same one at this moment, and PostgreSQL then refuses.
 */
async function ensureRole(sql: postgres.Sql, role: RoleName, password: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await alterRole(sql, role, password)
      return
    } catch (error) {
      const isRace = ['XX000', '23505', '42710'].includes(codeOf(error))
      if (!isRace || attempt >= ROLE_ATTEMPTS) throw error
      await delay(20 * attempt)
    }
  }
}

async function alterRole(sql: postgres.Sql, role: RoleName, password: string): Promise<void> {
  // Utility statements take no parameters; format() quotes the password as a literal.
  const [row] = await sql<{ statement: string }[]>`SELECT format(
    CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = ${role})
      THEN 'ALTER ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD %L'
      ELSE 'CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD %L' END,
    ${role}::text, ${password}::text) AS statement`
  if (row !== undefined) await sql.unsafe(row.statement)
}
