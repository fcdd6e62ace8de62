import postgres from 'postgres'
import { type Database, openDatabase } from './database.js'
import { migrate } from './migrate.js'

/** One for the whole server: roles are shared by its databases, and test files run at the same time. */
const TEST_PASSWORD = 'inlay-test'

export interface TestDatabase {
  readonly database: Database
  readonly databaseUrl: string
  readonly engineDatabaseUrl: string
  /** As the owner of the server, in this database: sees around row security. */
  readonly admin: postgres.Sql
  /** Closes all connections and drops the database. */
  drop(): Promise<void>
}

/** A migrated database of its own for one test file. @param serverUrl a superuser's address, from `INLAY_TEST_DATABASE_URL` */
export async function createTestDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `inlay_test_${process.pid}_${Date.now()}_${Math.random().toString(36).slice(2, 8)}`
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} })
  await server.unsafe(`CREATE DATABASE ${name}`)
  const adminUrl = addressOf(serverUrl, { name })
  await migrate({ adminUrl, appPassword: TEST_PASSWORD, enginePassword: TEST_PASSWORD })
  const databaseUrl = addressOf(serverUrl, { name, role: 'inlay_app' })
  const engineDatabaseUrl = addressOf(serverUrl, { name, role: 'inlay_engine' })
  const database = openDatabase({ databaseUrl, engineDatabaseUrl, maxConnections: 4 })
  const admin = postgres(adminUrl, { max: 2, onnotice: () => {} })
  return {
    database,
    databaseUrl,
    engineDatabaseUrl,
    admin,
    drop: async () => {
      await Promise.all([database.close(), admin.end({ timeout: 2 })])
      await server.unsafe(`DROP DATABASE ${name} WITH (FORCE)`)
      await server.end()
    },
  }
}

function addressOf(serverUrl: string, { name, role }: { name: string; role?: string }): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  if (role !== undefined) {
    url.username = role
    url.password = TEST_PASSWORD
  }
  return url.href
}
