import { Redis } from 'ioredis'

/** A connection that fails at once while Redis is away: for work that must not wait for it. */
export function connectRedis(url: string): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  })
  // Without a listener a lost connection would end the process; those who use the connection see their own failures.
  redis.on('error', () => undefined)
  return redis
}

/** A connection that waits for Redis to come back: for workers and subscribers. */
export function connectPatientRedis(url: string): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  })
  redis.on('error', () => undefined)
  return redis
}

/** Resolves when the connection can be used. @throws Error after `timeoutMs` */
export async function redisReady(redis: Redis, timeoutMs = 5000): Promise<void> {
  if (redis.status === 'ready') return
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Redis did not answer in time.')), timeoutMs)
    redis.once('ready', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** @throws Error when Redis may throw keys away under memory pressure: queued work would vanish without a trace */
export async function assertRedisKeepsKeys(redis: Redis): Promise<void> {
  const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as [string, string]
  if (policy === 'noeviction') return
  throw new Error(
    `Redis has maxmemory-policy "${policy}"; it must be "noeviction". Set it with: CONFIG SET maxmemory-policy noeviction`,
  )
}
