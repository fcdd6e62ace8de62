import type { Dispatcher, Journal } from '@inlay/engine'
import type { Logger } from '../telemetry/index.js'
import type { Leader } from './leader.js'

const INTERVAL_MS = 1000
const BATCH = 500

/** Runs something again and again until stopped. */
export interface Loop {
  stop(): void
}

/**
 * Closes the gap between the journal and the queue: dispatches again what no worker took, what is due, and what a dead
 * worker left behind. One process of the deployment does it at a time.
 */
export function startSweeper(deps: { journal: Journal; dispatcher: Dispatcher; leader: Leader; log: Logger }): Loop {
  const { journal, dispatcher, leader, log } = deps
  return startLoop(INTERVAL_MS, async () => {
    if (!(await leader.isLeader())) return
    try {
      for (let full = true; full; ) {
        const due = await journal.due(BATCH)
        if (due.length > 0) dispatcher.dispatch(due)
        full = due.length === BATCH
      }
    } catch (error) {
      log.warn({ error }, 'The sweep failed; the next one follows.')
    }
  })
}

/** Calls `work` every `intervalMs`, never twice at once. */
export function startLoop(intervalMs: number, work: () => Promise<void>): Loop {
  let stopped = false
  let timer: NodeJS.Timeout
  const tick = async (): Promise<void> => {
    await work()
    if (!stopped) timer = setTimeout(() => void tick(), intervalMs)
  }
  timer = setTimeout(() => void tick(), intervalMs)
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
