import { setTimeout as delay } from 'node:timers/promises'
import type { TenantScope } from '@inlay/engine'
import type { TokenRefresher } from '../../connections/index.js'
import type { Logger } from '../../telemetry/index.js'
import type { GrantStore } from './grant-store.js'

/** An erasure does not wait for services that do not answer. */
const PATIENCE_MS = 20_000
/** Services told at once. */
const AT_ONCE = 8

/** What telling services takes. */
export interface RevokeCustomerDeps {
  readonly grants: GrantStore
  readonly refresher: TokenRefresher
  readonly log: Logger
}

/**
 * Tells all services that a customer's tokens are used no more, before the customer is erased: afterwards nobody can open
 * them. Best effort, within 20 seconds.
 */
export async function revokeCustomer(
  { grants, refresher, log }: RevokeCustomerDeps,
  scope: TenantScope,
  customerId: string,
): Promise<void> {
  const waiting = await grants.ofCustomer(scope, customerId)
  const controller = new AbortController()
  const revokeNext = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined && !controller.signal.aborted; id = waiting.shift()) {
      const connectionId = id
      await refresher.revoke(scope, connectionId).catch((error: unknown) => {
        log.warn({ error, connectionId }, 'The service was not told that its tokens are unused.')
      })
    }
  }
  const all = Promise.all(Array.from({ length: AT_ONCE }, revokeNext))
  const late = delay(PATIENCE_MS, undefined, { signal: controller.signal }).catch(() => undefined)
  await Promise.race([all, late])
  controller.abort()
}
