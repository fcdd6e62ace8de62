import { Redis } from 'ioredis'
import { Refusal } from '../failure.js'
import type { Service } from './service.js'

const OLDEST_VERSION = '6.2'

/** The Redis that `REDIS_URL` names. @throws Refusal when it does not answer or may throw keys away */
export async function useGivenRedis(url: URL): Promise<Service> {
  const facts = await askRedis(url.href).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw new Refusal(
      `Redis at ${url.host}, the address in REDIS_URL, does not answer (${why}): start it, or correct REDIS_URL.`,
    )
  })
  assertUsable(facts, `The Redis at ${url.host}`)
  return { url: url.href, stop: async () => {} }
}

/** What `INFO` says; `CONFIG` is not for everybody where Redis is managed. */
export type RedisFacts = ReadonlyMap<string, string>

/** @throws Error that says why there was no answer */
export async function askRedis(url: string): Promise<RedisFacts> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null })
  let cause: Error | undefined
  redis.on('error', (error: Error) => {
    cause = error
  })
  try {
    await redis.connect()
    const lines = (await redis.info()).split('\r\n').map((line) => line.split(':'))
    return new Map(lines.map(([name = '', ...value]) => [name, value.join(':')]))
  } catch (error) {
    // The rejection says that the connection is closed; the event before it says why.
    throw cause ?? error
  } finally {
    redis.disconnect()
  }
}

/** @throws Refusal when a Redis is too old, or would make room by throwing work away */
export function assertUsable(facts: RedisFacts, what: string): void {
  const version = facts.get('redis_version') ?? OLDEST_VERSION
  if (version.localeCompare(OLDEST_VERSION, 'en', { numeric: true }) < 0) {
    throw new Refusal(
      `${what} is version ${version}, and ${OLDEST_VERSION} or newer is needed: install a newer one, or name one in REDIS_URL.`,
    )
  }
  const policy = facts.get('maxmemory_policy') ?? 'noeviction'
  if (policy !== 'noeviction')
    throw new Refusal(`${what} has maxmemory-policy ${policy} and could throw work away: set it to noeviction.`)
}
