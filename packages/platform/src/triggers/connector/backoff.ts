/** What follows a failure of a trigger: how soon it is tried again, and what people are told. */
import { type ErrorKind, isInlayError, type StepError } from '@inlay/engine'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A trigger that has failed for so long is stopped: nobody has looked after it. */
const GIVE_UP_AFTER_MS = 7 * DAY_MS
/** A failure that may pass by itself counts as one when it has come so often in a row. */
const TOLERATED = 3
const MAX_RETRY_AFTER_MS = DAY_MS
const MAX_DETAIL = 1000

/** What only people can mend, and is therefore tried less often: the account, its rights, the input, the connector. */
const LASTING: readonly ErrorKind[] = ['authentication', 'authorization', 'validation', 'rejected', 'bug', 'limit']

/** A failed piece of work. */
export interface Setback {
  readonly error: unknown
  /** Failures in a row before this one. */
  readonly failures: number
  /** When the first of them was. */
  readonly failingSince: Date | null
  /** Milliseconds between two pieces of work that succeed. */
  readonly intervalMs: number
  readonly now: number
  /** From 0 to 1. */
  readonly random: number
}

/** What is to be done after it. */
export interface AfterSetback {
  readonly status: 'active' | 'failing' | 'stopped'
  readonly detail: string
  /** Null: never again by itself. */
  readonly delayMs: number | null
  readonly failures: number
}

/**
 * Waits double from a minute, or the interval when that is longer, to an hour; what only people can mend is tried every
 * quarter of an hour at most. A service's own wish to wait comes first.
 */
export function afterSetback(setback: Setback): AfterSetback {
  const { error, failingSince, now, random } = setback
  const failures = setback.failures + 1
  const detail = explain(error)
  if (failingSince !== null && now - failingSince.getTime() > GIVE_UP_AFTER_MS) {
    const advice = 'It has failed for a week and was stopped. Mend what is wrong, then switch the workflow off and on.'
    return { status: 'stopped', detail: `${detail} ${advice}`.slice(0, MAX_DETAIL), delayMs: null, failures }
  }
  const kind = kindOf(error)
  const isLasting = LASTING.includes(kind)
  const status = isLasting || failures >= TOLERATED ? 'failing' : 'active'
  const least = Math.max(setback.intervalMs, isLasting ? 15 * MINUTE_MS : MINUTE_MS)
  const doubled = Math.min(least * 2 ** Math.min(failures - 1, 10), Math.max(HOUR_MS, least))
  const asked = Math.min(retryAfterOf(error) ?? 0, MAX_RETRY_AFTER_MS)
  return { status, detail, delayMs: Math.max(spread(doubled, random), asked), failures }
}

/** A tenth less to a tenth more, so that what failed at the same time does not come back at the same time. */
export function spread(ms: number, random: number): number {
  return Math.round(ms * (0.9 + 0.2 * random))
}

/** What people are told of a failure; of what no connector should throw, no word. */
export function explain(error: unknown): string {
  if (!isInlayError(error) || error.code === 'bug') {
    return 'The trigger failed unexpectedly. If it stays, report it to whoever runs this deployment.'
  }
  return [`${error.message.replace(/[.]$/, '')}.`, error.detail ?? ''].join(' ').trim().slice(0, MAX_DETAIL)
}

/** The kind of a failure; `bug` for what no connector should throw. */
export function kindOf(error: unknown): ErrorKind {
  return isStepError(error) ? error.kind : 'bug'
}

function retryAfterOf(error: unknown): number | undefined {
  return isStepError(error) ? error.retryAfterMs : undefined
}

function isStepError(error: unknown): error is StepError {
  return isInlayError(error) && 'kind' in error
}
