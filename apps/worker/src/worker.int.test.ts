import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readConfig } from '@inlay/platform/config'
import { createTestDatabase, type TestDatabase } from '@inlay/platform/database/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compose, type Worker } from './compose.js'
import { LINE, type Plane, type Stub, startPlane, startStub, workerEnv } from './test-plane.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const sharedRedisUrl = process.env['INLAY_TEST_REDIS_URL']
const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The queue's name is fixed: a database of its own keeps this file's jobs from other tests' workers. */
function ownDatabase(url: string): string {
  const own = new URL(url)
  own.pathname = `/${1 + (process.pid % 15)}`
  return own.href
}

describe.skipIf(serverUrl === undefined || sharedRedisUrl === undefined)('a worker', () => {
  let test: TestDatabase
  let plane: Plane
  let worker: Worker
  let stub: Stub
  let env: Record<string, string>

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    stub = await startStub()
    const redisUrl = ownDatabase(sharedRedisUrl ?? '')
    plane = await startPlane(test, redisUrl)
    env = workerEnv(test, redisUrl)
    worker = await compose(readConfig(env))
  })

  afterAll(async () => {
    await worker?.close()
    await plane?.close()
    stub?.close()
    await test?.drop()
  })

  it('takes a webhook from acceptance to its end through the queue', async () => {
    const workflowId = await plane.publish(LINE)
    const answer = await plane.hook(workflowId, { total: 60, url: stub.url })
    expect(answer.status).toBe(202)
    const { id } = (await answer.json()) as { id: string }
    expect(await plane.ended(id)).toMatchObject({ status: 'succeeded', error: null })
    expect(stub.keys).toContain(`${id}/size/tell/0`)
    const steps = await plane.runs.steps(plane.scope, id)
    expect(steps.map(({ stepPath, status, type }) => [stepPath, type, status])).toEqual([
      ['order', 'set', 'succeeded'],
      ['size', 'branch', 'succeeded'],
      ['size/tell', 'action', 'succeeded'],
    ])
    const { trigger, steps: samples } = await plane.workflows.samples(plane.scope, workflowId)
    expect(trigger).toMatchObject({ method: 'POST', body: { total: 60 } })
    expect(samples).toMatchObject({ order: { total: 60 }, tell: { status: 200, body: { ok: true } } })
  })

  it('answers a webhook with what the respond step says', async () => {
    const respond = {
      id: 'reply',
      type: 'respond',
      status: 201,
      headers: { 'x-total': '{{ trigger.body.total }}', 'content-type': 'text/html', 'clear-site-data': '*' },
      body: '<script>alert(1)</script>',
    }
    const answer = await plane.hook(await plane.publish([respond]), { total: 7 })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('x-total')).toBe('7')
    // Answers come from the portal's origin: whatever they say, they must not be able to act as a page of it.
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('clear-site-data')).toBeNull()
    expect(await answer.text()).toBe('<script>alert(1)</script>')
  })

  it('answers a webhook whose run fails before it responds', async () => {
    const fail = { id: 'bad', type: 'set', values: { x: '{{ trigger.body.missing.deeper }}' } }
    const answer = await plane.hook(await plane.publish([fail, { id: 'reply', type: 'respond' }]), {})
    expect(answer.status).toBe(500)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const problem = (await answer.json()) as { code: string; runId: string }
    expect(problem.code).toBe('run.failed')
    expect(await plane.ended(problem.runId)).toMatchObject({ status: 'failed' })
  })

  it('answers a call that waits for the end with the run itself', async () => {
    const workflowId = await plane.publish([{ id: 'sum', type: 'set', values: { n: '{{ trigger.n + 1 }}' } }])
    const run = await plane.runs.start(plane.scope, { workflowId, input: { n: 1 }, waitSeconds: 10, callerId: 'test' })
    expect(run.status).toBe('succeeded')
  })

  it('fires a schedule that has come', async () => {
    const workflowId = await plane.publish([{ id: 'at', type: 'set', values: { at: '{{ trigger.scheduledAt }}' } }], {
      type: 'schedule',
      cron: '0 9 * * *',
      timeZone: 'Europe/Berlin',
    })
    await test.admin`UPDATE inlay.schedules SET next_fire_at = '2026-01-05T08:00:00Z' WHERE workflow_id = ${workflowId}`
    let runId: string | undefined
    for (let i = 0; i < 100 && runId === undefined; i++) {
      await delay(100)
      runId = (await plane.runs.list(plane.scope, { workflowId, limit: 10 })).data[0]?.id
    }
    expect(await plane.ended(runId ?? '')).toMatchObject({ status: 'succeeded' })
    expect((await plane.runs.get(plane.scope, runId ?? '')).trigger).toEqual({
      scheduledAt: '2026-01-05T08:00:00.000Z',
    })
  })

  it('waits, runs code and calls other workflows', async () => {
    const code = { id: 'sum', type: 'code', source: 'return input.a + 1', input: { a: '{{ trigger.a }}' } }
    const called = await plane.publish([code], { type: 'manual' })
    const steps = [
      { id: 'pause', type: 'wait', for: '300ms' },
      { id: 'sub', type: 'call', workflow: called, input: { a: 41 } },
      { id: 'result', type: 'set', values: { got: '{{ steps.sub.output.output }}' } },
    ]
    const workflowId = await plane.publish(steps, { type: 'manual' })
    const { id } = await plane.runs.start(plane.scope, { workflowId, input: {}, waitSeconds: 0, callerId: 'test' })
    expect(await plane.ended(id)).toMatchObject({ status: 'succeeded', output: { got: 42 } })
    const [child] = (await plane.runs.list(plane.scope, { workflowId: called, limit: 1 })).data
    const { parent } = await plane.runs.get(plane.scope, child?.id ?? '')
    expect(parent).toEqual({ runId: id, stepPath: 'sub', iteration: '0' })
  })

  it('goes on after the database has cut all its connections', async () => {
    const workflowId = await plane.publish(LINE)
    await test.admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IN ('inlay_app', 'inlay_engine')`
    let answer = await plane.hook(workflowId, { total: 60, url: stub.url }).catch(() => undefined)
    for (let i = 0; i < 50 && answer?.status !== 202; i++) {
      await delay(100)
      answer = await plane.hook(workflowId, { total: 60, url: stub.url }).catch(() => undefined)
    }
    const { id } = ((await answer?.json()) ?? {}) as { id: string }
    expect(await plane.ended(id)).toMatchObject({ status: 'succeeded' })
  })

  it('ends what it has begun when it is told to stop, and exits with 0', async () => {
    await worker.close()
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions=inlay-source', 'apps/worker/src/main.ts'],
      // Not the variables of the test runner: Vite sets BASE_URL for purposes of its own.
      { cwd: root, env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    )
    await new Promise((resolve) => child.once('message', resolve))
    stub.delayMs = 700
    const workflowId = await plane.publish(LINE)
    const { id } = (await (await plane.hook(workflowId, { total: 60, url: stub.url })).json()) as { id: string }
    while (!stub.keys.includes(`${id}/size/tell/0`)) await delay(10)
    const code = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    expect(await code).toBe(0)
    expect(await plane.runs.get(plane.scope, id)).toMatchObject({ status: 'succeeded' })
    expect(stub.keys.filter((key) => key === `${id}/size/tell/0`)).toHaveLength(1)
    stub.delayMs = 0
    worker = await compose(readConfig(env))
  })
})
