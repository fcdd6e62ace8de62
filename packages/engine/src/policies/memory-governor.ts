import { nextFree, type RateHistory, withStart } from '../admission/rate-window.js'
import type { Clock } from '../ports/clock.js'
import type { CallOutcome, CallPermit, GovernedCall, Governor } from '../ports/governor.js'
import { CallWindow, type CircuitSettings, isTripped, openTime } from './circuit.js'
import { type GovernorOptions, holdTime, keysOf, type ResolvedGovernor, resolveGovernor } from './governor-options.js'
import { aboveRate, askedToPause, circuitOpen } from './refusals.js'

/**
 * A governor for one process: circuits by tenant, connector and host.
 *
 * @throws UserError `governor.invalid_setting`
 */
export function createMemoryGovernor(options: GovernorOptions & { readonly clock: Clock }): Governor {
  return new MemoryGovernor(options.clock, resolveGovernor(options))
}

/** What is known of one service. Times are Unix milliseconds. */
class Circuit {
  readonly window: CallWindow
  /** 0 while closed: how often it has opened in a row otherwise. */
  opened = 0
  openUntil = 0
  probeUntil = 0

  constructor(settings: CircuitSettings) {
    this.window = new CallWindow(settings.windowMs)
  }
}

const MAX_KEPT = 10_000

class MemoryGovernor implements Governor {
  private readonly circuits = new Map<string, Circuit>()
  private readonly holds = new Map<string, number>()
  private readonly rates = new Map<string, RateHistory>()

  constructor(
    private readonly clock: Clock,
    private readonly options: ResolvedGovernor,
  ) {}

  async before(call: GovernedCall): Promise<CallPermit> {
    const now = this.clock.now()
    const keys = keysOf(call)
    const heldUntil = this.holds.get(keys.connection) ?? 0
    if (heldUntil > now) throw askedToPause(call.host, heldUntil - now)
    const circuit = this.circuitOf(keys.circuit)
    const isProbe = circuit.opened > 0
    const waitMs = isProbe ? Math.max(circuit.openUntil, circuit.probeUntil) - now : 0
    if (waitMs > 0) throw circuitOpen(call.host, waitMs)
    this.count(call, now)
    if (isProbe) circuit.probeUntil = now + this.options.circuit.probeMs
    let hasEnded = false
    return {
      end: (outcome) => {
        if (hasEnded) return
        hasEnded = true
        this.end(call, circuit, { outcome, isProbe })
      },
    }
  }

  /** @throws StepError when there are more calls than a rate allows */
  private count(call: GovernedCall, now: number): void {
    for (const { key, limit, periodMs } of this.options.limitsOf(call)) {
      const history = this.rates.get(key) ?? []
      const at = nextFree(history, { limit, periodMs }, now)
      if (at > now) throw aboveRate(call.host, at - now)
      keep(this.rates, key, withStart(history, { limit, periodMs }, { at, now }))
    }
  }

  private end(
    call: GovernedCall,
    circuit: Circuit,
    { outcome, isProbe }: { readonly outcome: CallOutcome; readonly isProbe: boolean },
  ): void {
    const now = this.clock.now()
    if (outcome.kind === 'throttled') this.hold(call, outcome.retryAfterMs, now)
    if (isProbe) this.endProbe(call, circuit, outcome)
    else if (outcome.kind !== 'unknown' && circuit.opened === 0) {
      circuit.window.add(outcome.kind === 'failed', now)
      if (outcome.kind === 'failed' && isTripped(circuit.window.count(now), this.options.circuit))
        this.open(call, circuit)
    }
  }

  private hold(call: GovernedCall, retryAfterMs: number | undefined, now: number): void {
    if (retryAfterMs !== undefined) keep(this.holds, keysOf(call).connection, now + holdTime(retryAfterMs))
  }

  private endProbe(call: GovernedCall, circuit: Circuit, { kind }: CallOutcome): void {
    circuit.probeUntil = 0
    if (kind === 'failed') this.open(call, circuit)
    else if (kind !== 'unknown') {
      circuit.opened = 0
      circuit.window.clear()
      this.options.onChange({ call, state: 'closed' })
    }
  }

  private open(call: GovernedCall, circuit: Circuit): void {
    circuit.opened += 1
    const retryAfterMs = openTime(circuit.opened, this.options.circuit)
    circuit.openUntil = this.clock.now() + retryAfterMs
    this.options.onChange({ call, state: 'open', retryAfterMs })
  }

  private circuitOf(key: string): Circuit {
    const circuit = this.circuits.get(key) ?? new Circuit(this.options.circuit)
    keep(this.circuits, key, circuit)
    return circuit
  }
}

/** The least recently used entries make room. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= MAX_KEPT) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
