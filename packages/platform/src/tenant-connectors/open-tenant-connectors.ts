import type { Connector, ConnectorRegistry, HttpClient, JsonValue, TenantScope } from '@inlay/engine'
import type { AuditLog } from '../audit/index.js'
import type { Database } from '../database/index.js'
import type { Vault } from '../vault/index.js'
import type { ReadOpenApi } from './schema.js'
import { createTenantConnectorsService, type TenantConnectorsService } from './service.js'
import { TenantConnectorStore } from './store.js'
import { createTenantRegistry, type TenantRegistry } from './tenant-registry.js'

/** What an app brings. */
export interface TenantConnectorsParts {
  readonly database: Database
  readonly vault: Vault
  readonly audit: AuditLog
  readonly http: HttpClient
  /** The deployment's own connectors. */
  readonly shared: ConnectorRegistry
  /** Makes a connector of an imported description. @throws UserError or StepError that says what is wrong with it */
  readonly importOpenApi: (definition: JsonValue) => Promise<Connector>
  /** Reads OpenAPI documents. @default they are refused */
  readonly readOpenApi?: ReadOpenApi
}

/** The connectors of a deployment and of its tenants. */
export function openTenantConnectors(parts: TenantConnectorsParts): {
  readonly registry: TenantRegistry
  readonly tenantConnectors: TenantConnectorsService
} {
  const { database } = parts
  const store = new TenantConnectorStore(database)
  const externalIdOf = async ({ tenantId }: TenantScope, customerId: string): Promise<string | null> => {
    const [row] = await database.withTenant(
      { tenantId },
      (sql) => sql<{ external_id: string }[]>`
        SELECT external_id FROM inlay.customers WHERE tenant_id = ${tenantId} AND id = ${customerId}`,
    )
    return row?.external_id ?? null
  }
  const registry = createTenantRegistry({ ...parts, store, externalIdOf })
  return { registry, tenantConnectors: createTenantConnectorsService({ ...parts, store, externalIdOf, registry }) }
}
