import type { Activation } from './activation.js'
import type { EngineDeps } from './engine-options.js'

/** Keeps the leases of all runs of this process alive, with one write for all of them. */
export class Leases {
  private readonly active = new Map<string, Activation>()
  private timer: NodeJS.Timeout | undefined
  private isRenewing = false

  constructor(private readonly deps: EngineDeps) {}

  get size(): number {
    return this.active.size
  }

  add(activation: Activation): void {
    this.active.set(activation.run.runId, activation)
    this.timer ??= setInterval(() => this.tick(), this.deps.settings.leaseMs / 3).unref()
  }

  remove(activation: Activation): void {
    if (this.active.get(activation.run.runId) !== activation) return
    this.active.delete(activation.run.runId)
  }

  all(): readonly Activation[] {
    return [...this.active.values()]
  }

  /** Asks a run of this process to end at once; others learn of it from the journal. */
  cancel(runId: string): void {
    this.active.get(runId)?.cancel()
  }

  /** Asks a run of this process to rest at once; others learn of it from the journal. */
  suspend(runId: string): void {
    this.active.get(runId)?.heed({ cancelRequested: false, suspendRequested: true })
  }

  stop(): void {
    clearInterval(this.timer)
    this.timer = undefined
  }

  /** Looks at the leases first: a renewal that neither succeeds nor fails must not hold up giving up. */
  private tick(): void {
    this.abandonLate(new Error('No renewal of the lease has come through in time.'))
    if (!this.isRenewing && this.active.size > 0) void this.renew()
  }

  private async renew(): Promise<void> {
    const activations = this.all()
    // Counted from the question: the answer may have been long on its way.
    const askedAt = this.deps.clock.now()
    this.isRenewing = true
    try {
      const leases = activations.map(({ lease }) => lease)
      const answers = await this.deps.journal.renew(leases, this.deps.settings.leaseMs)
      for (const [index, activation] of activations.entries()) {
        const answer = answers[index]
        if (answer?.held !== true) activation.abandon()
        else activation.leasedAt = askedAt
        if (answer !== undefined) activation.heed(answer)
      }
    } catch (error) {
      this.abandonLate(error)
    } finally {
      this.isRenewing = false
    }
  }

  /** Nobody may act on a lease that may have passed to another worker: give up well before it expires. */
  private abandonLate(reason: unknown): void {
    const latest = this.deps.clock.now() - (this.deps.settings.leaseMs * 2) / 3
    for (const activation of this.active.values()) {
      if (activation.leasedAt > latest || activation.isLost) continue
      this.deps.onUnexpected?.(reason, { runId: activation.run.runId })
      activation.abandon()
    }
  }
}
