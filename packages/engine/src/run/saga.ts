import type { ErrorRecord } from '../contracts/errors.js'
import { asJson, isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.js'
import type { StepAddress, StepRecord } from '../contracts/run.js'
import type { RunEnd } from '../ports/journal.js'
import { FailureSignal } from './signals.js'

/** The compensation of a step that has succeeded, and where it stands. */
export interface Undoable extends StepAddress {
  /** Runs it where neither a cancellation nor a time-out stops it. @throws Signal when it fails or has to wait */
  undo(): Promise<void> | undefined
}

/** A compensation that failed for good. */
export interface NotUndone extends StepAddress {
  readonly error: ErrorRecord
}

/** What a run has done that can be undone: the saga pattern. */
export class Saga {
  /** With their place in the order in which steps ended, over all activations. */
  private readonly undoables: { readonly order: number; readonly undoable: Undoable }[] = []
  private live = 0

  /** @param recorded gives what earlier activations recorded, oldest first */
  constructor(private readonly recorded: () => readonly StepRecord[]) {}

  get isEmpty(): boolean {
    return this.undoables.length === 0
  }

  /** Notes that a step has succeeded. @param record of an earlier activation, when it did so there */
  add(undoable: Undoable, record?: StepRecord): void {
    const recorded = this.recorded()
    const order = record === undefined ? recorded.length + this.live++ : recorded.lastIndexOf(record)
    this.undoables.push({ order, undoable })
  }

  /**
   * Runs the compensations in reverse order of completion. One that fails does not keep the others from being tried.
   *
   * @throws Signal when a compensation has to wait
   */
  async undo(): Promise<NotUndone[]> {
    const failures: NotUndone[] = []
    for (const { undoable } of [...this.undoables].sort((a, b) => b.order - a.order)) {
      try {
        await undoable.undo()
      } catch (signal) {
        if (!(signal instanceof FailureSignal)) throw signal
        failures.push({ stepPath: undoable.stepPath, iteration: undoable.iteration, error: signal.error })
      }
    }
    return failures
  }
}

/** The end of a run of which not everything could be undone: failed, whatever it was before, with the exact list. */
export function withNotUndone(end: RunEnd, failures: readonly NotUndone[]): RunEnd {
  if (failures.length === 0) return end
  const error: ErrorRecord = end.error ?? {
    kind: 'cancelled',
    title: 'The run was cancelled, but not everything could be undone',
    retryable: false,
  }
  const places = failures.map(({ stepPath }) => `"${stepPath}"`).join(', ')
  const detail = `${error.detail === undefined ? '' : `${error.detail} `}Could not be undone: ${places}.`
  const notCompensated = failures.map((failure): JsonObject => ({ ...failure, error: asJson(failure.error) }))
  return { ...end, status: 'failed', error: { ...error, detail, data: { ...asObject(error.data), notCompensated } } }
}

function asObject(data: JsonValue | undefined): JsonObject {
  if (data === undefined || data === null) return {}
  return isJsonObject(data) ? data : { cause: data }
}
