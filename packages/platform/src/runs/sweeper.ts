import type { Journal } from '@inlay/engine'
import type { Logger } from '../telemetry/index.js'
import type { QueueDispatcher } from './dispatcher.js'
import type { Leader } from './leader.js'
import { type Loop, startLoop } from './loop.js'

const PAUSE_MS = 1000
/** While there is more than one page of work the next page follows soon, so that the queue does not run dry. */
const BUSY_PAUSE_MS = 100
const PAGE = 500
/** Runs that wait for places in this process; while they do, further pages would only be found again. */
const MAX_BACKLOG = 2 * PAGE

export interface SweeperDeps {
  readonly journal: Journal
  readonly dispatcher: QueueDispatcher
  readonly leader: Leader
  readonly log: Logger
}

/**
 * Closes the gap between the journal and the queue: dispatches again what no worker took, what is due, and what a dead
 * worker left behind. One process of the deployment does it at a time.
 */
export function startSweeper({ journal, dispatcher, leader, log }: SweeperDeps): Loop {
  let isBusy = false
  const pauseMs = (): number => (isBusy && dispatcher.backlog < MAX_BACKLOG ? BUSY_PAUSE_MS : PAUSE_MS)
  return startLoop(pauseMs, async () => {
    isBusy = false
    if (!(await leader.isLeader())) return
    try {
      isBusy = (await sweep(journal, dispatcher)) === PAGE
    } catch (error) {
      log.warn({ error }, 'The sweep failed; the next one follows.')
    }
  })
}

/**
 * Dispatches a page of what is due now; customers have equal shares of it.
 *
 * @returns how many runs that were
 */
async function sweep(journal: Journal, dispatcher: QueueDispatcher): Promise<number> {
  const due = await journal.due(PAGE)
  if (due.length > 0) dispatcher.dispatch(due)
  return due.length
}
