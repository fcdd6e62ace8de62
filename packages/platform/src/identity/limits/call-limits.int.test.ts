import { randomBytes } from 'node:crypto'
import type { CustomerId, TenantId } from '@inlay/engine'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../caller.js'
import { type CallLimits, createCallLimits } from './call-limits.js'

const redisUrl = process.env['INLAY_TEST_REDIS_URL']
const tenantId = 'ten_1' as TenantId

function person(id: string, customer = 'cus_1'): Caller {
  const scope = { tenantId, customerId: customer as CustomerId }
  return { kind: 'embed', id, scope, permissions: [], endUser: { sub: id, name: null, role: 'editor' } }
}

const KEY: Caller = { kind: 'apiKey', id: 'key_1', scope: { tenantId }, permissions: [] }

describe.skipIf(redisUrl === undefined)('limits of calls', () => {
  let redis: Redis

  beforeAll(() => {
    redis = new Redis(redisUrl ?? '')
  })
  afterAll(() => redis.disconnect())

  const fresh = (): CallLimits => createCallLimits(redis, `test-${randomBytes(8).toString('hex')}`)

  async function times(limits: CallLimits, count: number, caller: Caller): Promise<void> {
    for (let index = 0; index < count; index++) await limits.take('stepTests', caller)
  }

  it('refuse a person, and say when to try again, while others of the customer go on', async () => {
    const limits = fresh()
    await times(limits, 30, person('kim'))
    await expect(limits.take('stepTests', person('kim'))).rejects.toMatchObject({
      reason: 'too_many',
      code: 'limit.too_many_calls',
      detail: expect.stringMatching(/^Try again in \d+ seconds\.$|^Try again in a minute\.$/),
      data: { retryAfterMs: expect.any(Number) },
    })
    await limits.take('stepTests', person('lee'))
    await limits.take('formQuestions', person('kim'))
  })

  it('refuse a customer of many people, and leave other customers alone', async () => {
    const limits = fresh()
    for (const name of ['a', 'b', 'c', 'd']) await times(limits, 30, person(name))
    await expect(limits.take('stepTests', person('e'))).rejects.toMatchObject({ code: 'limit.too_many_calls' })
    await limits.take('stepTests', person('e', 'cus_2'))
  })

  it('give an API key, which speaks for many customers, more', async () => {
    await times(fresh(), 200, KEY)
  })
})
