import type { CustomerId, TenantId } from '@inlay/engine'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  connectPatientRedis,
  connectRedis,
  createEventHub,
  createEventPublisher,
  type RunEvent,
  redisReady,
} from '../realtime/index.js'
import { createTestPlatform, type TestPlatform } from './test-platform.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const redisUrl = process.env['INLAY_TEST_REDIS_URL']

interface Scope {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
}

describe.skipIf(serverUrl === undefined || redisUrl === undefined)('all runs of a customer, watched', () => {
  let platform: TestPlatform
  let redis: Redis
  let subscriber: Redis
  let alpha: Scope
  let beta: Scope

  beforeAll(async () => {
    redis = connectRedis(redisUrl ?? '')
    subscriber = connectPatientRedis(redisUrl ?? '')
    await redisReady(redis)
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', hub: createEventHub(subscriber) })
    alpha = await platform.addTenant()
    beta = { ...alpha, customerId: await platform.addCustomer(alpha.tenantId) }
  })

  afterAll(async () => {
    redis?.disconnect()
    subscriber?.disconnect()
    await platform?.close()
  })

  async function startRun(scope: Scope): Promise<string> {
    const definition = { schema: 'inlay/workflow@1', name: 'Orders', trigger: { type: 'manual' }, steps: [] }
    const { id } = await platform.workflows.create(scope, { customerId: scope.customerId, name: 'Orders', definition })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    const run = await platform.runs.start(scope, { workflowId: id, input: {}, waitSeconds: 0, callerId: 'test' })
    return run.id
  }

  const watch = (scope: { tenantId: TenantId; customerId?: CustomerId }, customerId?: string) =>
    platform.runs.watchAll(scope, { customerId, signal: new AbortController().signal })

  async function take(events: AsyncGenerator<RunEvent>, count: number): Promise<string[]> {
    const taken: string[] = []
    for await (const event of events) if (taken.push(event.runId) === count) break
    return taken
  }

  it('begin with the newest of all its workflows, and go on with what happens to any', async () => {
    const mine = [await startRun(alpha), await startRun(alpha)]
    const theirs = await startRun(beta)
    const events = watch(alpha)
    expect([(await events.next()).value?.runId, (await events.next()).value?.runId]).toEqual(mine)
    const told = take(events, 1)
    const publisher = createEventPublisher(redis)
    const identity = { tenantId: alpha.tenantId, versionId: 'ver_a', workflowId: 'wf_a', mode: 'live' }
    for (const [runId, { customerId }] of [[theirs, beta] as const, [mine[1], alpha] as const]) {
      publisher.emit({ type: 'run', run: { ...identity, customerId, runId } as never, status: 'running', at: 0 })
    }
    expect(await told).toEqual([mine[1]])
    expect(await take(watch({ tenantId: alpha.tenantId }), 3)).toEqual([...mine, theirs])
    expect(await take(watch({ tenantId: alpha.tenantId }, beta.customerId), 1)).toEqual([theirs])
  })

  it('are those of the caller alone, whoever is named', async () => {
    const stranger = await platform.addTenant()
    const refused = { code: 'customer.not_found' }
    await expect(watch(alpha, beta.customerId).next()).rejects.toMatchObject(refused)
    await expect(watch({ tenantId: stranger.tenantId }, alpha.customerId).next()).rejects.toMatchObject(refused)
  })
})
