import type { RunIdentity, RunStatus, StepAddress, StepStatus } from '../contracts/run.js'

/** What happened in a run, for those who watch it. Holds no payloads: watchers read those from the journal. */
export type EngineEvent =
  | { readonly type: 'run'; readonly run: RunIdentity; readonly status: RunStatus; readonly at: number }
  | {
      readonly type: 'step'
      readonly run: RunIdentity
      readonly address: StepAddress
      readonly status: StepStatus
      readonly attempt: number
      readonly at: number
    }
  | { readonly type: 'responded'; readonly run: RunIdentity; readonly at: number }

/** Receives events as they happen; best effort, in order per run, must not throw or block. */
export interface EventSink {
  /** Returns at once. */
  emit(event: EngineEvent): void
}
