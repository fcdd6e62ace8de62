import type { JsonValue } from '../contracts/json.js'
import type { StepAddress } from '../contracts/run.js'
import type { StepType, WorkflowDefinition } from '../contracts/workflow.js'
import type { CompiledTemplate } from '../expression/index.js'
import type { ResolvedRetry } from '../policies/retry.js'
import type { Frame } from './frame.js'

/** A compiled definition: immutable, shared by all runs of a version. */
export interface Program {
  readonly definition: WorkflowDefinition
  readonly steps: readonly CompiledStep[]
  /** Bound on the execution of a run at a stretch. */
  readonly timeoutMs: number | undefined
  /** Whether some step answers the caller of a webhook. */
  readonly responds: boolean
}

/** One step, ready to run. */
export interface CompiledStep {
  readonly id: string
  /** Ids from the outermost block joined by `/`. */
  readonly path: string
  readonly type: StepType
  readonly condition: CompiledTemplate | undefined
  readonly retry: ResolvedRetry
  readonly timeoutMs: number | undefined
  readonly onError: 'fail' | 'continue' | { readonly fallback: readonly CompiledStep[] }
  /** Undoes the step when the run fails or is cancelled after it. */
  readonly compensation: CompiledStep | undefined
  /** Whether this step or one inside it has a compensation. */
  readonly canUndo: boolean
  readonly body: StepBody
}

/** One execution of a step in a run. */
export interface StepCall {
  readonly step: CompiledStep
  readonly frame: Frame
  readonly address: StepAddress
  /** Unix milliseconds. */
  readonly startedAt: number
  /** What the step was given, for the journal; a body sets it when it is worth showing. */
  input: JsonValue | undefined
  /** 1 for the first; a body that repeats its work raises it. */
  attempt: number
  /** Set by a body that has recorded the step's end itself. */
  isRecorded: boolean
  /** Set by a body whose open wait ends with the step. */
  closesWait: boolean
  /** What the journal keeps in place of the output, when that is kept elsewhere. */
  stored?: JsonValue
}

/**
 * What a step kind does. Neither is run again once its end is recorded; until then a `block` descends again on every
 * replay, into steps that may have ended.
 */
export type StepBody = LeafBody | BlockBody

export interface LeafBody extends Runnable {
  readonly nature: 'leaf'
}

export interface BlockBody extends Runnable {
  readonly nature: 'block'
  /** The steps inside that later steps may refer to; those of a loop are not among them. */
  readonly children: readonly CompiledStep[]
  /** The rounds of a loop, each with its frame. @param frame that of the block; may throw what its expressions throw */
  rounds?(frame: Frame): Iterable<{ readonly steps: readonly CompiledStep[]; readonly frame: Frame }>
}

interface Runnable {
  /** Whether running it again gives the same and touches nothing outside: its end then costs no write of its own. */
  readonly isPure: boolean
  /**
   * Gives the step's output, at once when it can: a promise costs a turn of the event loop.
   *
   * @throws Signal to leave the sequence; anything else makes the step fail
   */
  run(call: StepCall): JsonValue | Promise<JsonValue>
}
