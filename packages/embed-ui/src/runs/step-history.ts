// What the history of a run tells of one of its steps.
import type { ErrorRecord } from '@inlay/engine'
import type { RunHistoryItem, StepRun } from '../data/run-types.js'

/** One try of a step that did not succeed at once. */
export interface FailedAttempt {
  readonly attempt: number
  /** ISO 8601: when it failed. */
  readonly at: string
  readonly error: Pick<ErrorRecord, 'kind' | 'title' | 'detail' | 'data'> | undefined
}

/** A key that a step's records and its history share. */
export function addressKey({ stepPath, iteration }: Pick<StepRun, 'stepPath' | 'iteration'>): string {
  return `${stepPath}\n${iteration}`
}

/** The history by step. */
export function historyByStep(history: readonly RunHistoryItem[]): ReadonlyMap<string, readonly RunHistoryItem[]> {
  const byStep = new Map<string, RunHistoryItem[]>()
  for (const item of history) {
    if (item.step === null) continue
    const key = addressKey(item.step)
    byStep.set(key, [...(byStep.get(key) ?? []), item])
  }
  return byStep
}

/** The attempts of a step that failed, in order. */
export function failedAttempts(items: readonly RunHistoryItem[]): readonly FailedAttempt[] {
  return items
    .filter(({ what }) => what === 'retrying' || what === 'failed')
    .map(({ at, step, detail }) => ({ attempt: step?.attempt ?? 1, at, error: errorIn(detail) }))
    .filter(({ error }) => error !== undefined)
}

function errorIn(detail: RunHistoryItem['detail']): FailedAttempt['error'] {
  if (typeof detail !== 'object' || detail === null || !('error' in detail)) return undefined
  // The API writes errors of steps there; without a title it is none.
  const error = detail['error'] as Partial<ErrorRecord> | null
  return typeof error?.title === 'string' ? (error as ErrorRecord) : undefined
}
