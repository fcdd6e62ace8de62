import postgres from 'postgres'
import { Refusal } from '../failure.js'
import type { Service } from './service.js'

const CONNECT_TIMEOUT_S = 10
const OLDEST_VERSION = 15

/** The PostgreSQL that `DATABASE_URL` names. @throws Refusal when it cannot be used */
export async function useGivenPostgres(url: URL): Promise<Service> {
  const sql = postgres(url.href, { max: 1, connect_timeout: CONNECT_TIMEOUT_S, onnotice: () => {} })
  try {
    const [row] = await sql<{ version: number }[]>`SELECT current_setting('server_version_num')::int / 10000 AS version`
    const version = row?.version ?? 0
    if (version < OLDEST_VERSION) {
      throw new Refusal(
        `The PostgreSQL at ${url.host} is version ${version}, and ${OLDEST_VERSION} or newer is needed: name another one in DATABASE_URL.`,
      )
    }
    return { url: url.href, stop: async () => {} }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(describe(error, url))
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function describe(error: unknown, url: URL): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const place = `PostgreSQL at ${url.host}`
  if (code === '28P01' || code === '28000')
    return `${place} refused the login: correct user and password in DATABASE_URL.`
  if (code === '3D000')
    return `${place} has no database "${url.pathname.slice(1)}": create it, or correct the name in DATABASE_URL.`
  return `${place}, the address in DATABASE_URL, does not answer (${code}): start it, or correct DATABASE_URL.`
}
