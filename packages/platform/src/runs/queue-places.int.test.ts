import { type CustomerId, newId, type RunId, type RunIdentity, type TenantId } from '@inlay/engine'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectRedis, redisReady } from '../realtime/index.js'
import { createQueuePlaces, freeingPlaces, type QueuePlaces } from './queue-places.js'

const redisUrl = process.env['INLAY_TEST_REDIS_URL']

type Run = Pick<RunIdentity, 'runId' | 'tenantId' | 'customerId'>

describe.skipIf(redisUrl === undefined)('places in the queue', () => {
  let redis: Redis
  let places: QueuePlaces

  beforeAll(async () => {
    redis = connectRedis(redisUrl ?? '')
    await redisReady(redis)
    places = createQueuePlaces({ redis, perCustomer: 3 })
  })

  afterAll(() => redis?.disconnect())

  /** Runs of a new customer. */
  function newRuns(count: number): Run[] {
    const tenantId = newId<TenantId>('ten', Date.now())
    return Array.from({ length: count }, () => ({
      runId: newId<RunId>('run', Date.now()),
      tenantId,
      customerId: 'cus_1' as CustomerId,
    }))
  }

  it('are as many as a customer may have, whoever asks, and others have their own', async () => {
    const noisy = newRuns(5)
    const quiet = newRuns(1)
    const mixed = noisy.flatMap((run, index) => (index === 3 ? [...quiet, run] : [run]))
    expect(await places.take(mixed)).toEqual([true, true, true, true, false, false])
    const elsewhere = createQueuePlaces({ redis, perCustomer: 3 })
    expect(await elsewhere.take(noisy.slice(3))).toEqual([false, false])
  })

  it('stay with the runs that have them', async () => {
    const runs = newRuns(4)
    await places.take(runs)
    expect(await places.take(runs)).toEqual([true, true, true, false])
  })

  it('are free again when a worker has begun to execute the run', async () => {
    const runs = newRuns(4)
    await places.take(runs)
    const passedOn: string[] = []
    const sink = freeingPlaces(places, { emit: ({ type }) => passedOn.push(type) })
    const [first] = runs
    sink.emit({ type: 'run', run: first as never as RunIdentity, status: 'succeeded', at: 0 })
    expect(await places.take(runs.slice(3))).toEqual([false])
    sink.emit({ type: 'run', run: first as never as RunIdentity, status: 'running', at: 0 })
    await expect.poll(() => places.take(runs.slice(3))).toEqual([true])
    expect(passedOn).toEqual(['run', 'run'])
  })

  it('do not outlive a run that is lost on its way', async () => {
    const runs = newRuns(4)
    await places.take(runs)
    const key = `inlay:{queued}:${runs[0]?.tenantId}/cus_1`
    expect(await redis.pttl(key)).toBeGreaterThan(0)
    await redis.zadd(key, Date.now() - 31_000, runs[0]?.runId ?? '')
    expect(await places.take(runs.slice(3))).toEqual([true])
  })
})
