import type { Leader } from '../runs/leader.js'
import { type Loop, startLoop } from '../runs/loop.js'
import type { Logger } from '../telemetry/index.js'
import type { DomainsService } from './service.js'

/** Each domain is looked at once a day; this is how often is asked whose time has come. */
const PAUSE_MS = 60_000
const PAGE = 50

/** Looks again, day by day, at domains that are in use. One process of the deployment does it at a time. */
export function startDomainChecks(deps: {
  readonly domains: Pick<DomainsService, 'checkDue'>
  readonly leader: Leader
  readonly log: Logger
}): Loop {
  const { domains, leader, log } = deps
  return startLoop(PAUSE_MS, async () => {
    if (!(await leader.isLeader())) return
    try {
      await domains.checkDue(PAGE)
    } catch (error) {
      log.warn({ error }, 'Domains could not be looked at; the next attempt follows.')
    }
  })
}
