/**
 * Part of a run that can be stopped by itself: the run, a branch that has lost a race, an attempt whose time is up. What
 * runs inside takes its signal; once it is stopped nothing more begins there. Most scopes end without anybody having
 * asked for a signal, so that one is made on demand.
 */
export class CancelScope {
  private controller: AbortController | undefined
  private inner: Set<CancelScope> | undefined
  private whenStopped: ((reason: unknown) => void) | undefined
  private isStopped = false
  private why: unknown

  /** @param outer ends with it, for the same reason */
  constructor(private readonly outer?: CancelScope) {
    if (outer === undefined) return
    if (outer.isStopped) this.stop(outer.why)
    else {
      outer.inner ??= new Set()
      outer.inner.add(this)
    }
  }

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController()
      if (this.isStopped) this.controller.abort(this.why)
    }
    return this.controller.signal
  }

  get isOver(): boolean {
    return this.isStopped
  }

  /** What is thrown where something would have begun. */
  get reason(): unknown {
    return this.why
  }

  stop(reason: unknown): void {
    if (this.isStopped) return
    this.isStopped = true
    this.why = reason
    this.controller?.abort(reason)
    this.whenStopped?.(reason)
    for (const scope of this.inner ?? []) scope.stop(reason)
    this.inner = undefined
  }

  /** Calls `react` when the scope is stopped; at once when it already is. One reaction per scope. */
  onStop(react: (reason: unknown) => void): void {
    if (this.isStopped) react(this.why)
    else this.whenStopped = react
  }

  /** Forgets the scope: what ran in it has ended. */
  close(): void {
    this.whenStopped = undefined
    this.outer?.inner?.delete(this)
  }
}
