import type { CallCount, CircuitSettings } from '../ports/circuit-store.js'

/** What holds unless a host says otherwise. */
export const CIRCUIT_DEFAULTS: CircuitSettings = {
  windowMs: 10_000,
  minCalls: 10,
  failureRate: 0.5,
  openMs: 10_000,
  maxOpenMs: 300_000,
  probeMs: 60_000,
}

/** Whether a service fails so often that it should be left alone. */
export function isTripped({ calls, failures }: CallCount, { minCalls, failureRate }: CircuitSettings): boolean {
  return calls >= minCalls && failures > 0 && failures / calls >= failureRate
}

/** How long a circuit stays open. @param opened how often it has opened in a row, 1 for the first time */
export function openTime(opened: number, { openMs, maxOpenMs }: CircuitSettings): number {
  return Math.min(maxOpenMs, openMs * 2 ** (opened - 1))
}

/** Windows are counted in slices, so that old calls leave them little by little. */
const SLICES = 10

/** Counts the calls of the recent past. Times are Unix milliseconds. */
export class CallWindow {
  private readonly calls = new Uint32Array(SLICES)
  private readonly failures = new Uint32Array(SLICES)
  private slice = 0

  constructor(private readonly windowMs: number) {}

  add({ calls, failures }: CallCount, now: number): void {
    this.moveTo(now)
    const index = this.slice % SLICES
    this.calls[index] = (this.calls[index] ?? 0) + calls
    this.failures[index] = (this.failures[index] ?? 0) + failures
  }

  count(now: number): CallCount {
    this.moveTo(now)
    return { calls: sum(this.calls), failures: sum(this.failures) }
  }

  private clear(): void {
    this.calls.fill(0)
    this.failures.fill(0)
  }

  private moveTo(now: number): void {
    const slice = Math.floor((now * SLICES) / this.windowMs)
    if (slice <= this.slice) return
    if (slice - this.slice >= SLICES) this.clear()
    else
      for (let old = this.slice + 1; old <= slice; old++) {
        this.calls[old % SLICES] = 0
        this.failures[old % SLICES] = 0
      }
    this.slice = slice
  }
}

function sum(counts: Uint32Array): number {
  let total = 0
  for (const count of counts) total += count
  return total
}
