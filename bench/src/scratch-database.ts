import { randomBytes } from 'node:crypto'
import { ARRAY_TYPES } from '@inlay/engine/postgres'
import postgres from 'postgres'

/** Connections of each database's pool, as many as the product's. */
const MAX_CONNECTIONS = 20

/** A database of a measurement's own. */
export interface ScratchDatabase {
  readonly url: string
  readonly sql: postgres.Sql
  /** Ends its connections and removes it. */
  drop(): Promise<void>
}

/** Makes an empty database on the server of `serverUrl`. */
export async function createScratchDatabase(serverUrl: string): Promise<ScratchDatabase> {
  const name = `inlay_bench_${randomBytes(6).toString('hex')}`
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} })
  // The name is made here and needs no quoting.
  await server.unsafe(`CREATE DATABASE ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const sql = openSql(url.href)
  return {
    url: url.href,
    sql,
    drop: async () => {
      await sql.end()
      await server.unsafe(`DROP DATABASE ${name} WITH (FORCE)`)
      await server.end()
    },
  }
}

/** A pool as the product opens its own. */
function openSql(url: string, max = MAX_CONNECTIONS): postgres.Sql {
  return postgres(url, { max, onnotice: () => {}, types: ARRAY_TYPES, fetch_types: false }) as postgres.Sql
}
