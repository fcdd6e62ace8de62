import { createHash, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type RunId, waitToken } from '@inlay/engine'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Automations, startAutomations } from './automations.js'
import { createServer } from './server.js'
import { createWarehouseConnector } from './warehouse-connector.js'

const adminUrl = process.env['INLAY_TEST_DATABASE_URL']
const database = `engine_host_${process.pid}_${Date.now()}`
const secret = randomUUID()

/** The example as a process: its own connections, its own engine. */
async function startService(ledger: string[]) {
  const url = new URL(adminUrl ?? 'postgres://unset')
  url.pathname = `/${database}`
  const sql = postgres(url.href, { max: 5, onnotice: () => {} })
  const warehouse = createWarehouseConnector({
    reserve: (key, { sku }) => {
      const reservation = `res_${createHash('sha256').update(key).digest('hex').slice(0, 8)}`
      ledger.push(`reserve ${sku}`)
      return reservation
    },
    release: () => ledger.push('release'),
    ship: () => ledger.push('ship'),
  })
  const automations: Automations = await startAutomations({
    sql,
    secret,
    baseUrl: 'http://shop.test',
    connectors: [warehouse],
    onError: (error) => ledger.push(`error ${String(error)}`),
  })
  const server = createServer(automations.engine).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const send = async (method: string, path: string, body?: object) => {
    const headers = { 'content-type': 'application/json' }
    const request = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) }
    const response = await fetch(`http://127.0.0.1:${port}${path}`, request)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const until = async (runId: unknown, status: string) => {
    for (;;) {
      const read = await send('GET', `/runs/${String(runId)}`)
      if (read.body['status'] === status) return read.body
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const stop = async () => {
    server.close()
    await automations.stop()
    await sql.end({ timeout: 2 })
  }
  return { send, until, stop }
}

// Without a server there is nothing to test here; `pnpm test` provides one.
describe.skipIf(adminUrl === undefined)('a service with the engine in its own process', () => {
  const admin = postgres(adminUrl ?? '', { max: 1, onnotice: () => {} })
  beforeAll(() => admin.unsafe(`CREATE DATABASE ${database}`))
  afterAll(async () => {
    await admin.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
    await admin.end()
  })

  const orderOf = (quantity: number) => ({ customer: 'ada', sku: 'tea', quantity })
  const tokenOf = (runId: unknown) =>
    waitToken({ secret, url: () => '' }, runId as RunId, { stepPath: 'large/decision', iteration: '0' })

  it('ships a small order, refuses a bad one with a reason, and knows no run of others', async () => {
    const ledger: string[] = []
    const service = await startService(ledger)
    const { status, body } = await service.send('POST', '/orders', orderOf(2))
    expect(status).toBe(202)
    await service.until(body['runId'], 'succeeded')
    expect(ledger).toEqual(['reserve tea', 'ship'])
    expect((await service.send('POST', '/orders', { customer: 'ada' })).status).toBe(400)
    expect((await service.send('GET', '/runs/run_none')).status).toBe(404)
    await service.stop()
  })

  it('lets a large order wait for a decision across a restart, and takes the reservation back when it is refused', async () => {
    const ledger: string[] = []
    const first = await startService(ledger)
    const { body } = await first.send('POST', '/orders', orderOf(20))
    await first.until(body['runId'], 'waiting')
    await first.stop()
    const second = await startService(ledger)
    const open = (await second.send('GET', '/approvals')).body as unknown as { title: string }[]
    expect(open).toMatchObject([{ runId: body['runId'], title: 'Ship 20 × tea?' }])
    const path = `/approvals/${tokenOf(body['runId'])}`
    expect((await second.send('POST', path, { approved: false, by: 'grace' })).status).toBe(200)
    expect((await second.send('POST', path, { approved: true, by: 'ada' })).status).not.toBe(200)
    expect(await second.until(body['runId'], 'failed')).toMatchObject({ error: 'The order was refused.' })
    expect(ledger).toEqual(['reserve tea', 'release'])
    await second.stop()
  })
})
