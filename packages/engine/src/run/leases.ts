import type { Activation } from './activation.js'
import type { EngineDeps } from './engine-options.js'

/** Keeps the leases of all runs of this process alive, with one write for all of them. */
export class Leases {
  private readonly active = new Map<string, Activation>()
  private timer: NodeJS.Timeout | undefined
  private renewedAt = 0

  constructor(private readonly deps: EngineDeps) {}

  get size(): number {
    return this.active.size
  }

  add(activation: Activation): void {
    if (this.active.size === 0) this.renewedAt = this.deps.clock.now()
    this.active.set(activation.run.runId, activation)
    this.timer ??= setInterval(() => void this.renew(), this.deps.settings.leaseMs / 3).unref()
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

  stop(): void {
    clearInterval(this.timer)
    this.timer = undefined
  }

  private async renew(): Promise<void> {
    const activations = this.all()
    if (activations.length === 0) {
      this.renewedAt = this.deps.clock.now()
      return
    }
    try {
      const leases = activations.map(({ lease }) => lease)
      const answers = await this.deps.journal.renew(leases, this.deps.settings.leaseMs)
      this.renewedAt = this.deps.clock.now()
      for (const [index, activation] of activations.entries()) {
        if (answers[index]?.held === false) activation.abandon()
        else if (answers[index]?.cancelRequested === true) activation.cancel()
      }
    } catch (error) {
      this.abandonIfTooLate(activations, error)
    }
  }

  /** Nobody may act on a lease that may have passed to another worker: give up well before it expires. */
  private abandonIfTooLate(activations: readonly Activation[], error: unknown): void {
    const silentMs = this.deps.clock.now() - this.renewedAt
    if (silentMs < (this.deps.settings.leaseMs * 2) / 3) return
    this.deps.onUnexpected?.(error, { runId: activations.map(({ run }) => run.runId).join(',') })
    for (const activation of activations) activation.abandon()
  }
}
