import { type Operation, TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import type { AppRouter } from './app-router.js'
import { type ApiError, ConnectionError, TimeoutError, toApiError } from './errors.js'
import { isKeyedPost } from './keyed-post-link.js'

const BASE_MS = 200
const MAX_MS = 5_000
/** A server that asks for more is not waited for: the caller decides. */
const MAX_RETRY_AFTER_MS = 60_000

interface RetryLinkOptions {
  readonly maxRetries: number
  /** For each attempt. */
  readonly timeoutMs: number
}

/** Repeats calls that may succeed later. */
export function retryLink(options: RetryLinkOptions): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      op.type === 'subscription'
        ? next(op)
        : observable((observer) => {
            const call = new RepeatedCall({ op, next, observer }, options)
            call.start()
            return () => call.stop()
          })
}

type LinkCall = Parameters<ReturnType<TRPCLink<AppRouter>>>[0]
type CallResults = ReturnType<LinkCall['next']>

interface RepeatedCallParts extends LinkCall {
  readonly observer: Parameters<CallResults['subscribe']>[0]
}

class RepeatedCall {
  private retries = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private attempt: Unsubscribable | undefined

  constructor(
    private readonly parts: RepeatedCallParts,
    private readonly options: RetryLinkOptions,
  ) {}

  start(): void {
    this.parts.op.signal?.addEventListener('abort', this.onAbort)
    this.send()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.parts.op.signal?.removeEventListener('abort', this.onAbort)
    this.attempt?.unsubscribe()
  }

  /** Does not wait any longer: an attempt under an aborted signal ends at once. */
  private readonly onAbort = (): void => {
    if (this.timer !== undefined) this.send()
  }

  private send(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const { op, next, observer } = this.parts
    const timeout = AbortSignal.timeout(attemptTimeoutMs(op, this.options.timeoutMs))
    this.attempt = next({ ...op, signal: eitherSignal(op.signal, timeout) }).subscribe({
      next: (value) => observer.next?.(value),
      complete: () => observer.complete?.(),
      error: (error) => this.onError(this.isLate(timeout) ? TRPCClientError.from(timeout.reason) : error),
    })
  }

  /** tRPC aborts requests by a signal of its own, without our reason. */
  private isLate(timeout: AbortSignal): boolean {
    return timeout.aborted && this.parts.op.signal?.aborted !== true
  }

  private onError(error: TRPCClientError<AppRouter>): void {
    const { op, observer } = this.parts
    const circumstances = { retries: this.retries, isRepeatable: isRepeatable(op) }
    const isOver = this.retries >= this.options.maxRetries || op.signal?.aborted === true
    const delayMs = isOver ? undefined : retryDelayMs(toApiError(error), circumstances)
    if (delayMs === undefined) {
      observer.error?.(error)
      return
    }
    this.retries++
    this.timer = setTimeout(() => this.send(), delayMs)
  }
}

interface RetryCircumstances {
  /** How often the call was repeated so far. */
  readonly retries: number
  /** Whether the call may be sent again although it may have been carried out. */
  readonly isRepeatable: boolean
  /** From 0 to 1; for tests. @default Math.random */
  readonly random?: () => number
}

/** How long to wait before the call is sent again, in milliseconds, with full jitter; undefined when it must not be. */
export function retryDelayMs(error: ApiError, circumstances: RetryCircumstances): number | undefined {
  const { retries, isRepeatable, random = Math.random } = circumstances
  const isRefused = error.status === 429 || error.status === 503 || error.code === 'idempotency.in_flight'
  const isPassing =
    error instanceof ConnectionError ||
    error instanceof TimeoutError ||
    error.status >= 500 ||
    error.status === 408 ||
    error.status === 425
  if (!isRefused && !(isPassing && isRepeatable)) return undefined
  const jitter = random() * Math.min(MAX_MS, BASE_MS * 2 ** retries)
  const asked = error.retryAfterMs ?? 0
  return asked > MAX_RETRY_AFTER_MS ? undefined : asked + jitter
}

/** Reads, calls whose key the server knows again, and changes that come to the same when made twice. */
function isRepeatable({ type, path }: Operation): boolean {
  return type === 'query' || isKeyedPost(path) || path.endsWith('.update')
}

function attemptTimeoutMs({ context }: Operation, timeoutMs: number): number {
  const { timeoutMs: own = timeoutMs, waitMs = 0 } = context
  return Number(own) + Number(waitMs)
}

function eitherSignal(signal: Operation['signal'], timeout: AbortSignal): AbortSignal {
  return signal === null || signal === undefined ? timeout : AbortSignal.any([signal, timeout])
}
