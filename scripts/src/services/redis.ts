import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { capture, findProgram } from '../command.js'
import { Refusal } from '../failure.js'
import { freePort } from './free-port.js'
import { type Service, spawnService, stopProcess } from './service.js'

const START_TIMEOUT_MS = 20_000

/**
 * A real Redis: the one that `REDIS_URL` names, else one of our own from `redis-server` or `valkey-server` on PATH, else
 * installed with apt (root on Debian or Ubuntu), else compiled by `redis-memory-server`.
 *
 * @throws Refusal when none of these is there, or when the named one may throw keys away
 */
export async function startRedis(folder: string, env: NodeJS.ProcessEnv): Promise<Service> {
  const given = env['REDIS_URL']
  if (given !== undefined && given !== '') {
    await assertUsable(given)
    return { url: given, stop: async () => {} }
  }
  return startOwn(folder, await findServer())
}

async function startOwn(folder: string, program: string): Promise<Service> {
  const data = join(folder, 'redis')
  mkdirSync(data, { recursive: true })
  const port = await freePort()
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: data,
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
    save: '',
    daemonize: 'no',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  const child = spawnService(program, args, { logFile: join(folder, 'logs/redis.log') })
  const url = `redis://127.0.0.1:${port}`
  await untilReady(url, () => child.exitCode !== null)
  return { url, stop: () => stopProcess(child) }
}

async function findServer(): Promise<string> {
  const found = (await findProgram('redis-server')) ?? (await findProgram('valkey-server'))
  if (found !== undefined) return found
  return (await installWithApt()) ?? (await compile()) ?? refuse()
}

async function installWithApt(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || (await findProgram('apt-get')) === undefined) return undefined
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await capture('apt-get', ['update', '-qq'], { env })
  await capture('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], { env })
  return findProgram('redis-server')
}

/** Downloads and compiles Redis: the last resort, where that is possible. */
async function compile(): Promise<string | undefined> {
  try {
    const { RedisMemoryServer } = await import('redis-memory-server')
    const server = await RedisMemoryServer.create()
    const program = server.getInstanceInfo() === false ? undefined : await compiledProgram()
    await server.stop()
    return program
  } catch {
    return undefined
  }
}

/** Where `redis-memory-server` leaves what it compiled. */
async function compiledProgram(): Promise<string | undefined> {
  const { output } = await capture('sh', [
    '-c',
    'find "$HOME/.cache/redis-binaries" node_modules -name redis-server -type f -perm -u+x 2>/dev/null | head -1',
  ])
  return output.trim() === '' ? undefined : output.trim()
}

function refuse(): never {
  throw new Refusal(
    'Redis was not found. Install redis-server (or valkey-server), or set REDIS_URL to a running one, then start again.',
  )
}

async function untilReady(url: string, hasEnded: () => boolean): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline && !hasEnded()) {
    if (await answers(url)) return
    await delay(30)
  }
  throw new Refusal('Redis could not be started. See logs/redis.log in the data folder.')
}

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null })
  redis.on('error', () => undefined)
  try {
    await redis.connect()
    return (await redis.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}

async function assertUsable(url: string): Promise<void> {
  if (!(await answers(url)))
    throw new Refusal('Redis does not answer at the address in REDIS_URL. Start it, or correct REDIS_URL.')
  const redis = new Redis(url)
  const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as [string, string]
  redis.disconnect()
  if (policy !== 'noeviction') {
    throw new Refusal(
      `The Redis of REDIS_URL has maxmemory-policy "${policy}" and could throw work away; set it to noeviction.`,
    )
  }
}
