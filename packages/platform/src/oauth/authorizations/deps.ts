import type { ConnectorRegistry, Governor, HttpClient, NetDoor } from '@inlay/engine'
import type { AuditLog } from '../../audit/index.js'
import type { ConnectionsService } from '../../connections/index.js'
import type { Logger } from '../../telemetry/index.js'
import type { TenancyService } from '../../tenancy/index.js'
import type { OAuthAddresses, OAuthClientsService } from '../clients/service.js'
import type { GrantStore } from '../tokens/grant-store.js'
import type { AuthorizationStore } from './store.js'

/** What authorizations are made of. */
export interface AuthorizationDeps {
  readonly store: AuthorizationStore
  readonly clients: OAuthClientsService
  readonly grants: GrantStore
  readonly connections: ConnectionsService
  readonly registry: ConnectorRegistry
  readonly tenancy: Pick<TenancyService, 'getTenant' | 'getBrand' | 'getCustomer'>
  readonly audit: AuditLog
  readonly http: HttpClient
  readonly net: NetDoor
  /** Keeps the pace and the circuits of connections. @default nobody */
  readonly governor?: (() => Governor) | undefined
  readonly log: Logger
  readonly addresses: OAuthAddresses
}
