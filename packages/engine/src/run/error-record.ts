import { type ErrorRecord, isInlayError, type StepError } from '../contracts/errors.js'

/** A failure as the journal keeps it, and what our own alerting should see when it was nobody's intention. */
export interface RecordedFailure {
  readonly error: ErrorRecord
  /** The thrown value itself when it was not a deliberate step error. */
  readonly unexpected?: unknown
}

/**
 * Turns whatever a step threw into a record without stack traces. The one place where unknown errors are converted.
 *
 * @param stepPath absent when the run itself failed
 */
export function recordFailure(thrown: unknown, stepPath?: string): RecordedFailure {
  if (isStepError(thrown)) return { error: fromStepError(thrown, stepPath) }
  return {
    error: {
      kind: 'bug',
      title: 'The step failed unexpectedly',
      detail: `The connector did not handle this: ${shortText(thrown)}. Report it to the connector's author.`,
      ...(stepPath === undefined ? {} : { stepPath }),
      retryable: false,
    },
    unexpected: thrown,
  }
}

/** Also true for step errors made by another copy of this package, as a connector may bring along. */
function isStepError(thrown: unknown): thrown is StepError {
  return isInlayError(thrown) && 'kind' in thrown && 'retryable' in thrown
}

function fromStepError(error: StepError, stepPath: string | undefined): ErrorRecord {
  return {
    kind: error.kind,
    title: error.message,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(stepPath === undefined ? {} : { stepPath }),
    retryable: error.retryable,
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    ...(error.data === undefined ? {} : { data: error.data }),
  }
}

function shortText(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : typeof thrown
  return text === '' ? 'no message' : text.slice(0, 300)
}
