import type { ConnectionTestContext } from '@inlay/sdk/connector'

/** On whose behalf a piece is called; without a customer in tests alone. */
export function callerOf({ caller }: Pick<ConnectionTestContext, 'caller'>): {
  readonly customer: string
  readonly externalId?: string
} {
  const { customerId = '', externalId } = caller ?? {}
  return { customer: customerId, ...(externalId === undefined ? {} : { externalId }) }
}
