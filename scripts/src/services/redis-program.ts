import { appendFileSync, existsSync, mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { capture, findProgram } from '../command.js'
import { Refusal } from '../failure.js'
import { ROOT } from '../paths.js'
import { step } from '../progress.js'

/** A way to get a Redis where there is none. */
interface Source {
  readonly what: string
  isPossible(): Promise<boolean>
  /** @returns everything that was printed */
  install(signal: AbortSignal | undefined): Promise<string>
  find(): Promise<string | undefined>
}

const compiled = join(
  process.env['REDISMS_DOWNLOAD_DIR'] ?? join(ROOT, 'node_modules/.cache/redis'),
  'stable/redis-server',
)
const findCompiled = async (): Promise<string | undefined> => (existsSync(compiled) ? compiled : undefined)

const SOURCES: readonly Source[] = [
  {
    what: 'Installing Redis with apt',
    isPossible: async () => process.getuid?.() === 0 && (await findProgram('apt-get')) !== undefined,
    install: installWithApt,
    find: () => findProgram('redis-server'),
  },
  {
    what: 'Downloading and compiling Redis, once; this takes some minutes',
    isPossible: async () => (await findProgram('make')) !== undefined && (await findProgram('cc')) !== undefined,
    install: compile,
    find: findCompiled,
  },
]

/**
 * The program of a Redis server: `redis-server` or `valkey-server` on PATH, else installed with apt (root on Debian or
 * Ubuntu), else compiled by `redis-memory-server`.
 *
 * @param logFile gets what the installers say
 * @throws Refusal when none of these is possible
 */
export async function findRedis(logFile: string, signal?: AbortSignal): Promise<string> {
  const found = (await findProgram('redis-server')) ?? (await findProgram('valkey-server')) ?? (await findCompiled())
  if (found !== undefined) return found
  let attempts = 0
  for (const source of SOURCES) {
    if (!(await source.isPossible())) continue
    attempts += 1
    const program = await step(source.what, async () => {
      mkdirSync(dirname(logFile), { recursive: true })
      appendFileSync(logFile, await source.install(signal))
      return source.find()
    })
    if (program !== undefined) return program
  }
  const tried = attempts === 0 ? 'nothing here can install or compile it' : `installing it failed, see ${logFile}`
  throw new Refusal(
    `There is no Redis on this machine (${tried}): install redis-server or valkey-server, or set REDIS_URL to a running one.`,
  )
}

async function installWithApt(signal: AbortSignal | undefined): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const update = await capture('apt-get', ['update', '-qq'], { env, signal })
  const packages = ['install', '-y', '-qq', '--no-install-recommends', 'redis-server']
  return update.output + (await capture('apt-get', packages, { env, signal })).output
}

/** In a process of its own, because the package prints as it likes. */
async function compile(signal: AbortSignal | undefined): Promise<string> {
  const script = fileURLToPath(new URL('compile-redis.ts', import.meta.url))
  const { output } = await capture(process.execPath, [...process.execArgv, script], {
    cwd: ROOT,
    signal,
    env: {
      ...process.env,
      REDISMS_DOWNLOAD_DIR: dirname(dirname(compiled)),
      // Without it the package accepts any certificate for what it downloads and runs.
      npm_config_strict_ssl: 'true',
      MAKEFLAGS: `-j${availableParallelism()}`,
    },
  })
  return output
}
