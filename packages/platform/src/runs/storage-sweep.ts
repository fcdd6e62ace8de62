import type { ConnectorStorage } from '@inlay/engine'
import type { Logger } from '../telemetry/index.js'
import type { Leader } from './leader.js'
import { type Loop, startLoop } from './loop.js'

const PAUSE_MS = 60_000
const PAGE = 1000
/** Pages of one sweep: what is left waits for the next one. */
const MAX_PAGES = 100

/** Removes what connectors keep and whose time is over. One process of the deployment does it at a time. */
export function startStorageSweep(deps: {
  readonly storage: Pick<ConnectorStorage, 'sweep'>
  readonly leader: Leader
  readonly log: Logger
}): Loop {
  const { storage, leader, log } = deps
  return startLoop(PAUSE_MS, async () => {
    if (!(await leader.isLeader())) return
    try {
      for (let page = 0; page < MAX_PAGES; page++) if ((await storage.sweep({ limit: PAGE })) < PAGE) return
    } catch (error) {
      log.warn({ error }, 'The values of connectors were not swept; the next time follows.')
    }
  })
}
