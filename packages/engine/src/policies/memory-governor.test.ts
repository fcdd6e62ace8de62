import { describe, expect, it } from 'vitest'
import type { HttpClient, HttpResponse } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import type { ConnectionId, TenantId } from '../contracts/ids.js'
import { createVirtualClock } from '../memory/index.js'
import type { CallOutcome, GovernedCall, Governor } from '../ports/governor.js'
import { governedDoors } from './governed-doors.js'
import type { CircuitChange, GovernorOptions } from './governor-options.js'
import { createMemoryGovernor } from './memory-governor.js'

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
    const net = { connect: () => Promise.reject(new StepError('communication', 'down')) }
    const { connectorId, tenantId } = CALL
    return { changes, doors: governedDoors({ http, net }, { governor, clock }, { connectorId, tenantId }) }
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

  it('govern sockets by host and port', async () => {
    const { doors, changes } = door(async () => response(200))
    for (let n = 0; n < 10; n++) await doors.net.connect({ host: 'mail.example.com', port: 587 }).catch(() => undefined)
    expect(changes).toMatchObject([{ state: 'open', call: { host: 'mail.example.com:587' } }])
  })
})
