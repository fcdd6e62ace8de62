import type { Dispatcher } from 'undici'
import { StepError } from '../contracts/errors.js'
import type { Deadline } from './deadline.js'

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Record<string, string>
  /** Not decoded. */
  readonly body: Buffer
}

/** What bounds an exchange. */
export interface ExchangeLimits {
  readonly deadline: Deadline
  readonly maxBytes: number
  /** Of the body; nothing behind them is waited for. @default undefined: the whole body is wanted */
  readonly keepBytes: number | undefined
}

/**
 * Sends one request and collects its answer. It listens to undici's parser itself: the streams and promises that
 * undici's own `request` builds for every answer cost more than the exchange, and the answer is wanted whole.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  limits: ExchangeLimits,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const collector = new Collector(limits, resolve, reject)
    limits.deadline.onEnd((reason) => collector.stop(reason))
    dispatcher.dispatch(request, collector)
  })
}

class Collector implements Dispatcher.DispatchHandlers {
  private abort: ((error: Error) => void) | undefined
  private stopped: Error | undefined
  private status = 0
  private headers: Record<string, string> = {}
  private chunks: Buffer[] = []
  private size = 0

  constructor(
    private readonly limits: ExchangeLimits,
    private readonly resolve: (answer: RawAnswer) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  /** Ends the exchange from outside; one that waits for a connection is cut off as soon as it gets one. */
  stop(reason: Error): void {
    this.stopped ??= reason
    this.fail(reason)
    this.abort?.(reason)
  }

  onConnect(abort: (error?: Error) => void): void {
    this.abort = abort
    if (this.stopped !== undefined) abort(this.stopped)
  }

  onHeaders(status: number, rawHeaders: Buffer[]): boolean {
    // Informational answers come before the real one.
    if (status < 200) return true
    this.status = status
    this.headers = readHeaders(rawHeaders)
    return true
  }

  onData(chunk: Buffer): boolean {
    const { maxBytes, keepBytes = maxBytes } = this.limits
    this.size += chunk.length
    this.chunks.push(chunk)
    if (this.size > keepBytes) this.stop(tooLarge(maxBytes))
    return true
  }

  onComplete(): void {
    const [first] = this.chunks
    const body = this.chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.chunks, this.size)
    this.resolve({ status: this.status, headers: this.headers, body: body.subarray(0, this.limits.keepBytes) })
  }

  onError(error: Error): void {
    this.fail(error)
  }

  /** Who wants the beginning of a body only has all that counts once the headers are there. */
  private fail(error: Error): void {
    if (this.limits.keepBytes !== undefined && this.status !== 0) this.onComplete()
    else this.reject(error)
  }
}

/** The error for an answer that is larger than it may be, decoded or not. */
export function tooLarge(maxBytes: number): StepError {
  return new StepError('limit', 'The answer is too large', {
    detail: `At most ${maxBytes} bytes are read. Ask the service for less, for example page by page.`,
  })
}

function readHeaders(raw: readonly Buffer[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toString('latin1').toLowerCase() ?? ''
    const value = raw[index + 1]?.toString('utf8') ?? ''
    if (name === '__proto__') continue
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value
  }
  return headers
}
