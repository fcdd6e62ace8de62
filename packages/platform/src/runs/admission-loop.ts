import type { Engine } from '@inlay/engine'
import type { Logger } from '../telemetry/index.js'
import type { Leader } from './leader.js'
import { type Loop, startLoop } from './loop.js'

const PAUSE_MS = 1000
const PAGE = 100

export interface AdmissionLoopDeps {
  readonly engine: Pick<Engine, 'flushAdmissions'>
  readonly leader: Leader
  readonly log: Logger
}

/** Starts the runs whose debounce or batch is over. One process of the deployment does it at a time. */
export function startAdmissionLoop({ engine, leader, log }: AdmissionLoopDeps): Loop {
  let hasMore = false
  return startLoop(
    () => (hasMore ? 0 : PAUSE_MS),
    async () => {
      hasMore = false
      if (!(await leader.isLeader())) return
      try {
        hasMore = (await engine.flushAdmissions({ limit: PAGE })) === PAGE
      } catch (error) {
        log.warn({ error }, 'Gathered triggers could not be looked at; the next attempt follows.')
      }
    },
  )
}
