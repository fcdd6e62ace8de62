import { setTimeout as delay } from 'node:timers/promises'
import {
  type CustomerId,
  newId,
  type RunId,
  type RunIdentity,
  type RunStatus,
  type TenantId,
  type WorkflowId,
} from '@inlay/engine'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchRun, watchRuns } from '../runs/watch.js'
import {
  assertRedisKeepsKeys,
  awaitRun,
  connectPatientRedis,
  connectRedis,
  createEventHub,
  createEventPublisher,
  type EventHub,
  type RunEvent,
  redisReady,
  type WorkflowEvent,
} from './index.js'

const redisUrl = process.env['INLAY_TEST_REDIS_URL']

describe.skipIf(redisUrl === undefined)('events of runs', () => {
  let redis: Redis
  let subscriber: Redis
  let hub: EventHub

  beforeAll(async () => {
    redis = connectRedis(redisUrl ?? '')
    subscriber = connectPatientRedis(redisUrl ?? '')
    await redisReady(redis)
    hub = createEventHub(subscriber)
  })

  afterAll(() => {
    redis?.disconnect()
    subscriber?.disconnect()
  })

  function newRun(): RunIdentity {
    const identity = {
      tenantId: 'ten_a',
      customerId: 'cus_a',
      versionId: 'ver_a',
      mode: 'live',
    } as never as RunIdentity
    return { ...identity, runId: newId<RunId>('run', Date.now()), workflowId: newId<WorkflowId>('wf', Date.now()) }
  }

  function emit(run: RunIdentity, ...statuses: RunStatus[]): void {
    const publisher = createEventPublisher(redis)
    for (const status of statuses) publisher.emit({ type: 'run', run, status, at: Date.now() })
  }

  async function take(events: AsyncGenerator<RunEvent>, count: number): Promise<RunEvent[]> {
    const taken: RunEvent[] = []
    for await (const event of events) if (taken.push(event) === count) break
    return taken
  }

  it('reach all who listen in this process, and nobody who has stopped', async () => {
    const run = newRun()
    const heard: string[] = []
    const one = hub.listen(run.workflowId, () => heard.push('one'))
    const two = hub.listen(run.workflowId, () => heard.push('two'))
    await two.ready
    emit(run, 'running')
    while (heard.length < 2) await delay(5)
    one.stop()
    one.stop()
    emit(run, 'succeeded')
    while (heard.length < 3) await delay(5)
    two.stop()
    expect(heard).toEqual(['one', 'two', 'two'])
    const [, listeners] = (await redis.pubsub('NUMSUB', `inlay:events:${run.workflowId}`)) as [string, number]
    expect(listeners).toBe(0)
  })

  it('carry ids and states through Redis, and nothing else', async () => {
    const run = newRun()
    const spy = connectPatientRedis(redisUrl ?? '')
    await spy.subscribe(`inlay:events:${run.workflowId}`)
    const message = new Promise<string>((resolve) => spy.once('message', (_channel, text: string) => resolve(text)))
    const publisher = createEventPublisher(redis)
    publisher.emit({ type: 'run', run, status: 'running', at: 0 })
    const address = { stepPath: 'a/b', iteration: '0' }
    publisher.emit({ type: 'step', run, address, status: 'succeeded', attempt: 1, at: 0 })
    publisher.emit({ type: 'responded', run, at: 0 })
    const at = '1970-01-01T00:00:00.000Z'
    const { runId } = run
    expect(JSON.parse(await message)).toEqual([
      { type: 'run', runId, status: 'running', at },
      { type: 'step', runId, ...address, status: 'succeeded', attempt: 1, at },
      { type: 'responded', runId, at },
    ])
    spy.disconnect()
  })

  it('are told after a snapshot until the run ends, also those between the two', async () => {
    const run = newRun()
    const { workflowId, runId } = run
    const { signal } = new AbortController()
    const readStatus = async (): Promise<RunStatus> => {
      // The run ends while its state is being read.
      emit(run, 'succeeded')
      await delay(50)
      return 'running'
    }
    const events: RunEvent[] = []
    for await (const event of watchRun(hub, { workflowId, runId, signal, readStatus })) events.push(event)
    expect(events.map((event) => event.type === 'run' && event.status)).toEqual(['running', 'succeeded'])
  })

  it('of a run that has ended are its end alone', async () => {
    const { workflowId, runId } = newRun()
    const watch = { workflowId, runId, signal: new AbortController().signal, readStatus: async () => 'failed' as const }
    expect(await take(watchRun(hub, watch), 5)).toEqual([expect.objectContaining({ status: 'failed' })])
  })

  it('of a whole workflow begin with its newest runs', async () => {
    const run = newRun()
    const readNewest = async () => {
      emit(run, 'running')
      return [{ id: 'run_old', status: 'succeeded' as const }]
    }
    const watch = { of: run.workflowId, signal: new AbortController().signal, readNewest }
    const events = await take(watchRuns(hub, watch), 2)
    expect(events).toEqual([
      expect.objectContaining({ runId: 'run_old', status: 'succeeded' }),
      expect.objectContaining({ runId: run.runId, status: 'running' }),
    ])
  })

  it('reach those who watch all runs of a customer or a tenant, steps left out', async () => {
    const tenantId = newId<TenantId>('ten', Date.now())
    const customerId = newId<CustomerId>('cus', Date.now())
    const [run, other] = [
      { ...newRun(), tenantId, customerId },
      { ...newRun(), tenantId },
    ]
    const statuses = { customer: [] as string[], tenant: [] as string[] }
    const keep = (list: string[]) => (event: WorkflowEvent) =>
      list.push(event.type === 'run' ? event.runId : event.type)
    const listening = [hub.listen(customerId, keep(statuses.customer)), hub.listen(tenantId, keep(statuses.tenant))]
    await Promise.all(listening.map(({ ready }) => ready))
    const publisher = createEventPublisher(redis)
    const address = { stepPath: 'a', iteration: '0' }
    publisher.emit({ type: 'run', run, status: 'running', at: 0 })
    publisher.emit({ type: 'step', run, address, status: 'succeeded', attempt: 1, at: 0 })
    publisher.emit({ type: 'run', run: other, status: 'running', at: 0 })
    while (statuses.tenant.length < 2 || statuses.customer.length < 1) await delay(5)
    for (const { stop } of listening) stop()
    expect(statuses).toEqual({ customer: [run.runId], tenant: [run.runId, other.runId] })
  })

  it('end when nobody watches any more', async () => {
    const { workflowId, runId } = newRun()
    const controller = new AbortController()
    const readStatus = async (): Promise<RunStatus> => 'running'
    const events = watchRun(hub, { workflowId, runId, signal: controller.signal, readStatus })
    await events.next()
    const next = events.next()
    controller.abort()
    expect(await next).toEqual({ done: true, value: undefined })
  })

  it('wake those who wait for a run; those who hear nothing find its end by looking', async () => {
    const run = newRun()
    const wait = { workflowId: run.workflowId, runId: run.runId, timeoutMs: 5000, signal: new AbortController().signal }
    let looks = 0
    const deaf: EventHub = { listen: () => ({ ready: Promise.resolve(), stop: () => undefined }) }
    const look = async () => (++looks === 3 ? 'found' : undefined)
    expect(await awaitRun(deaf, wait, look)).toBe('found')
    let hasEnded = false
    const ended = awaitRun(hub, wait, async () => (hasEnded ? 'ended' : undefined))
    hasEnded = true
    emit(run, 'succeeded')
    expect(await ended).toBe('ended')
    expect(await awaitRun(hub, { ...wait, timeoutMs: 20 }, async () => undefined)).toBeUndefined()
  })

  it('need a Redis that throws nothing away', async () => {
    await assertRedisKeepsKeys(redis)
    const evicting = { info: async () => '# Memory\r\nmaxmemory_policy:allkeys-lru\r\n' } as never as Redis
    await expect(assertRedisKeepsKeys(evicting)).rejects.toMatchObject({ code: 'redis.evicts' })
  })
})
