import type { Dispatcher, Journal } from '@inlay/engine'
import type { Logger } from '../telemetry/index.js'
import type { Leader } from './leader.js'
import { type Loop, startLoop } from './loop.js'

const INTERVAL_MS = 1000
const BATCH = 500

export interface SweeperDeps {
  readonly journal: Journal
  readonly dispatcher: Dispatcher
  readonly leader: Leader
  readonly log: Logger
}

/**
 * Closes the gap between the journal and the queue: dispatches again what no worker took, what is due, and what a dead
 * worker left behind. One process of the deployment does it at a time.
 */
export function startSweeper({ journal, dispatcher, leader, log }: SweeperDeps): Loop {
  return startLoop(INTERVAL_MS, async () => {
    if (!(await leader.isLeader())) return
    try {
      await sweep(journal, dispatcher)
    } catch (error) {
      log.warn({ error }, 'The sweep failed; the next one follows.')
    }
  })
}

/** Dispatches all that is due now. @returns how many runs that were */
export async function sweep(journal: Journal, dispatcher: Dispatcher): Promise<number> {
  for (let total = 0; ; ) {
    const due = await journal.due(BATCH)
    if (due.length > 0) dispatcher.dispatch(due)
    total += due.length
    if (due.length < BATCH) return total
  }
}
