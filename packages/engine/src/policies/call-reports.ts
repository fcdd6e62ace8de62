import type { CallCount, CircuitSettings } from '../ports/circuit-store.js'
import type { Clock } from '../ports/clock.js'
import type { GovernedCall } from '../ports/governor.js'
import { isTripped } from './circuit.js'

/** Failures are reported together, this long after the first. */
const GATHER_MS = 200
/** Services whose calls are counted here at most; the longest unused go first. */
const MAX_KEPT = 10_000

/** Calls of one service that are not reported. */
interface Unreported {
  readonly call: GovernedCall
  calls: number
  failures: number
  /** Unix milliseconds. */
  readonly since: number
}

interface CallReportsDeps {
  readonly clock: Clock
  readonly circuit: CircuitSettings
  /** Must not reject. */
  readonly send: (call: GovernedCall, count: CallCount) => Promise<void>
}

/** Counts calls in this process. Of a service that is well nothing is ever reported. */
export class CallReports {
  private readonly unreported = new Map<string, Unreported>()
  private failing = new Set<string>()
  private isScheduled = false

  constructor(private readonly deps: CallReportsDeps) {}

  /** @param key of the call's circuit */
  add(key: string, call: GovernedCall, isFailure: boolean): void {
    const counted = this.countOf(key, call)
    counted.calls += 1
    if (!isFailure) return
    counted.failures += 1
    if (isTripped(counted, this.deps.circuit)) this.send(key)
    else this.sendSoon(key)
  }

  private countOf(key: string, call: GovernedCall): Unreported {
    const now = this.deps.clock.now()
    const known = this.unreported.get(key)
    // Successes of long ago say nothing about now.
    if (known !== undefined && (known.failures > 0 || now - known.since < this.deps.circuit.windowMs)) return known
    const fresh: Unreported = { call, calls: 0, failures: 0, since: now }
    this.unreported.delete(key)
    this.unreported.set(key, fresh)
    if (this.unreported.size > MAX_KEPT) {
      const [oldest] = this.unreported.keys()
      if (oldest !== undefined) this.unreported.delete(oldest)
    }
    return fresh
  }

  private sendSoon(key: string): void {
    this.failing.add(key)
    if (this.isScheduled) return
    this.isScheduled = true
    void this.deps.clock.sleep(GATHER_MS).then(() => {
      this.isScheduled = false
      const keys = this.failing
      this.failing = new Set()
      for (const failing of keys) this.send(failing)
    })
  }

  private send(key: string): void {
    const counted = this.unreported.get(key)
    this.unreported.delete(key)
    if (counted !== undefined && counted.failures > 0) void this.deps.send(counted.call, counted)
  }
}
