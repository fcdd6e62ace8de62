import type { CircuitStore } from '../ports/circuit-store.js'
import type { Clock } from '../ports/clock.js'
import type { KeyedRate } from './governor-options.js'
import type { StoreHealth } from './store-health.js'

/** Part of a rate that a process takes at once, so that most calls cost no round trip. */
const SHARE = 1 / 20
const MAX_KEPT = 10_000

/** Permissions that this process holds; times are Unix milliseconds. */
interface Lease {
  left: number
  readonly until: number
}

interface LeasedRatesDeps {
  readonly clock: Clock
  readonly store: CircuitStore
  readonly health: StoreHealth
}

/** Keeps rates that all processes share, taking a few permissions at a time. */
export class LeasedRates {
  private readonly leases = new Map<string, Lease>()

  constructor(private readonly deps: LeasedRatesDeps) {}

  /** Counts a call against rates. @returns milliseconds to wait, 0 when the call may be made */
  async take(rates: readonly KeyedRate[]): Promise<number> {
    for (const rate of rates) {
      const waitMs = await this.takeOne(rate)
      if (waitMs > 0) return waitMs
    }
    return 0
  }

  private async takeOne({ key, limit, periodMs }: KeyedRate): Promise<number> {
    const { clock, health, store } = this.deps
    const held = this.leases.get(key)
    if (held !== undefined && held.left > 0 && held.until > clock.now()) {
      held.left -= 1
      return 0
    }
    const wanted = Math.max(1, Math.floor(limit * SHARE))
    const taken = await health.attempt(() => store.take(key, { limit, periodMs, wanted }))
    if (taken === undefined) return 0
    if (taken.granted === 0) return Math.max(1, taken.remainingMs)
    this.keep(key, { left: taken.granted - 1, until: clock.now() + taken.remainingMs })
    return 0
  }

  private keep(key: string, lease: Lease): void {
    this.leases.delete(key)
    this.leases.set(key, lease)
    if (this.leases.size <= MAX_KEPT) return
    const [oldest] = this.leases.keys()
    if (oldest !== undefined) this.leases.delete(oldest)
  }
}
