import { nextFree, type RateHistory, withStart } from '../admission/rate-window.js'
import { CallWindow, isTripped, openTime } from '../policies/circuit.js'
import type { Blocked, CallCount, CircuitSettings, CircuitStore } from '../ports/circuit-store.js'
import type { Clock } from '../ports/clock.js'

/** Times are Unix milliseconds. */
interface OpenCircuit {
  opened: number
  until: number
  probeUntil: number
}

/** As many of each kind are kept; the longest unused go first. */
const MAX_KEPT = 10_000

/** What there is to know of services in trouble, in this process's memory. */
export function createMemoryCircuitStore({ clock }: { readonly clock: Clock }): CircuitStore {
  return new MemoryCircuitStore(clock)
}

class MemoryCircuitStore implements CircuitStore {
  private readonly windows = new Map<string, CallWindow>()
  private readonly circuits = new Map<string, OpenCircuit>()
  private readonly pauses = new Map<string, number>()
  private readonly rates = new Map<string, RateHistory>()
  /** When the bucket of each pace is full again. */
  private readonly buckets = new Map<string, number>()

  constructor(private readonly clock: Clock) {}

  async report(key: string, count: CallCount, settings: CircuitSettings): ReturnType<CircuitStore['report']> {
    const now = this.clock.now()
    const window = this.windows.get(key) ?? new CallWindow(settings.windowMs)
    if (this.circuits.has(key)) return { openedForMs: undefined }
    keep(this.windows, key, window)
    window.add(count, now)
    if (!isTripped(window.count(now), settings)) return { openedForMs: undefined }
    this.windows.delete(key)
    return { openedForMs: this.open(key, { opened: 0, until: 0, probeUntil: 0 }, settings) }
  }

  async blocked(): ReturnType<CircuitStore['blocked']> {
    const now = this.clock.now()
    for (const [key, until] of this.pauses) if (until <= now) this.pauses.delete(key)
    const circuits = [...this.circuits].map(([key, { until }]): Blocked => ({ key, remainingMs: until - now }))
    const pauses = [...this.pauses].map(([key, until]): Blocked => ({ key, remainingMs: until - now }))
    return { circuits, pauses }
  }

  async probe(key: string, { probeMs }: CircuitSettings): ReturnType<CircuitStore['probe']> {
    const now = this.clock.now()
    const circuit = this.circuits.get(key)
    if (circuit === undefined) return { answer: 'go', remainingMs: 0 }
    const remainingMs = Math.max(circuit.until, circuit.probeUntil) - now
    if (remainingMs > 0) return { answer: 'wait', remainingMs }
    circuit.probeUntil = now + probeMs
    return { answer: 'try', remainingMs: 0 }
  }

  async settle(
    key: string,
    verdict: 'well' | 'failing' | 'unknown',
    settings: CircuitSettings,
  ): ReturnType<CircuitStore['settle']> {
    const circuit = this.circuits.get(key)
    if (circuit === undefined) return { openedForMs: undefined }
    if (verdict === 'failing') return { openedForMs: this.open(key, circuit, settings) }
    if (verdict === 'well') this.circuits.delete(key)
    else circuit.probeUntil = 0
    return { openedForMs: undefined }
  }

  async pause(key: string, ms: number): Promise<void> {
    keep(this.pauses, key, Math.max(this.pauses.get(key) ?? 0, this.clock.now() + ms))
  }

  async take(
    key: string,
    { wanted, ...rate }: { readonly limit: number; readonly periodMs: number; readonly wanted: number },
  ): ReturnType<CircuitStore['take']> {
    const now = this.clock.now()
    let history = this.rates.get(key) ?? []
    let granted = 0
    for (; granted < wanted && nextFree(history, rate, now) <= now; granted++) {
      history = withStart(history, rate, { at: now, now })
    }
    keep(this.rates, key, history)
    return { granted, remainingMs: granted > 0 ? rate.periodMs : nextFree(history, rate, now) - now }
  }

  async turn(key: string, pace: Parameters<CircuitStore['turn']>[1]): ReturnType<CircuitStore['turn']> {
    const now = this.clock.now()
    const pausedMs = (this.pauses.get(pace.pause) ?? 0) - now
    if (pausedMs > 0) return { answer: 'paused', waitMs: pausedMs }
    // The moment at which the bucket is full again says all there is to know of it.
    const fullAt = Math.max(this.buckets.get(key) ?? 0, now)
    const perTurn = pace.perMs / pace.requests
    const waitMs = Math.max(0, fullAt + perTurn - pace.perMs - now)
    if (waitMs > pace.maxWaitMs) return { answer: 'ahead', waitMs }
    keep(this.buckets, key, fullAt + perTurn)
    return { answer: 'taken', waitMs }
  }

  private open(key: string, circuit: OpenCircuit, settings: CircuitSettings): number {
    const opened = circuit.opened + 1
    const openedForMs = openTime(opened, settings)
    keep(this.circuits, key, { opened, until: this.clock.now() + openedForMs, probeUntil: 0 })
    return openedForMs
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= MAX_KEPT) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
