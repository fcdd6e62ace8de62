/** What happens to runs when processes die: nothing is lost, and nothing is recorded twice. */
import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, startLedger } from './harness/ledger.js'
import { isBuilt, RunningProduct } from './harness/product.js'

const RUNS = 200
const CALL_MS = 60
const END_TIMEOUT_MS = 120_000

interface RunPage {
  readonly data: readonly { readonly id: string; readonly status: string }[]
  readonly nextCursor: string | null
}

let product: RunningProduct
let ledger: Ledger

// These tests strike real processes, found by their parent: they need the built product and a Unix.
describe.skipIf(!isBuilt() || process.platform !== 'linux')('in the middle of 200 runs', () => {
  beforeAll(async () => {
    ledger = await startLedger(CALL_MS)
    // Every run goes through the queue to the worker that is going to be killed.
    product = await RunningProduct.start(undefined, { EAGER_RUNS: '0' })
  })

  afterAll(async () => {
    await product?.dispose()
    await ledger?.close()
  })

  it('a worker is killed: another one ends every run, once, and each call had its key', async () => {
    const { workflowId, runIds } = await startRuns('Killed worker')
    await untilCalls(runIds, 100)
    const [victim] = await product.pidsOf('apps/worker')
    expect(victim).toBeGreaterThan(0)
    process.kill(victim ?? 0, 'SIGKILL')
    await expectAllEnded(workflowId, runIds)
    expect(await product.pidsOf('apps/worker')).not.toContain(victim)
    // The calls that were under way when the worker died may come twice, and no others.
    const repeated = [...ledger.calls].filter(([key, count]) => belongs(key, runIds) && count > 1)
    expect(repeated.length).toBeLessThanOrEqual(RUNS)
    expect(repeated.every(([, count]) => count === 2)).toBe(true)
  })

  it('Redis is emptied: every run ends all the same', async () => {
    const command = await product.commandOf('redis-server')
    const port = /127\.0\.0\.1:(\d+)/.exec(command)?.[1]
    expect(port).toBeDefined()
    const redis = new Redis(Number(port), '127.0.0.1')
    const { workflowId, runIds } = await startRuns('Emptied Redis', async () => {
      await redis.flushall()
    })
    await redis.flushall()
    await expectAllEnded(workflowId, runIds)
    redis.disconnect()
    for (const runId of runIds) expect(ledger.calls.get(`${runId}/first/0`)).toBe(1)
  })
})

/** Starts the runs through their webhook. @param halfway called when half of them are accepted */
async function startRuns(
  name: string,
  halfway: () => Promise<void> = async () => {},
): Promise<{ workflowId: string; runIds: string[] }> {
  const call = (id: string): object => ({
    id,
    type: 'action',
    connector: 'http',
    action: 'request',
    input: { method: 'POST', url: `${ledger.url}/${id}`, body: { n: '{{ trigger.body.n }}' } },
  })
  const steps = [{ id: 'order', type: 'set', values: { n: '{{ trigger.body.n }}' } }, call('first'), call('second')]
  const { id: workflowId, webhookUrl } = await product.publish(name, steps)
  const runIds: string[] = []
  for (let n = 0; n < RUNS; n++) {
    const answer = await fetch(webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ n }),
    })
    expect(answer.status).toBe(202)
    runIds.push(((await answer.json()) as { id: string }).id)
    if (n === RUNS / 2) await halfway()
  }
  return { workflowId, runIds }
}

function belongs(key: string, runIds: readonly string[]): boolean {
  return runIds.includes(key.split('/')[0] ?? '')
}

async function untilCalls(runIds: readonly string[], count: number): Promise<void> {
  const deadline = Date.now() + END_TIMEOUT_MS
  while ([...ledger.calls.keys()].filter((key) => belongs(key, runIds)).length < count) {
    if (Date.now() > deadline) throw new Error(`Fewer than ${count} calls reached the ledger.`)
    await delay(5)
  }
}

async function expectAllEnded(workflowId: string, runIds: readonly string[]): Promise<void> {
  const deadline = Date.now() + END_TIMEOUT_MS
  let statuses = new Map<string, string>()
  while (Date.now() < deadline) {
    statuses = await readStatuses(workflowId)
    if ([...statuses.values()].every((status) => status === 'succeeded' || status === 'failed')) break
    await delay(500)
  }
  expect([...statuses.keys()].sort()).toEqual([...runIds].sort())
  expect([...statuses.values()].filter((status) => status !== 'succeeded')).toEqual([])
  for (const runId of runIds) {
    const { data } = await product.api<{ data: { stepPath: string; status: string }[] }>(
      'GET',
      `/v1/runs/${runId}/steps`,
    )
    expect(data.map(({ stepPath, status }) => `${stepPath} ${status}`).sort()).toEqual([
      'first succeeded',
      'order succeeded',
      'second succeeded',
    ])
    expect(ledger.calls.get(`${runId}/first/0`)).toBeGreaterThan(0)
    expect(ledger.calls.get(`${runId}/second/0`)).toBeGreaterThan(0)
  }
}

async function readStatuses(workflowId: string): Promise<Map<string, string>> {
  const statuses = new Map<string, string>()
  for (let cursor: string | null = ''; cursor !== null; ) {
    const after: string = cursor === '' ? '' : `&cursor=${cursor}`
    const page: RunPage = await product.api<RunPage>('GET', `/v1/runs?workflowId=${workflowId}&limit=100${after}`)
    for (const { id, status } of page.data) statuses.set(id, status)
    cursor = page.nextCursor
  }
  return statuses
}
