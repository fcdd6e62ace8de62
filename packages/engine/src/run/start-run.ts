import type { RunId } from '../contracts/ids.js'
import type { NewRun } from '../ports/journal.js'

/** A run to start. */
export type StartRun = Omit<NewRun, 'runId' | 'slot' | 'delayMs' | 'priority'> & { readonly runId?: RunId }

/** What became of a run that was to be started. */
export interface StartedRun {
  /** Of the first run, when the deduplication key was seen before. */
  readonly runId: RunId
  readonly created: boolean
}
