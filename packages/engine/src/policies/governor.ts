import type { CircuitStore } from '../ports/circuit-store.js'
import type { Clock } from '../ports/clock.js'
import type { CallOutcome, CallPatience, CallPermit, GovernedCall, Governor } from '../ports/governor.js'
import { CallReports } from './call-reports.js'
import {
  type CallKeys,
  type GovernorOptions,
  holdTime,
  keysOf,
  type ResolvedGovernor,
  resolveGovernor,
} from './governor-options.js'
import { LeasedRates } from './leased-rates.js'
import { aboveRate, circuitOpen } from './refusals.js'
import { StoreHealth } from './store-health.js'
import { Turns } from './turns.js'

/** What a governor is made of. */
export interface GovernorDeps extends GovernorOptions {
  readonly clock: Clock
  readonly store: CircuitStore
  /** Told when the store cannot be used, once per outage: calls then pass ungoverned. */
  readonly onStoreFailure?: (error: unknown) => void
}

/**
 * A governor that shares what it learns with other processes. While services are well it never asks the store before a
 * call: failures are counted here and reported together, and what others found out is fetched beside the calls, at most
 * once a second. So another process stops calling about a second after a circuit has opened.
 *
 * @throws UserError `governor.invalid_setting`
 */
export function createGovernor(options: GovernorDeps): Governor {
  return new StoredGovernor(options)
}

const REFRESH_MS = 1000

class StoredGovernor implements Governor {
  private readonly clock: Clock
  private readonly store: CircuitStore
  private readonly options: ResolvedGovernor
  private readonly health: StoreHealth
  private readonly reports: CallReports
  private readonly rates: LeasedRates
  private readonly turns: Turns
  /** Unix milliseconds by this process's clock until which calls wait. */
  private circuits = new Map<string, number>()
  private refreshedAt = Number.NEGATIVE_INFINITY

  constructor(given: GovernorDeps) {
    const { clock, store, onStoreFailure } = given
    this.clock = clock
    this.store = store
    this.options = resolveGovernor(given)
    this.health = new StoreHealth(clock, onStoreFailure)
    this.rates = new LeasedRates({ clock, store, health: this.health })
    this.turns = new Turns({ clock, store, health: this.health })
    this.reports = new CallReports({
      clock,
      circuit: this.options.circuit,
      send: (call, count) => this.report(call, count),
    })
  }

  async before(call: GovernedCall, patience: CallPatience = {}): Promise<CallPermit> {
    const now = this.clock.now()
    if (now - this.refreshedAt >= REFRESH_MS) this.refresh(now)
    const keys = keysOf(call)
    const openUntil = this.circuits.get(keys.circuit)
    if (openUntil !== undefined && openUntil > now) throw circuitOpen(call.host, openUntil - now)
    if (this.turns.concerns(call, keys)) await this.turns.take(call, keys, patience)
    const rates = this.options.limitsOf(call)
    if (rates.length > 0) {
      const waitMs = await this.rates.take(rates)
      if (waitMs > 0) throw aboveRate(call.host, waitMs)
    }
    const isProbe = openUntil !== undefined && (await this.mayTry(call, keys))
    return this.permit(call, keys, isProbe)
  }

  private permit(call: GovernedCall, keys: CallKeys, isProbe: boolean): CallPermit {
    let hasEnded = false
    return {
      end: (outcome) => {
        if (hasEnded) return
        hasEnded = true
        this.end(call, keys, { outcome, isProbe })
      },
    }
  }

  /** @throws StepError when the service is still to be left alone */
  private async mayTry(call: GovernedCall, { circuit: key }: CallKeys): Promise<boolean> {
    const probe = await this.health.attempt(() => this.store.probe(key, this.options.circuit))
    if (probe?.answer === 'wait') {
      // The other call that tries may be back at any moment; the next refresh tells.
      this.circuits.set(key, this.clock.now() + Math.min(probe.remainingMs, REFRESH_MS))
      throw circuitOpen(call.host, probe.remainingMs)
    }
    if (probe?.answer === 'go') this.circuits.delete(key)
    return probe?.answer === 'try'
  }

  private end(
    call: GovernedCall,
    keys: CallKeys,
    { outcome, isProbe }: { readonly outcome: CallOutcome; readonly isProbe: boolean },
  ): void {
    if (outcome.kind === 'throttled' && outcome.retryAfterMs !== undefined)
      this.turns.pause(keys, holdTime(outcome.retryAfterMs))
    if (isProbe) void this.settle(call, outcome)
    else if (outcome.kind !== 'unknown') this.reports.add(keys.circuit, call, outcome.kind === 'failed')
  }

  private async settle(call: GovernedCall, { kind }: CallOutcome): Promise<void> {
    const key = keysOf(call).circuit
    const verdict = kind === 'unknown' ? 'unknown' : kind === 'failed' ? 'failing' : 'well'
    if (verdict === 'well') this.circuits.delete(key)
    const settled = await this.health.attempt(() => this.store.settle(key, verdict, this.options.circuit))
    if (settled?.openedForMs !== undefined) this.opened(call, settled.openedForMs)
    else if (verdict === 'well') this.options.onChange({ call, state: 'closed' })
  }

  private async report(
    call: GovernedCall,
    count: { readonly calls: number; readonly failures: number },
  ): Promise<void> {
    const key = keysOf(call).circuit
    const answer = await this.health.attempt(() => this.store.report(key, count, this.options.circuit))
    if (answer?.openedForMs !== undefined) this.opened(call, answer.openedForMs)
  }

  private opened(call: GovernedCall, retryAfterMs: number): void {
    this.circuits.set(keysOf(call).circuit, this.clock.now() + retryAfterMs)
    this.options.onChange({ call, state: 'open', retryAfterMs })
  }

  /** Beside the calls: none waits for it. */
  private refresh(now: number): void {
    this.refreshedAt = now
    void this.health
      .attempt(() => this.store.blocked())
      .then((blocked) => {
        // Without the store nobody could close a circuit any more, so none stays open.
        this.circuits = untilOf(blocked?.circuits ?? [], this.clock.now())
        this.turns.learn(blocked?.pauses ?? [])
      })
  }
}

function untilOf(blocked: readonly { readonly key: string; readonly remainingMs: number }[], now: number) {
  return new Map(blocked.map(({ key, remainingMs }) => [key, now + remainingMs]))
}
