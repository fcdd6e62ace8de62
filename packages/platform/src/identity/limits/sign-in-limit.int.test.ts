import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSignInLimit, type SignInLimit } from './sign-in-limit.js'

const redisUrl = process.env['INLAY_TEST_REDIS_URL']
const tooMany = { code: 'auth.too_many_attempts', reason: 'too_many' }

async function tryTimes(limit: SignInLimit, times: number, email: (index: number) => string): Promise<void> {
  for (let index = 0; index < times; index++) await limit.consume({ email: email(index), address: '192.0.2.1' })
}

describe.skipIf(redisUrl === undefined)('the limit of sign-ins', () => {
  let redis: Redis

  beforeAll(() => {
    redis = new Redis(redisUrl ?? '')
  })
  afterAll(() => redis.disconnect())

  const fresh = (): SignInLimit => createSignInLimit(redis, `test-${randomBytes(8).toString('hex')}`)

  it('refuses the sixth attempt on an account, however its address is spelled', async () => {
    const limit = fresh()
    await tryTimes(limit, 5, () => 'kim@acme.example')
    await expect(limit.consume({ email: ' KIM@acme.example', address: '192.0.2.2' })).rejects.toMatchObject(tooMany)
    await limit.consume({ email: 'lee@acme.example', address: '192.0.2.1' })
  })

  it('refuses an address that tries many accounts', async () => {
    const limit = fresh()
    await tryTimes(limit, 50, (index) => `m${index}@acme.example`)
    await expect(limit.consume({ email: 'other@acme.example', address: '192.0.2.1' })).rejects.toMatchObject(tooMany)
    await limit.consume({ email: 'other@acme.example', address: '192.0.2.2' })
  })

  it('counts failures only', async () => {
    const limit = fresh()
    for (let index = 0; index < 60; index++) {
      await limit.consume({ email: 'kim@acme.example', address: '192.0.2.1' })
      await limit.reward({ email: 'kim@acme.example', address: '192.0.2.1' })
    }
  })

  it('holds, per process, while Redis is away', async () => {
    const away = new Redis('redis://127.0.0.1:1', {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      retryStrategy: () => null,
    })
    away.on('error', () => undefined)
    const limit = createSignInLimit(away)
    await tryTimes(limit, 5, () => 'kim@acme.example')
    await expect(limit.consume({ email: 'kim@acme.example', address: '192.0.2.1' })).rejects.toMatchObject(tooMany)
    away.disconnect()
  })
})
