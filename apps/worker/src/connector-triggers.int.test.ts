import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readConfig } from '@inlay/platform/config'
import { createTestDatabase, type TestDatabase } from '@inlay/platform/database/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compose, type Worker } from './compose.js'
import { type Plane, startPlane, workerEnv } from './test-plane.js'
import { createTestRedis, hasRedisServer, type TestRedis } from './test-redis.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const PATIENCE = { timeout: 20_000, interval: 100 }

describe.skipIf(serverUrl === undefined || !hasRedisServer)('workers that poll', () => {
  let test: TestDatabase
  let redis: TestRedis
  let plane: Plane
  let workers: Worker[] = []
  let feed: Server
  let url: string
  const entries = ['old']

  beforeAll(async () => {
    redis = await createTestRedis()
    await redis.start()
    test = await createTestDatabase(serverUrl ?? '')
    plane = await startPlane(test, redis.url)
    feed = createServer((_request, response) => {
      const items = entries.map((title) => `<item><guid>${title}</guid><title>${title}</title></item>`)
      response.setHeader('content-type', 'application/rss+xml')
      response.end(`<rss version="2.0"><channel><title>News</title>${items.reverse().join('')}</channel></rss>`)
    })
    await new Promise<void>((resolve) => feed.listen(0, '127.0.0.1', resolve))
    // A server that listens on TCP has an AddressInfo.
    url = `http://127.0.0.1:${(feed.address() as AddressInfo).port}/feed`
    const env = workerEnv(test, redis.url)
    workers = [await compose(readConfig(env)), await compose(readConfig(env))]
  })

  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()))
    feed?.closeAllConnections()
    feed?.close()
    await plane?.close()
    await test?.drop()
    await redis?.drop()
  })

  it('start a run for each new thing, and one alone, however many they are', async () => {
    const trigger = { type: 'connector', connector: 'rss', trigger: 'newEntry', input: { url } }
    const steps = [{ id: 'title', type: 'set', values: { title: '{{ trigger.title }}' } }]
    const workflowId = await plane.publish(steps, trigger)
    const state = async () => (await plane.workflows.get(plane.scope, workflowId)).trigger.connector
    await expect.poll(async () => (await state())?.status, PATIENCE).toBe('active')
    const before = (await state())?.lastPollAt
    entries.push('first', 'second')
    await test.admin`UPDATE inlay.connector_triggers SET due_at = now()`
    await expect.poll(async () => (await state())?.lastPollAt !== before, PATIENCE).toBe(true)
    const { data } = await plane.runs.list(plane.scope, { workflowId, limit: 10 })
    expect(data).toHaveLength(2)
    const ended = await Promise.all(data.map(({ id }) => plane.ended(id)))
    expect(ended.map(({ status }) => status)).toEqual(['succeeded', 'succeeded'])
    expect(ended.map((run) => run.trigger)).toMatchObject([{ title: 'second' }, { title: 'first' }])
  })
})
