import { Refusal } from '../failure.js'

const DEFAULT_PORT = 4400
const MAX_PORT = 65_535

/** What a start is told by its environment, checked. */
export interface Settings {
  /** Of the control plane. @default 4400 */
  readonly port: number
  /** @default localhost with the port */
  readonly baseUrl: string
  /** A PostgreSQL to use instead of one of our own. */
  readonly databaseUrl: URL | undefined
  /** A Redis to use instead of one of our own. */
  readonly redisUrl: URL | undefined
}

/** A variable that is set to nothing counts as not set. @throws Refusal that names the variable and what it should be */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = readPort(env['PORT'] || String(DEFAULT_PORT))
  return {
    port,
    baseUrl: env['BASE_URL'] || `http://localhost:${port}`,
    databaseUrl: readUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    redisUrl: readUrl(env, 'REDIS_URL', ['redis:', 'rediss:']),
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port > 0 && port <= MAX_PORT) return port
  throw new Refusal(
    `PORT is "${text}" and must be a whole number from 1 to ${MAX_PORT}: correct it, or leave it out for ${DEFAULT_PORT}.`,
  )
}

/** The value is never repeated: it may hold a password. */
function readUrl(env: NodeJS.ProcessEnv, name: string, schemes: readonly string[]): URL | undefined {
  const text = env[name]
  if (text === undefined || text === '') return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && schemes.includes(url.protocol) && url.host !== '') return url
  throw new Refusal(
    `${name} must be an address such as ${schemes[0]}//user:password@host:port: correct it, or leave it out to have one started.`,
  )
}
