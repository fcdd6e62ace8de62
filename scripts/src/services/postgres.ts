import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import postgres from 'postgres'
import { capture } from '../command.js'
import { Refusal } from '../failure.js'
import { freePort } from './free-port.js'
import { choosePlace, type PostgresPlace } from './postgres-place.js'
import { commandLineOf } from './process-records.js'
import type { Service } from './service.js'
import { StartFailure, Supervisor } from './supervisor.js'

const USER = 'postgres'
const DATABASE = 'inlay'

export interface PostgresOptions {
  /** Where the product keeps its data; the database gets a folder in it, if its server can reach that. */
  readonly folder: string
  readonly password: string
  /** Further settings as `name=value`. */
  readonly settings?: readonly string[]
  /** Ends the making of a new database early. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Starts the PostgreSQL server that npm brought along. It refuses to run as root, so root starts it as the user
 * `postgres`, who often cannot reach root's own folders.
 *
 * @throws Refusal when the data folder is damaged or of another version
 */
export async function startPostgres({ folder, password, settings = [], signal }: PostgresOptions): Promise<Service> {
  const owner = process.getuid?.() === 0 ? await unprivilegedUser() : undefined
  const place = await choosePlace(folder, owner !== undefined)
  const env = { ...process.env, LD_LIBRARY_PATH: join(place.native, 'lib'), LC_ALL: 'C' }
  const identity = { env, ...owner }
  await stopLeftover(place, identity)
  if (!existsSync(join(place.data, 'PG_VERSION'))) await initialise(place, { password, identity, owner, signal })
  const port = await freePort()
  const flags = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    ...settings,
  ]
  const base = `postgres://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}`
  const supervisor = new Supervisor({
    name: 'postgres',
    folder,
    program: join(place.native, 'bin/postgres'),
    args: ['-D', place.data, ...flags.flatMap((flag) => ['-c', flag])],
    mark: place.data,
    spawn: { ...identity, cwd: dirname(place.data) },
    // PostgreSQL's fast shutdown: sessions are cut off, everything committed stays.
    stopSignal: 'SIGINT',
    isReady: () => takesSessions(`${base}/postgres`, place.data),
  })
  try {
    await supervisor.start()
    await createDatabase(`${base}/postgres`)
  } catch (error) {
    await supervisor.stop()
    throw error instanceof StartFailure ? damaged(place.data, error.reason) : error
  }
  return { url: `${base}/${DATABASE}`, stop: () => supervisor.stop() }
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

type Identity = { readonly env: NodeJS.ProcessEnv } & Partial<Owner>

async function unprivilegedUser(): Promise<Owner> {
  if ((await capture('id', [USER])).code !== 0)
    await capture('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', USER])
  const name = (await capture('id', [USER])).code === 0 ? USER : 'nobody'
  const [uid, gid] = await Promise.all([capture('id', ['-u', name]), capture('id', ['-g', name])])
  return { uid: Number(uid.output), gid: Number(gid.output) }
}

/** A server that a killed launcher left behind still holds the data folder. */
async function stopLeftover(place: PostgresPlace, identity: Identity): Promise<void> {
  const file = join(place.data, 'postmaster.pid')
  if (!existsSync(file)) return
  const commandLine = await commandLineOf(Number(readFileSync(file, 'utf8').split('\n')[0]))
  if (commandLine?.includes(place.data) === true)
    await capture(join(place.native, 'bin/pg_ctl'), ['stop', '-D', place.data, '-m', 'fast', '-w'], identity)
  else rmSync(file, { force: true })
}

interface InitialiseOptions {
  readonly password: string
  readonly identity: Identity
  readonly owner: Owner | undefined
  readonly signal: AbortSignal | undefined
}

async function initialise(place: PostgresPlace, options: InitialiseOptions): Promise<void> {
  const { password, identity, owner, signal } = options
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
  const { code, output } = await capture(join(place.native, 'bin/initdb'), args, { ...identity, signal })
  rmSync(passwordFile, { force: true })
  if (code === 0) return
  // What is half made would look damaged at the next start.
  rmSync(place.data, { recursive: true, force: true })
  const why = output.trim().split('\n').at(-1) ?? ''
  throw new Refusal(`The database could not be created in ${place.data} (${why}): correct that and start again.`)
}

/** @throws Refusal when the server has another password than the one we keep: waiting does not help then */
async function takesSessions(url: string, data: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    await sql`SELECT 1`
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '28P01')
      throw damaged(data, 'its password is not the one in secrets.json')
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
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
    `The database folder ${data} cannot be used (${why}): put back a copy of it, or move the whole data folder away to start afresh.`,
  )
}
