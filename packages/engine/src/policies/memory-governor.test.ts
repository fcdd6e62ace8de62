import { describe, expect, it } from 'vitest'
import type { HttpClient, HttpResponse, NetDoor } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import type { ConnectionId, CustomerId, TenantId } from '../contracts/ids.js'
import { createVirtualClock } from '../memory/index.js'
import type { CallOutcome, GovernedCall, Governor } from '../ports/governor.js'
import { governedDoors } from './governed-doors.js'
import type { CircuitChange, GovernorOptions } from './governor-options.js'
import { createMemoryGovernor } from './memory-governor.js'

const NO_NET: NetDoor = { connect: () => Promise.reject(new StepError('communication', 'down')) }
const CALL: GovernedCall = { tenantId: 'ten_1' as TenantId, connectorId: 'http', host: 'api.example.com' }

function world(options: GovernorOptions = {}) {
  const clock = createVirtualClock()
  const changes: CircuitChange[] = []
  const governor = createMemoryGovernor({ clock, onChange: (change) => changes.push(change), ...options })
  return { clock, changes, governor }
}

/** Makes calls one after the other, and lets what they give be reported. */
async function make(
  governor: Governor,
  kind: 'succeeded' | 'failed' | 'unknown',
  times = 1,
  call = CALL,
): Promise<void> {
  for (let n = 0; n < times; n++) (await governor.before(call)).end({ kind })
  await settled()
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

describe('a circuit', () => {
  it('opens when half of the calls fail, and lets one call try after a while', async () => {
    const { clock, changes, governor } = world()
    await make(governor, 'succeeded', 5)
    await make(governor, 'failed', 5)
    expect(changes).toMatchObject([{ state: 'open', retryAfterMs: 10_000, call: CALL }])
    await expect(governor.before(CALL)).rejects.toMatchObject({
      kind: 'rate_limited',
      retryable: true,
      retryAfterMs: 10_000,
      message: expect.stringContaining('api.example.com'),
    })
    await clock.advance(10_000)
    const probe = await governor.before(CALL)
    await expect(governor.before(CALL)).rejects.toMatchObject({ kind: 'rate_limited' })
    probe.end({ kind: 'succeeded' })
    await settled()
    await make(governor, 'succeeded')
    expect(changes.map(({ state }) => state)).toEqual(['open', 'closed'])
  })

  it('stays open for twice as long each time that the try fails', async () => {
    const { clock, changes, governor } = world()
    await make(governor, 'failed', 10)
    await clock.advance(10_000)
    await make(governor, 'failed')
    await clock.advance(20_000)
    await make(governor, 'failed')
    expect(changes.map(({ retryAfterMs }) => retryAfterMs)).toEqual([10_000, 20_000, 40_000])
  })

  it('gives another call the try when the first is lost or says nothing', async () => {
    const { clock, governor } = world()
    await make(governor, 'failed', 10)
    await clock.advance(10_000)
    await make(governor, 'unknown')
    await governor.before(CALL)
    await clock.advance(60_000)
    await make(governor, 'succeeded', 3)
  })

  it('does not open for few calls, for old failures, or for calls that say nothing', async () => {
    const { clock, changes, governor } = world()
    await make(governor, 'failed', 9)
    await clock.advance(11_000)
    await make(governor, 'failed', 9)
    await make(governor, 'unknown', 20)
    expect(changes).toEqual([])
  })

  it('is not closed by a call that began before it opened', async () => {
    const { governor } = world()
    const early = await governor.before(CALL)
    await make(governor, 'failed', 10)
    early.end({ kind: 'succeeded' })
    await expect(governor.before(CALL)).rejects.toMatchObject({ kind: 'rate_limited' })
  })

  it.each<[string, Partial<GovernedCall>]>([
    ['tenants', { tenantId: 'ten_2' as TenantId }],
    ['connectors', { connectorId: 'slack' }],
    ['hosts', { host: 'other.example.com' }],
    ['customers', { customerId: 'cus_2' as CustomerId }],
    ['connections', { connectionId: 'con_2' as ConnectionId }],
  ])('is not shared by %s', async (_what, other) => {
    const { governor } = world()
    await make(governor, 'failed', 10)
    await make(governor, 'succeeded', 1, { ...CALL, ...other })
  })

  it('refuses settings that make no sense', () => {
    expect(() => world({ circuit: { failureRate: 50 } })).toThrow('must be above 0 and at most 1, not 50')
    expect(() => world({ circuit: { openMs: 0 } })).toThrow('"openMs"')
  })
})

describe('a service that asks for a pause', () => {
  it('is not called again before, by that connection', async () => {
    const { clock, governor } = world()
    const connected = { ...CALL, connectionId: 'con_1' as ConnectionId }
    const throttled: CallOutcome = { kind: 'throttled', retryAfterMs: 5000 }
    ;(await governor.before(connected)).end(throttled)
    await expect(governor.before(connected)).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 5000 })
    await make(governor, 'succeeded', 1, { ...CALL, connectionId: 'con_2' as ConnectionId })
    await clock.advance(5000)
    await make(governor, 'succeeded', 1, connected)
  })
})

describe('a pace', () => {
  const paced: GovernedCall = { ...CALL, connectionId: 'con_1' as ConnectionId, pace: { requests: 2, perMs: 2000 } }
  const patience = { maxWaitMs: 3000 }

  /** The moments at which calls that are asked for together are let through, or why not. */
  async function moments({ clock, governor }: ReturnType<typeof world>, times: number, call = paced) {
    const began = clock.now()
    const asked = Array.from({ length: times }, () =>
      governor.before(call, patience).then(
        () => clock.now() - began,
        (error: StepError) => `${error.kind} ${error.retryAfterMs}`,
      ),
    )
    for (let n = 0; n < 40; n++) await clock.advance(100)
    return Promise.all(asked)
  }

  it('makes calls that are ahead of it wait in line, and refuses those that would wait for long', async () => {
    expect(await moments(world(), 7)).toEqual([0, 0, 1000, 2000, 3000, 'rate_limited 4000', 'rate_limited 4000'])
  })

  it('is that of one connection', async () => {
    const given = world()
    await moments(given, 1, { ...paced, pace: { requests: 1, perMs: 3_600_000 } })
    const other = { ...paced, connectionId: 'con_2' as ConnectionId }
    expect(await moments(given, 2, other)).toEqual([0, 0])
    expect(await moments(given, 2, { ...paced, tenantId: 'ten_2' as TenantId })).toEqual([0, 0])
  })

  it('gives up the turns of those who wait when the service asks for a pause', async () => {
    const { clock, governor } = world()
    const first = await governor.before(paced, patience)
    await governor.before(paced, patience)
    const waiting = governor.before(paced, patience).then(
      () => 'made',
      (error: StepError) => error.retryAfterMs,
    )
    await settled()
    first.end({ kind: 'throttled', retryAfterMs: 60_000 })
    await clock.advance(1000)
    expect(await waiting).toBe(59_000)
  })

  it.each([
    { requests: 0, perMs: 1000 },
    { requests: 1.5, perMs: 1000 },
    { requests: 1, perMs: 0 },
    { requests: 1, perMs: Number.POSITIVE_INFINITY },
    { requests: Number.NaN, perMs: 1000 },
  ])("of $requests per $perMs is the connector's mistake, and harms nobody else", async (pace) => {
    const { governor } = world()
    await expect(governor.before({ ...paced, pace })).rejects.toMatchObject({
      kind: 'bug',
      detail: expect.stringContaining('api.pace'),
    })
    await make(governor, 'succeeded', 1, paced)
  })

  it('keeps nobody waiting whose run is over', async () => {
    const { governor } = world()
    for (let n = 0; n < 2; n++) await governor.before(paced)
    const stop = new AbortController()
    const waiting = governor.before(paced, { ...patience, signal: stop.signal })
    await settled()
    stop.abort(new StepError('cancelled', 'The run was cancelled'))
    await expect(waiting).rejects.toMatchObject({ kind: 'cancelled', message: 'The run was cancelled' })
  })
})

describe('a rate', () => {
  it('refuses calls above it, and says when the next may be made', async () => {
    const { clock, governor } = world({ ratesOf: () => [{ per: 'host', limit: 2, periodMs: 1000 }] })
    await make(governor, 'succeeded', 2)
    await expect(governor.before(CALL)).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 1001 })
    await clock.advance(1001)
    await make(governor, 'succeeded')
  })
})

describe('governed doors', () => {
  const response = (status: number, headers: Record<string, string> = {}): HttpResponse => ({
    status,
    headers,
    text: '',
    bytes: new Uint8Array(),
    json: () => null,
  })

  function door(answer: () => Promise<HttpResponse>) {
    const { clock, governor, changes } = world()
    const http: HttpClient = { request: answer }
    const { connectorId, tenantId } = CALL
    return { changes, doors: governedDoors({ http, net: NO_NET }, { governor, clock }, { connectorId, tenantId }) }
  }

  it.each<[string, () => Promise<HttpResponse>, boolean]>([
    ['a status of 500', async () => response(500), true],
    ['no connection', () => Promise.reject(new StepError('communication', 'down')), true],
    ['no answer in time', () => Promise.reject(new StepError('timeout', 'slow')), true],
    ['a status of 404', async () => response(404), false],
    ['a status of 429', async () => response(429), false],
    ['a refused address', () => Promise.reject(new StepError('rejected', 'private')), false],
    ['a cancelled run', () => Promise.reject(new StepError('cancelled', 'cancelled')), false],
  ])('%s counts as a failure of the service: %s', async (_what, answer, isFailure) => {
    const { doors, changes } = door(answer)
    for (let n = 0; n < 10; n++) await doors.http.request({ url: 'https://api.example.com/x' }).catch(() => undefined)
    expect(changes.map(({ state }) => state)).toEqual(isFailure ? ['open'] : [])
  })

  it('hold back a connection whose service says when to come again', async () => {
    const { doors } = door(async () => response(429, { 'retry-after': '7' }))
    await doors.http.request({ url: 'https://api.example.com/x' })
    const again = doors.http.request({ url: 'https://api.example.com/y' })
    await expect(again).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 7000 })
  })

  it('wait for a short pause in place, and make the call when it is over', async () => {
    const { clock, governor } = world()
    const statuses = [429, 200]
    const http: HttpClient = { request: async () => response(statuses.shift() ?? 200, { 'retry-after': '2' }) }
    const doors = governedDoors({ http, net: NO_NET }, { governor, clock, maxWaitMs: 5000 }, CALL)
    await doors.http.request({ url: 'https://api.example.com/x' })
    const again = doors.http.request({ url: 'https://api.example.com/y' })
    for (let n = 0; n < 30; n++) await clock.advance(100)
    expect((await again).status).toBe(200)
  })

  it('make no call for a run that was given up while it waited', async () => {
    const { clock, governor } = world()
    let calls = 0
    const http: HttpClient = { request: async () => response(calls++ === 0 ? 429 : 200, { 'retry-after': '2' }) }
    let reason: Error | undefined
    const doors = governedDoors(
      { http, net: NO_NET },
      { governor, clock, maxWaitMs: 5000, stopReason: () => reason },
      CALL,
    )
    await doors.http.request({ url: 'https://api.example.com/x' })
    const again = doors.http.request({ url: 'https://api.example.com/y' }).catch((error: Error) => error)
    reason = new StepError('timeout', 'The step took too long')
    for (let n = 0; n < 30; n++) await clock.advance(100)
    expect(await again).toBe(reason)
    expect(calls).toBe(1)
  })

  it('keep a storm of refusals on one connection from all others', async () => {
    const { clock, governor } = world()
    const reached: Record<string, number> = {}
    const open = (connection: string, tenant = 'ten_1') => {
      const http: HttpClient = {
        request: async () => {
          reached[connection] = (reached[connection] ?? 0) + 1
          return response(connection === 'con_storm' ? 429 : 200, { 'retry-after': '60' })
        },
      }
      const caller = { ...CALL, tenantId: tenant as TenantId, connectionId: connection as ConnectionId }
      return governedDoors({ http, net: NO_NET }, { governor, clock }, caller).http
    }
    for (let n = 0; n < 200; n++) {
      const doors = [open('con_storm'), open('con_well'), open('con_other', 'ten_2')]
      const ends = await Promise.allSettled(doors.map((http) => http.request({ url: 'https://api.example.com/x' })))
      expect(ends.slice(1).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    }
    expect(reached).toEqual({ con_storm: 1, con_well: 200, con_other: 200 })
  })

  it('govern sockets by host and port', async () => {
    const { doors, changes } = door(async () => response(200))
    for (let n = 0; n < 10; n++) await doors.net.connect({ host: 'mail.example.com', port: 587 }).catch(() => undefined)
    expect(changes).toMatchObject([{ state: 'open', call: { host: 'mail.example.com:587' } }])
  })
})
