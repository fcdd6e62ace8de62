import { timeLimit, toStopReason } from './call-failure.js'

export interface DeadlineOptions {
  readonly ms: number
  /** Named in messages, for example `example.com`. */
  readonly what: string
  /** Ends the work too. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Ends work when time is up or a signal is aborted. One listener at a time, which is all a call needs: an
 * `AbortController` per call costs as much as the rest of its bookkeeping.
 */
export class Deadline {
  private reason: Error | undefined
  private listener: ((reason: Error) => void) | undefined
  private readonly timer: NodeJS.Timeout
  private readonly signal: AbortSignal | undefined
  private readonly onAbort: () => void

  constructor({ ms, what, signal }: DeadlineOptions) {
    this.timer = setTimeout(() => this.end(timeLimit(what, { ms })), ms)
    this.signal = signal
    this.onAbort = () => this.end(toStopReason(signal?.reason, what))
    if (signal?.aborted === true) this.onAbort()
    else signal?.addEventListener('abort', this.onAbort)
  }

  /** Names what is to be told of the end from now on; at once when it has come already. */
  onEnd(listener: (reason: Error) => void): void {
    this.listener = listener
    if (this.reason !== undefined) listener(this.reason)
  }

  /** Must be called when the work is done. */
  clear(): void {
    this.listener = undefined
    clearTimeout(this.timer)
    this.signal?.removeEventListener('abort', this.onAbort)
  }

  private end(reason: Error): void {
    this.reason ??= reason
    this.listener?.(this.reason)
  }
}
