import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '@inlay/platform/config'
import { createTestDatabase, type TestDatabase } from '@inlay/platform/database/testing'
import { connectRedis, redisReady } from '@inlay/platform/realtime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compose, type Worker } from './compose.js'
import { LINE, type Plane, type Stub, startPlane, startStub, workerEnv } from './test-plane.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
// These tests stop Redis, so they need a server of their own.
const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function startRedis(port: number, folder: string): Promise<ChildProcess> {
  const args = ['--port', String(port), '--dir', folder, '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1']
  const server = spawn('redis-server', args, { stdio: 'ignore' })
  const probe = connectRedis(`redis://127.0.0.1:${port}`)
  await redisReady(probe)
  probe.disconnect()
  return server
}

async function stop(server: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGKILL')
  await ended
}

describe.skipIf(serverUrl === undefined || !hasRedisServer)('while Redis is away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-redis-'))
  let port: number
  let redis: ChildProcess
  let test: TestDatabase
  let plane: Plane
  let worker: Worker
  let stub: Stub

  beforeAll(async () => {
    port = await freePort()
    redis = await startRedis(port, folder)
    test = await createTestDatabase(serverUrl ?? '')
    stub = await startStub()
    const redisUrl = `redis://127.0.0.1:${port}`
    plane = await startPlane(test, redisUrl)
    worker = await compose(readConfig(workerEnv(test, redisUrl)))
  })

  afterAll(async () => {
    await worker?.close()
    await plane?.close()
    await stop(redis)
    stub?.close()
    await test?.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('webhooks are accepted, waits keep their time, and all runs end once it is back, though it has forgotten everything', async () => {
    const workflowId = await plane.publish(LINE)
    const warm = (await (await plane.hook(workflowId, { total: 60, url: stub.url })).json()) as { id: string }
    await plane.ended(warm.id)
    await stop(redis)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => plane.hook(workflowId, { total: 60, url: stub.url })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202))
    const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { id: string }).id))
    const sum = await plane.publish([{ id: 'sum', type: 'set', values: { n: 1 } }])
    const waited = await plane.runs.start(plane.scope, { workflowId: sum, input: {}, waitSeconds: 1, callerId: 'test' })
    expect(waited.status).toBe('pending')
    redis = await startRedis(port, folder)
    for (const id of [...ids, waited.id]) expect(await plane.ended(id)).toMatchObject({ status: 'succeeded' })
    for (const id of ids) expect(stub.keys.filter((key) => key === `${id}/size/tell/0`)).toHaveLength(1)
  })

  it('events of runs are heard again after it came back', async () => {
    await stop(redis)
    redis = await startRedis(port, folder)
    const workflowId = await plane.publish([{ id: 'sum', type: 'set', values: { n: 1 } }])
    const run = await plane.runs.start(plane.scope, { workflowId, input: {}, waitSeconds: 0, callerId: 'test' })
    const statuses: string[] = []
    for await (const event of plane.runs.watch(plane.scope, run.id, AbortSignal.timeout(20_000))) {
      if (event.type === 'run') statuses.push(event.status)
    }
    expect(statuses.at(-1)).toBe('succeeded')
  })
})
