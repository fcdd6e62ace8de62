import { setTimeout as delay } from 'node:timers/promises'
import {
  type CircuitChange,
  type ConnectionId,
  createGovernor,
  type GovernedCall,
  type Governor,
  systemClock,
  type TenantId,
} from '@inlay/engine'
import { circuitScenarios } from '@inlay/engine/conformance'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectRedis, redisReady } from '../realtime/index.js'
import { createRedisCircuitStore } from './redis-circuit-store.js'

const url = process.env['INLAY_TEST_REDIS_URL']
const prefix = `test:{${process.pid}-${Date.now()}}:`
const CALL: GovernedCall = { tenantId: 'ten_1' as TenantId, connectorId: 'http', host: 'api.example.com' }

async function make(governor: Governor, kind: 'succeeded' | 'failed', times = 1, call = CALL): Promise<void> {
  for (let n = 0; n < times; n++) (await governor.before(call)).end({ kind })
}

/** Waits until a call is refused, or, if so asked, until one is let through. */
async function until(governor: Governor, wanted: 'refused' | 'made', call = CALL): Promise<void> {
  for (;;) {
    const outcome = await governor.before(call).then(
      (permit) => {
        permit.end({ kind: 'succeeded' })
        return 'made'
      },
      () => 'refused',
    )
    if (outcome === wanted) return
    await delay(20)
  }
}

// Without a server there is nothing to test here; `pnpm test` provides one.
describe.skipIf(url === undefined)('circuit breakers over Redis', () => {
  const clients = [connectRedis(url ?? ''), connectRedis(url ?? '')] as const
  const stores = clients.map((redis) => createRedisCircuitStore({ redis, prefix }))
  const [one, other] = stores as [(typeof stores)[0], (typeof stores)[0]]

  beforeAll(async () => {
    await Promise.all(clients.map((redis) => redisReady(redis)))
  })

  afterAll(async () => {
    const keys = await clients[0].keys(`${prefix.replaceAll('{', '\\{')}*`)
    if (keys.length > 0) await clients[0].del(...keys)
    for (const client of clients) client.disconnect()
  })

  it.each(circuitScenarios)('$name', async ({ check }) => {
    await check({ stores: [one, other], pass: (ms) => delay(ms) })
  })

  it('stop the calls of one process to a service that fails for another, and let them go on when it is well', async () => {
    const changes: string[] = []
    const governor = (store: typeof one, name: string): Governor =>
      createGovernor({
        clock: systemClock(),
        store,
        circuit: { openMs: 2500 },
        onChange: ({ state }: CircuitChange) => changes.push(`${name} ${state}`),
      })
    const [here, there] = [governor(one, 'here'), governor(other, 'there')]
    await make(there, 'succeeded')
    await make(here, 'failed', 10)
    await until(there, 'refused')
    await until(there, 'made')
    await until(here, 'made')
    while (changes.length < 2) await delay(10)
    expect(changes).toEqual(['here open', expect.stringMatching(/closed$/)])
  })

  it('keep one pace in all processes, and a pause that one was asked for closes it for the others at once', async () => {
    const governors = stores.map((store) => createGovernor({ clock: systemClock(), store }))
    const [here, there] = governors as [Governor, Governor]
    const paced: GovernedCall = {
      ...CALL,
      connectionId: 'con_1' as ConnectionId,
      pace: { requests: 10, perMs: 3_600_000 },
    }
    const ends = await Promise.allSettled(
      Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? here : there).before(paced)),
    )
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    const other: GovernedCall = { ...paced, connectionId: 'con_2' as ConnectionId }
    ;(await here.before(other)).end({ kind: 'throttled', retryAfterMs: 60_000 })
    // What this process writes goes before what it asks for next on the same connection.
    await clients[0].ping()
    await expect(there.before(other)).rejects.toMatchObject({ message: expect.stringContaining('asked for a pause') })
    await make(there, 'succeeded', 1, { ...paced, connectionId: 'con_3' as ConnectionId })
  })

  it('ask Redis for nothing before a call while all is well', async () => {
    const asked: string[] = []
    const watched = new Proxy(one, {
      get: (store, name: keyof typeof one) => {
        asked.push(name)
        return store[name]
      },
    })
    const governor = createGovernor({ clock: systemClock(), store: watched })
    await make(governor, 'succeeded', 500, { ...CALL, host: 'well.example.com' })
    // What others know is fetched beside the calls.
    expect(asked.filter((name) => name !== 'blocked')).toEqual([])
    expect(asked.length).toBeLessThan(5)
  })

  it('let every call pass while Redis is away, and say so once', async () => {
    const failures: unknown[] = []
    const gone = connectRedis('redis://127.0.0.1:1')
    const governor = createGovernor({
      clock: systemClock(),
      store: createRedisCircuitStore({ redis: gone, prefix }),
      ratesOf: () => [{ per: 'host', limit: 1, periodMs: 60_000 }],
      onStoreFailure: (error) => failures.push(error),
    })
    await make(governor, 'failed', 50)
    gone.disconnect()
    expect(failures).toHaveLength(1)
  })
})
