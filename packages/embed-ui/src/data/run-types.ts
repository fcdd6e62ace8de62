// What the builder reads of runs from the API, field by field as the API contract says.
import type { ErrorRecord, JsonValue, RunMode, RunStatus, StepStatus } from '@inlay/engine'

export interface RunSummary {
  readonly id: string
  readonly workflowId: string
  readonly workflowName: string
  readonly customerId: string
  readonly versionId: string
  /** Null for a test run of a draft. */
  readonly versionNumber: number | null
  readonly mode: RunMode
  readonly status: RunStatus
  readonly error: ErrorRecord | null
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly wakeAt: string | null
  readonly durationMs: number | null
  /** The run that this one was made from. */
  readonly originRunId: string | null
}

export interface Run extends RunSummary {
  readonly trigger: JsonValue
  readonly output: JsonValue
  /** The step of another run that called this one. */
  readonly parent: { readonly runId: string; readonly stepPath: string; readonly iteration: string } | null
}

export interface StepRun {
  readonly stepPath: string
  readonly stepId: string
  /** Indices of the loops around it, joined by `.`; `0` outside any loop. */
  readonly iteration: string
  readonly type: string
  readonly status: StepStatus
  readonly attempt: number
  readonly input: JsonValue
  readonly output: JsonValue
  /** Size of an output that is too large to be listed; `output` is then null. */
  readonly outputBytes: number | null
  /** The run that a `call` step has started. */
  readonly childRunId: string | null
  readonly error: ErrorRecord | null
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly durationMs: number | null
  readonly wakeAt: string | null
}

/** Something that happened to a run or to one of its steps. */
export interface RunHistoryItem {
  readonly at: string
  /** To the run: such as `created` or `suspended`; to a step: its status. */
  readonly what: string
  /** Null for the run itself. */
  readonly step: {
    readonly stepPath: string
    readonly iteration: string
    readonly type: string
    readonly attempt: number
  } | null
  readonly detail: JsonValue
}

export type RunEvent =
  | { readonly type: 'run'; readonly runId: string; readonly status: RunStatus; readonly at: string }
  | {
      readonly type: 'step'
      readonly runId: string
      readonly stepPath: string
      readonly iteration: string
      readonly status: StepStatus
      readonly attempt: number
      readonly at: string
    }
  | { readonly type: 'responded'; readonly runId: string; readonly at: string }

/** Whether a fork can go on with the newest version, and if not, which steps before it keep it from that. */
export interface ForkCheck {
  /** Whether the run has executed the newest version already. */
  readonly isNewest: boolean
  readonly isPossible: boolean
  readonly changed: readonly string[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly hasOtherSettings: boolean
}

/** A line that a step has logged. */
export interface LogLine {
  /** ISO 8601. */
  readonly at: string
  readonly attempt: number
  /** `cut`: more was logged, and is not kept. */
  readonly level: 'info' | 'warn' | 'cut'
  readonly message: string
  readonly data: JsonValue | null
}
