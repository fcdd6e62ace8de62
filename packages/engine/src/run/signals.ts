import type { ErrorRecord } from '../contracts/errors.js'
import type { StepRecord } from '../contracts/run.js'
import type { RunEnd } from '../ports/journal.js'

/**
 * Ways in which a sequence of steps is left other than by its end. They travel as exceptions so that blocks need not
 * know them, but none is an error of ours: they carry no stack and are never logged.
 */
export type Signal = PauseSignal | SuspendSignal | StopSignal | FailureSignal | CancelSignal

/** The run has to wait. */
export class PauseSignal {
  constructor(
    /** Unix milliseconds by the journal's clock; absent when only an answer can wake it. */
    readonly wakeAt?: number,
  ) {}
}

/** An operator wants the run to rest: nothing new begins, what is under way ends. */
export class SuspendSignal {}

/** A `stop` step ended the run. */
export class StopSignal {
  constructor(
    readonly end: RunEnd,
    /** Written with the end of the run and not before: a run that is resumed has not stopped. */
    readonly record: StepRecord,
  ) {}
}

/** A step failed for good; the error is recorded already. */
export class FailureSignal {
  constructor(readonly error: ErrorRecord) {}
}

/** Somebody cancelled the run, or the branch it happens in has lost a race. */
export class CancelSignal {}

export function isSignal(thrown: unknown): thrown is Signal {
  return (
    thrown instanceof PauseSignal ||
    thrown instanceof SuspendSignal ||
    thrown instanceof StopSignal ||
    thrown instanceof FailureSignal ||
    thrown instanceof CancelSignal
  )
}
