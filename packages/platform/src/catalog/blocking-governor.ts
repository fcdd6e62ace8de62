import { type Governor, StepError, type TenantId } from '@inlay/engine'
import { availabilityOf } from './settings.js'
import type { TenantCatalogs } from './tenant-catalogs.js'

/** Whether a tenant has blocked a connector. Settings that cannot be read block nothing. */
export async function isBlocked(
  catalogs: Pick<TenantCatalogs, 'of'>,
  tenantId: TenantId,
  connector: string,
): Promise<boolean> {
  const catalog = await catalogs.of({ tenantId }).catch(() => undefined)
  return catalog !== undefined && availabilityOf(catalog, connector) === 'blocked'
}

/**
 * A governor that lets no call of a blocked connector out, whichever version of whichever workflow makes it. Settings
 * that cannot be read block nothing: they stop what is unwanted, and guard no secret.
 */
export function createBlockingGovernor(governor: Governor, catalogs: Pick<TenantCatalogs, 'of'>): Governor {
  return {
    before: async (call, patience) => {
      const { tenantId, connectorId } = call
      if (!(await isBlocked(catalogs, tenantId, connectorId))) return governor.before(call, patience)
      throw new StepError('authorization', `The connector "${connectorId}" is blocked`, {
        detail: 'Whoever administers this product has stopped all calls to this service.',
      })
    },
  }
}
