// What is read of runs, and what they are asked by.
import type {
  CustomerId,
  ErrorRecord,
  JsonValue,
  RunId,
  RunMode,
  RunStatus,
  StepStatus,
  VersionId,
  WorkflowId,
} from '@inlay/engine'
import type { PageRequest } from '../api/pagination.js'

export interface RunRow {
  readonly id: RunId
  readonly workflow_id: WorkflowId
  readonly workflow_name: string | null
  readonly customer_id: CustomerId
  readonly version_id: VersionId
  readonly version_number: number | null
  readonly mode: RunMode
  readonly status: RunStatus
  readonly error: ErrorRecord | null
  readonly created_at: Date
  readonly started_at: Date | null
  readonly finished_at: Date | null
  readonly wake_at: Date | null
  readonly is_dead: boolean
  readonly origin_run_id: string | null
}

export interface RunDetailRow extends RunRow {
  readonly output: JsonValue | null
  readonly trigger: JsonValue
  readonly parent_run_id: string | null
  readonly parent_step_path: string | null
  readonly parent_iteration: string | null
  /** Whether its workflow is still there, with the version that the run executes. */
  readonly has_version: boolean
}

export interface StepRow {
  readonly customer_id: CustomerId
  readonly step_path: string
  readonly iteration: string
  readonly type: string
  readonly status: StepStatus
  readonly attempt: number
  readonly input: JsonValue | null
  readonly output: JsonValue | null
  readonly error: ErrorRecord | null
  readonly started_at: number
  readonly finished_at: number | null
  readonly wake_at: number | null
}

/** A line that a step has logged. */
export interface LogRow {
  readonly id: string
  readonly attempt: number
  readonly level: 'info' | 'warn' | 'cut'
  readonly message: string
  readonly data: JsonValue | null
}

export interface OutputRow {
  readonly customer_id: CustomerId
  readonly output: JsonValue | null
}

/** What may be started of a workflow. */
export interface StartableRow {
  readonly name: string
  readonly customer_id: CustomerId
  readonly enabled: boolean
  /** The published version. */
  readonly version_id: VersionId | null
  readonly version_number: number | null
}

export interface RunFilter extends PageRequest {
  readonly workflowId?: string | undefined
  readonly customerId?: string | undefined
  readonly status?: RunStatus | undefined
  readonly mode?: RunMode | undefined
  /** Number of the version that ran. */
  readonly version?: number | undefined
  /** The beginning of the id, or part of the error or of the input. */
  readonly search?: string | undefined
  /** Whether the runs are on the dead-letter list. */
  readonly dead?: boolean | undefined
  /** ISO 8601: runs that were created at this moment or later. */
  readonly createdSince?: string | undefined
  /** ISO 8601: runs that were created before this moment. */
  readonly createdBefore?: string | undefined
}

/** Which runs are to be tried again. */
export interface FailedFilter {
  readonly dead?: boolean | undefined
  readonly workflowId?: string | undefined
  readonly customerId?: string | undefined
  /** Runs that failed at this moment or later. */
  readonly failedSince?: Date | undefined
  readonly limit: number
}
