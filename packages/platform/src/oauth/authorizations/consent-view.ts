import { type Brand, productNameOf } from '../../tenancy/index.js'
import type { AuthorizationDeps } from './deps.js'
import { connectorOf, methodOf } from './finish.js'
import type { AuthorizationRow } from './store.js'

/** Both sides of a connection, and who asks for it: what a person has to see before they confirm. */
export interface ConsentView {
  readonly id: string
  /** Whose product it is for. */
  readonly tenantName: string
  /** How that product looks. */
  readonly brand: Brand
  /** The organisation whose automations will use the account. */
  readonly customerName: string
  readonly connectorName: string
  /** The account at the service; null before it is known, or when the connector cannot tell. */
  readonly accountLabel: string | null
  /** Of a connection that is connected again: the account that it has used so far. */
  readonly formerAccountLabel: string | null
  /** Who began; empty when it was the tenant's own system. */
  readonly askedBy: string
  /** What it lets automations do. */
  readonly scopes: readonly { readonly scope: string; readonly description: string }[]
  /** The page that began; null when it did not say. */
  readonly returnOrigin: string | null
  /** Origins of the tenant's pages, and of ours for it. */
  readonly allowedOrigins: readonly string[]
}

/** What to show of an authorization. */
export async function consentView(deps: AuthorizationDeps, row: AuthorizationRow): Promise<ConsentView> {
  const scope = { tenantId: row.tenant_id, customerId: row.customer_id }
  const tenant = await deps.tenancy.getTenant({ tenantId: row.tenant_id })
  const brand = await deps.tenancy.getBrand({ tenantId: row.tenant_id })
  const customer = await deps.tenancy.getCustomer(scope, row.customer_id)
  const connector = await connectorOf(deps, row)
  const { scopes: known } = await methodOf(deps, row)
  const former = row.connection_id === null ? undefined : await deps.connections.get(scope, row.connection_id)
  return {
    id: row.id,
    tenantName: productNameOf(tenant, brand),
    brand,
    customerName: customer.name,
    connectorName: connector.name,
    accountLabel: row.account_label,
    formerAccountLabel: former?.account?.label ?? null,
    askedBy: row.caller_name,
    scopes: row.scopes.map((scope) => ({
      scope,
      description: known.find((candidate) => candidate.scope === scope)?.description ?? scope,
    })),
    returnOrigin: row.return_origin,
    allowedOrigins: [...tenant.allowedOrigins, ...deps.addresses.basesOf(row.tenant_id)],
  }
}
