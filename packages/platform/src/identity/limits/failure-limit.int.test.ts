import { randomBytes } from 'node:crypto'
import { UserError } from '@inlay/engine'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFailureLimit, type FailureLimit } from './failure-limit.js'

const redisUrl = process.env['INLAY_TEST_REDIS_URL']
const HERE = '192.0.2.1'

const succeed = async (): Promise<string> => 'done'
const beRefused = async (): Promise<string> => {
  throw new UserError('not_found', 'link.not_found', 'There is nothing here.')
}
const failByOurselves = async (): Promise<string> => {
  throw new TypeError('ours')
}

describe.skipIf(redisUrl === undefined)('the limit of failures', () => {
  let redis: Redis

  beforeAll(() => {
    redis = new Redis(redisUrl ?? '')
  })
  afterAll(() => redis.disconnect())

  function limitOf(of: Redis, reached: string[] = []): FailureLimit {
    const keyPrefix = `test-${randomBytes(8).toString('hex')}`
    const onReached = (address: string) => reached.push(address)
    return createFailureLimit({ redis: of, keyPrefix, points: 3, windowSeconds: 60, onReached })
  }

  async function exhaust(limit: FailureLimit): Promise<void> {
    for (let count = 0; count < 3; count++) {
      await expect(limit.guard(HERE, beRefused)).rejects.toMatchObject({ code: 'link.not_found' })
    }
  }

  it('stops an address after its refusals, tells of it once, and leaves others alone', async () => {
    const reached: string[] = []
    const limit = limitOf(redis, reached)
    await exhaust(limit)
    const refused = { code: 'limit.too_many_failures', data: { retryAfterMs: expect.any(Number) } }
    await expect(limit.guard(HERE, succeed)).rejects.toMatchObject(refused)
    await expect(limit.guard(HERE, beRefused)).rejects.toMatchObject(refused)
    expect(await limit.guard('192.0.2.2', succeed)).toBe('done')
    expect(reached).toEqual([HERE])
  })

  it('counts neither what succeeds nor what fails by ourselves', async () => {
    const limit = limitOf(redis)
    for (let count = 0; count < 10; count++) {
      expect(await limit.guard(HERE, succeed)).toBe('done')
      await expect(limit.guard(HERE, failByOurselves)).rejects.toThrow('ours')
    }
  })

  it('holds, per process, while Redis is away', async () => {
    const away = new Redis('redis://127.0.0.1:1', {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      retryStrategy: () => null,
    })
    away.on('error', () => undefined)
    const limit = limitOf(away)
    await exhaust(limit)
    await expect(limit.guard(HERE, succeed)).rejects.toMatchObject({ code: 'limit.too_many_failures' })
    away.disconnect()
  })
})
