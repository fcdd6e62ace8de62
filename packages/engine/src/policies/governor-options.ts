import { UserError } from '../contracts/errors.js'
import type { CircuitSettings } from '../ports/circuit-store.js'
import type { GovernedCall } from '../ports/governor.js'
import { CIRCUIT_DEFAULTS } from './circuit.js'

/** At most `limit` calls in `periodMs`, over all calls of one connection, or of one connector to one host. */
export interface CallRate {
  readonly per: 'connection' | 'host'
  readonly limit: number
  readonly periodMs: number
}

/** A circuit that opened or closed. */
export interface CircuitChange {
  readonly call: GovernedCall
  readonly state: 'open' | 'closed'
  /** Milliseconds until the first call that tries again; of an open circuit. */
  readonly retryAfterMs?: number
}

/** Bounds and periods of a governor. */
export interface GovernorOptions {
  readonly circuit?: Partial<CircuitSettings>
  /** The rates that a call counts against. @default none */
  readonly ratesOf?: (call: GovernedCall) => readonly CallRate[]
  /** Told when a circuit opens or closes; must not throw. */
  readonly onChange?: (change: CircuitChange) => void
}

/** Options with their defaults filled in. */
export interface ResolvedGovernor {
  readonly circuit: CircuitSettings
  readonly limitsOf: (call: GovernedCall) => readonly KeyedRate[]
  readonly onChange: (change: CircuitChange) => void
}

export interface KeyedRate {
  readonly key: string
  readonly limit: number
  readonly periodMs: number
}

const NO_RATES: readonly KeyedRate[] = []

/** @throws UserError `governor.invalid_setting` that names the setting and what it should be */
export function resolveGovernor({ circuit, ratesOf, onChange }: GovernorOptions): ResolvedGovernor {
  for (const [name, value] of Object.entries(circuit ?? {})) assertSetting(name, value)
  return {
    circuit: { ...CIRCUIT_DEFAULTS, ...circuit },
    limitsOf: ratesOf === undefined ? () => NO_RATES : (call) => ratesOf(call).flatMap((rate) => keyedRate(call, rate)),
    onChange: onChange ?? (() => undefined),
  }
}

/** What calls are counted by. */
export interface CallKeys {
  readonly host: string
  readonly circuit: string
  /** The service's limits are those of an account, whoever uses it. */
  readonly connection: string
  readonly pace: string
}

/** A tenant's calls never close the circuits of another's, nor a customer's or connection's. */
export function keysOf({ tenantId, connectorId, host, connectionId, customerId }: GovernedCall): CallKeys {
  const byHost = `${tenantId} ${connectorId} ${host}`
  // Without an account the limits are those of whoever calls.
  const account = connectionId ?? customerId ?? ''
  return {
    host: byHost,
    circuit: `${byHost} ${customerId ?? ''} ${connectionId ?? ''}`,
    connection: `${byHost} ${account}`,
    pace: `${tenantId} ${connectorId} ${account}`,
  }
}

/** No service holds calls back for longer, whatever it asks for. */
const MAX_HOLD_MS = 3_600_000

export function holdTime(retryAfterMs: number): number {
  return Math.min(MAX_HOLD_MS, retryAfterMs)
}

function keyedRate(call: GovernedCall, { per, limit, periodMs }: CallRate): KeyedRate[] {
  if (per === 'connection' && call.connectionId === undefined) return []
  const keys = keysOf(call)
  return [{ key: `${per} ${limit}/${periodMs} ${per === 'host' ? keys.host : keys.connection}`, limit, periodMs }]
}

function assertSetting(name: string, value: number): void {
  const isKnown = Object.hasOwn(CIRCUIT_DEFAULTS, name)
  const isRate = name === 'failureRate'
  if (isKnown && (isRate ? value > 0 && value <= 1 : Number.isInteger(value) && value >= 1)) return
  const title = isKnown
    ? `The circuit setting "${name}" must be ${isRate ? 'above 0 and at most 1' : 'a whole number from 1'}, not ${value}.`
    : `There is no circuit setting "${name}".`
  throw new UserError('invalid', 'governor.invalid_setting', title)
}
