import { readConfig } from '@inlay/platform/config'
import { createTestDatabase, type TestDatabase } from '@inlay/platform/database/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compose, type Worker } from './compose.js'
import { LINE, type Plane, type Stub, startPlane, startStub, workerEnv } from './test-plane.js'
import { createTestRedis, hasRedisServer, type TestRedis } from './test-redis.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined || !hasRedisServer)('while Redis is away', () => {
  let redis: TestRedis
  let test: TestDatabase
  let plane: Plane
  let worker: Worker
  let stub: Stub

  beforeAll(async () => {
    redis = await createTestRedis()
    await redis.start()
    test = await createTestDatabase(serverUrl ?? '')
    stub = await startStub()
    plane = await startPlane(test, redis.url)
    worker = await compose(readConfig(workerEnv(test, redis.url)))
  })

  afterAll(async () => {
    await worker?.close()
    await plane?.close()
    await redis?.drop()
    stub?.close()
    await test?.drop()
  })

  it('webhooks are accepted, waits keep their time, and all runs end once it is back, though it has forgotten everything', async () => {
    const workflowId = await plane.publish(LINE)
    const warm = (await (await plane.hook(workflowId, { total: 60, url: stub.url })).json()) as { id: string }
    await plane.ended(warm.id)
    await redis.kill()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => plane.hook(workflowId, { total: 60, url: stub.url })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202))
    const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { id: string }).id))
    const sum = await plane.publish([{ id: 'sum', type: 'set', values: { n: 1 } }])
    const waited = await plane.runs.start(plane.scope, { workflowId: sum, input: {}, waitSeconds: 1, callerId: 'test' })
    expect(waited.status).toBe('pending')
    await redis.start()
    for (const id of [...ids, waited.id]) expect(await plane.ended(id)).toMatchObject({ status: 'succeeded' })
    for (const id of ids) expect(stub.keys.filter((key) => key === `${id}/size/tell/0`)).toHaveLength(1)
  })

  it('events of runs are heard again after it came back', async () => {
    await redis.kill()
    await redis.start()
    const workflowId = await plane.publish([{ id: 'sum', type: 'set', values: { n: 1 } }])
    const run = await plane.runs.start(plane.scope, { workflowId, input: {}, waitSeconds: 0, callerId: 'test' })
    const statuses: string[] = []
    for await (const event of plane.runs.watch(plane.scope, run.id, AbortSignal.timeout(20_000))) {
      if (event.type === 'run') statuses.push(event.status)
    }
    expect(statuses.at(-1)).toBe('succeeded')
  })
})
