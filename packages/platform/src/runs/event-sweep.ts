import { pruneEvents } from '@inlay/engine/postgres'
import type { Database } from '../database/index.js'
import type { Logger } from '../telemetry/index.js'
import type { Leader } from './leader.js'
import { type Loop, startLoop } from './loop.js'

const PAUSE_MS = 3_600_000

/** What the sweep of events takes. */
export interface EventSweepDeps extends Pick<Database, 'engine'> {
  readonly leader: Leader
  readonly log: Logger
  /** How long events are kept, in milliseconds: how far back a run finds what came before it began to wait. */
  readonly keptMs: number
  /** Between two sweeps, in milliseconds. @default an hour */
  readonly pauseMs?: number
}

/** Removes events that are older than they are kept and were delivered. One process of the deployment does it at a time. */
export function startEventSweep({ engine, leader, log, keptMs, pauseMs = PAUSE_MS }: EventSweepDeps): Loop {
  return startLoop(pauseMs, async () => {
    if (!(await leader.isLeader())) return
    try {
      await pruneEvents(engine, keptMs)
    } catch (error) {
      log.warn({ error }, 'Old events were not swept; the next time follows.')
    }
  })
}
