import { isTerminal, type RunStatus, type StepStatus } from '@inlay/engine'

/** What watchers learn: ids and states, never data. */
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

/** A draft was saved, or somebody opened or left it: those who have it open look again. */
export interface DraftEvent {
  readonly type: 'draft'
  readonly at: string
}

/** What is told on the channel of a workflow. */
export type WorkflowEvent = RunEvent | DraftEvent

/** Whether nothing more will happen to the run that the event is about. */
export function isEnd(event: RunEvent): boolean {
  return event.type === 'run' && isTerminal(event.status)
}
