import type { CustomerId, TenantId } from '@inlay/engine'

/** Whose data key: a customer's, or without one the tenant's own. */
export interface KeyOwner {
  readonly tenantId: TenantId
  readonly customerId?: CustomerId
}

/** Where a secret belongs. */
export interface SecretPlace extends KeyOwner {
  /** The row's id; where a row holds several secrets, with `/` and which of them. */
  readonly id: string
}
