import { type Leader, type Loop, startLoop } from '../runs/index.js'
import type { Logger } from '../telemetry/index.js'
import type { AuthorizationsService } from './authorizations/service.js'
import type { GrantStore } from './tokens/grant-store.js'
import type { OAuthRefresher } from './tokens/refresher.js'

/** How long before its expiry a token is refreshed; a bit more for some than for others, so that not all come at once. */
const AHEAD_MS = 300_000
const SPREAD_MS = 300_000
const REFRESH_EVERY_MS = 30_000
const CLEAR_EVERY_MS = 300_000
const BATCH = 200
/** Token requests at once. */
const AT_ONCE = 8

/** What upkeep needs. */
export interface OAuthUpkeepDeps {
  readonly refresher: OAuthRefresher
  readonly grants: GrantStore
  readonly authorizations: AuthorizationsService
  readonly leader: Leader
  readonly log: Logger
  /** Milliseconds between two looks, plus or minus a tenth. @default 30_000 */
  readonly refreshEveryMs?: number
}

/**
 * Refreshes tokens before they expire, so that no run waits for it and none is lost for want of use, and clears away
 * authorizations that nobody finished. One process does it at a time.
 */
export function startOAuthUpkeep(deps: OAuthUpkeepDeps): Loop {
  const { refreshEveryMs = REFRESH_EVERY_MS, log, leader, authorizations } = deps
  const guarded = (what: string, work: () => Promise<unknown>) => async (): Promise<void> => {
    try {
      if (await leader.isLeader()) await work()
    } catch (error) {
      log.error({ error }, `${what} failed; it is tried again.`)
    }
  }
  const loops = [
    startLoop(
      () => refreshEveryMs * (0.9 + Math.random() * 0.2),
      guarded('Refreshing tokens', () => refreshAll(deps)),
    ),
    startLoop(
      CLEAR_EVERY_MS,
      guarded('Clearing authorizations', () => authorizations.clearAbandoned(BATCH)),
    ),
  ]
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

async function refreshAll({ refresher, grants, log }: OAuthUpkeepDeps): Promise<void> {
  const expiring = await grants.expiring({ withinMs: AHEAD_MS, spreadMs: SPREAD_MS, limit: BATCH })
  const waiting = [...expiring]
  const refreshNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { id, tenantId, customerId } = next
      await refresher.refreshAhead({ tenantId, customerId }, id, AHEAD_MS + SPREAD_MS).catch((error: unknown) => {
        // It is tried again later, and said to whoever uses the connection.
        log.warn({ error, connectionId: id }, 'Tokens were not refreshed ahead of their expiry.')
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, refreshNext))
}
