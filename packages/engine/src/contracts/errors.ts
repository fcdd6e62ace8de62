import type { JsonValue } from './json.js'

/**
 * Why a step or run failed: a closed set, after the CNCF Serverless Workflow error types and what we need beyond them.
 * `retryable` is the default decision of a retry policy; an error may override it.
 */
export const ERROR_KINDS = {
  validation: { retryable: false },
  expression: { retryable: false },
  authentication: { retryable: false },
  authorization: { retryable: false },
  timeout: { retryable: true },
  rate_limited: { retryable: true },
  communication: { retryable: true },
  rejected: { retryable: false },
  limit: { retryable: false },
  cancelled: { retryable: false },
  bug: { retryable: false },
} as const satisfies Record<string, { retryable: boolean }>

/** One of `ERROR_KINDS`. */
export type ErrorKind = keyof typeof ERROR_KINDS

/** A failure as it is recorded in the journal and shown to people. Never holds a stack trace. */
export interface ErrorRecord {
  readonly kind: ErrorKind
  /** One short line: what happened. */
  readonly title: string
  /** What to do about it, with names and values that help. */
  readonly detail?: string
  /** The failed step, as ids from the outermost block joined by `/`; absent when the run itself failed. */
  readonly stepPath?: string
  readonly retryable: boolean
  /** The soonest useful moment for another attempt, in milliseconds from the failure. */
  readonly retryAfterMs?: number
  /** Facts for programs, for example `{ "status": 404 }`; of expressions, one of `EVALUATION_CODES` with its details. */
  readonly data?: JsonValue
}

const INLAY_ERROR = Symbol.for('inlay.error')

/** What an error says besides its title. */
export interface InlayErrorOptions {
  readonly detail?: string
  readonly data?: JsonValue
  readonly cause?: unknown
}

/** Base of every error Inlay throws on purpose. `code` is stable and dotted, for example `run.not_found`. */
export class InlayError extends Error {
  readonly [INLAY_ERROR] = true
  readonly code: string
  readonly detail: string | undefined
  readonly data: JsonValue | undefined

  constructor(code: string, title: string, options: InlayErrorOptions = {}) {
    super(title, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.detail = options.detail
    this.data = options.data
  }
}

/** Whether `error` is an Inlay error, even one made by another copy of this package. */
export function isInlayError(error: unknown): error is InlayError {
  return typeof error === 'object' && error !== null && INLAY_ERROR in error
}

/** How a caller's mistake is classified; the API maps it to an HTTP status. */
export type UserErrorReason =
  | 'invalid'
  | 'unauthenticated'
  | 'denied'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'too_many'
  | 'unprocessable'
  | 'unsupported'

/** The caller did something that cannot work; trying the same again will not help. */
export class UserError extends InlayError {
  readonly reason: UserErrorReason

  constructor(reason: UserErrorReason, code: string, title: string, options: InlayErrorOptions = {}) {
    super(code, title, options)
    this.reason = reason
  }
}

/** What a step error says besides its title, and whether trying again can help. */
export interface StepErrorOptions extends InlayErrorOptions {
  readonly retryable?: boolean
  readonly retryAfterMs?: number
}

/** A step failed for a known reason. Connectors throw this; anything else they throw is recorded as `bug`. */
export class StepError extends InlayError {
  readonly kind: ErrorKind
  readonly retryable: boolean
  readonly retryAfterMs: number | undefined

  constructor(kind: ErrorKind, title: string, options: StepErrorOptions = {}) {
    super(`step.${kind}`, title, options)
    this.kind = kind
    this.retryable = options.retryable ?? ERROR_KINDS[kind].retryable
    this.retryAfterMs = options.retryAfterMs
  }
}

/** This process no longer owns the run: a write was refused because a newer epoch exists. Stop, and write nothing more. */
export class FencedError extends InlayError {
  constructor(runId: string) {
    super('run.fenced', `Run ${runId} is owned by another worker; this activation must stop.`)
  }
}

/** Our own mistake: worth an alert, never shown in detail to a caller. */
export class BugError extends InlayError {
  constructor(title: string, options: InlayErrorOptions = {}) {
    super('bug', title, options)
  }
}
