import { type Governor, StepError } from '@inlay/engine'
import { availabilityOf } from './settings.js'
import type { TenantCatalogs } from './tenant-catalogs.js'

/**
 * A governor that lets no call of a blocked connector out, whichever version of whichever workflow makes it. Settings
 * that cannot be read block nothing: they stop what is unwanted, and guard no secret.
 */
export function createBlockingGovernor(governor: Governor, catalogs: Pick<TenantCatalogs, 'of'>): Governor {
  return {
    before: async (call, patience) => {
      const { tenantId, connectorId } = call
      const catalog = await catalogs.of({ tenantId }).catch(() => undefined)
      if (catalog === undefined || availabilityOf(catalog, connectorId) !== 'blocked') {
        return governor.before(call, patience)
      }
      throw new StepError('authorization', `The connector "${connectorId}" is blocked`, {
        detail: 'Whoever administers this product has stopped all calls to this service.',
      })
    },
  }
}
