/**
 * Part of a run that can be stopped by itself: the run, or a branch that has lost a race. Steps take its signal; once it
 * is aborted nothing more begins inside.
 */
export class CancelScope {
  private readonly controller = new AbortController()

  /** @param outer ends with it, for the same reason */
  constructor(outer?: CancelScope) {
    if (outer === undefined) return
    if (outer.isOver) this.stop(outer.reason)
    else outer.signal.addEventListener('abort', () => this.stop(outer.reason), { once: true, signal: this.signal })
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  get isOver(): boolean {
    return this.controller.signal.aborted
  }

  /** What is thrown where something would have begun. */
  get reason(): unknown {
    return this.controller.signal.reason
  }

  stop(reason: unknown): void {
    if (!this.isOver) this.controller.abort(reason)
  }
}
