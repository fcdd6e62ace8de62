import { ERROR_KINDS, type ErrorKind, type ErrorRecord, type InlayError, isInlayError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import { toPlainJson } from '../contracts/plain-json.js'

/** A failure as the journal keeps it, and what our own alerting should see when it was nobody's intention. */
export interface RecordedFailure {
  readonly error: ErrorRecord
  /** The thrown value itself when it was not a deliberate step error. */
  readonly unexpected?: unknown
}

/** What is done with texts and data of strangers before they are kept. */
export interface Cleaner {
  text(text: string): string
  json(value: JsonValue): JsonValue
}

const AS_IT_IS: Cleaner = { text: (text) => text, json: (value) => value }

/** Longer texts help nobody, and an error is kept in many places. */
const MAX_TITLE = 500
const MAX_DETAIL = 4_000
const MAX_DATA_BYTES = 16_384
const MAX_SHORT_TEXT = 300

/**
 * Turns whatever a step threw into a record without stack traces. The one place where unknown errors are converted: what
 * connectors throw may be anything, also an object whose every property throws.
 *
 * @param stepPath absent when the run itself failed
 * @param cleaner takes out what must not be kept, before anything is cut short
 */
export function recordFailure(thrown: unknown, stepPath?: string, cleaner: Cleaner = AS_IT_IS): RecordedFailure {
  const deliberate = stepErrorIn(thrown, stepPath, cleaner)
  if (deliberate !== undefined) return { error: deliberate }
  return {
    error: {
      kind: 'bug',
      title: 'The step failed unexpectedly',
      detail: `The connector did not handle this: ${shortText(thrown, cleaner)}. Report it to the connector's author.`,
      ...(stepPath === undefined ? {} : { stepPath }),
      retryable: false,
    },
    unexpected: thrown,
  }
}

/** What somebody threw, in few words. */
export function shortText(thrown: unknown, cleaner: Cleaner = AS_IT_IS): string {
  const text = attempt(() => (thrown instanceof Error ? thrown.message : thrown)) ?? thrown
  return typeof text === 'string' ? clipped(cleaner.text(text), MAX_SHORT_TEXT) || 'no message' : typeof text
}

/** Also of step errors made by another copy of this package, as a connector may bring along. */
function stepErrorIn(thrown: unknown, stepPath: string | undefined, cleaner: Cleaner): ErrorRecord | undefined {
  return attempt(() => {
    if (!isInlayError(thrown) || !('kind' in thrown) || !('retryable' in thrown)) return undefined
    const { kind, message, retryable } = thrown
    const isKnown = typeof kind === 'string' && Object.hasOwn(ERROR_KINDS, kind)
    return {
      // Checked on the line above.
      kind: isKnown ? (kind as ErrorKind) : 'bug',
      title: clipped(cleaner.text(String(message)), MAX_TITLE) || 'The step failed',
      ...(stepPath === undefined ? {} : { stepPath }),
      retryable: retryable === true,
      ...optionalParts(thrown, cleaner),
    }
  })
}

function optionalParts(error: InlayError, cleaner: Cleaner): Pick<ErrorRecord, 'detail' | 'data' | 'retryAfterMs'> {
  const { detail, data } = error
  const retryAfterMs = 'retryAfterMs' in error ? error.retryAfterMs : undefined
  const kept = data === undefined ? undefined : attempt(() => toPlainJson(data, { maxBytes: MAX_DATA_BYTES }))
  return {
    ...(typeof detail === 'string' ? { detail: clipped(cleaner.text(detail), MAX_DETAIL) } : {}),
    ...(isDelay(retryAfterMs) ? { retryAfterMs } : {}),
    ...(kept === undefined ? {} : { data: cleaner.json(kept) }),
  }
}

function isDelay(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
