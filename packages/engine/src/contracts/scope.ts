import type { CustomerId, TenantId } from './ids.js'

/** On whose behalf something is read or done. A `customerId` narrows the scope to one customer of the tenant. */
export interface TenantScope {
  readonly tenantId: TenantId
  readonly customerId?: CustomerId
}
