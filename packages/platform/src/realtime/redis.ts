import { InlayError } from '@inlay/engine'
import { Redis } from 'ioredis'

/** A Redis that hangs must not gather commands, and those who wait for them, without bound. */
const COMMAND_TIMEOUT_MS = 5000

function retryStrategy(attempt: number): number {
  return Math.min(attempt * 100, 2000)
}

/** A connection that fails at once while Redis is away: for work that must not wait for it. */
export function connectRedis(url: string): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy,
  })
  // Without a listener a lost connection would end the process; those who use the connection see their own failures.
  redis.on('error', () => undefined)
  return redis
}

/** A connection that waits for Redis to come back: for workers and subscribers. */
export function connectPatientRedis(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy })
  redis.on('error', () => undefined)
  return redis
}

/** Resolves when the connection can be used. @throws InlayError `redis.unavailable` after `timeoutMs` */
export async function redisReady(redis: Redis, timeoutMs = 5000): Promise<void> {
  if (redis.status === 'ready') return
  await new Promise<void>((resolve, reject) => {
    const onReady = (): void => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(() => {
      redis.off('ready', onReady)
      const { host, port } = redis.options
      const title = `Redis at ${host ?? 'localhost'}:${port ?? 6379} did not answer within ${timeoutMs} ms.`
      reject(new InlayError('redis.unavailable', title, { detail: 'Start it, or correct REDIS_URL.' }))
    }, timeoutMs)
    redis.once('ready', onReady)
  })
}

/**
 * INFO, because hosted Redis services forbid CONFIG.
 *
 * @throws InlayError `redis.evicts` when Redis may throw keys away under memory pressure: queued work would vanish without a trace
 */
export async function assertRedisKeepsKeys(redis: Redis): Promise<void> {
  const policy = /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1]
  if (policy === undefined || policy === 'noeviction') return
  throw new InlayError('redis.evicts', `Redis has the maxmemory-policy "${policy}" and may throw queued work away.`, {
    detail: 'Set it with: CONFIG SET maxmemory-policy noeviction',
  })
}
