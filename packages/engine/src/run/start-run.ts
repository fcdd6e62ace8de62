import type { RunId } from '../contracts/ids.js'
import type { CreatedRun, NewRun } from '../ports/journal.js'

/** A run to start; its definition says when and whether that happens. */
export type StartRun = Omit<NewRun, 'runId' | 'slot' | 'delayMs' | 'priority' | 'refused'> & { readonly runId?: RunId }

/** What became of a run that was to be started. */
export interface StartedRun {
  /** Of the first run, when the deduplication key was seen before. */
  readonly runId: RunId
  readonly created: boolean
  /**
   * `queued` and `delayed` runs begin later by themselves; `skipped` ones are recorded as cancelled, with the reason.
   * `gathered`: the trigger is kept for the run of this id, which does not exist before its debounce or batch is over.
   */
  readonly admission: CreatedRun['admission'] | 'gathered'
}
