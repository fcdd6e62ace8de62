import type { ConnectorRegistry, Governor, HttpClient, NetDoor, TenantScope } from '@inlay/engine'
import type { AuditLog } from '../audit/index.js'
import type { OperatorClients } from '../config/index.js'
import type { ConnectionsService } from '../connections/index.js'
import type { Database } from '../database/index.js'
import type { Logger } from '../telemetry/index.js'
import type { TenancyService } from '../tenancy/index.js'
import type { Vault } from '../vault/index.js'
import { type AuthorizationsService, createAuthorizationsService } from './authorizations/service.js'
import { AuthorizationStore } from './authorizations/store.js'
import { createOAuthClientsService, type OAuthAddresses, type OAuthClientsService } from './clients/service.js'
import { OAuthClientStore } from './clients/store.js'
import { GrantStore } from './tokens/grant-store.js'
import { createTokenRefresher, type OAuthRefresher, type RefresherDeps } from './tokens/refresher.js'
import { revokeCustomer } from './tokens/revoke-customer.js'

/** What connecting accounts by OAuth is made of. */
export interface OAuthDeps {
  readonly database: Database
  readonly vault: Vault
  readonly audit: AuditLog
  readonly registry: ConnectorRegistry
  readonly connections: ConnectionsService
  readonly tenancy: Pick<TenancyService, 'getTenant' | 'getBrand' | 'getCustomer'>
  readonly http: HttpClient
  readonly net: NetDoor
  /** Keeps the pace and the circuits of connections. @default nobody */
  readonly governor?: (() => Governor) | undefined
  readonly log: Logger
  /** The operator's apps at services. @default none */
  readonly operatorClients?: OperatorClients | undefined
  /** Connectors of the deployment, which may be used with the operator's apps. @default those of the registry */
  readonly isShared?: (connector: string) => boolean
  readonly addresses: OAuthAddresses
  /** Told beside the log and the audit log. */
  readonly onReconnectNeeded?: RefresherDeps['onReconnectNeeded']
}

/** All of OAuth. */
export interface OAuth {
  readonly clients: OAuthClientsService
  readonly authorizations: AuthorizationsService
  readonly refresher: OAuthRefresher
  readonly grants: GrantStore
  /** Tells services, best effort, that a customer's tokens are used no more; to be called before the customer is erased. */
  revokeCustomer(scope: TenantScope, customerId: string): Promise<void>
}

/** Puts OAuth together. The connections service is given its `refresher`. */
export function createOAuth(deps: OAuthDeps): OAuth {
  const { database, vault, registry, connections, log, operatorClients = new Map() } = deps
  const isShared = deps.isShared ?? ((connector: string) => registry.list().some(({ id }) => id === connector))
  const store = new OAuthClientStore(database)
  const clients = createOAuthClientsService({ ...deps, store, operatorClients, isShared })
  const grants = new GrantStore(database)
  const refresher = createTokenRefresher({
    ...deps,
    clients,
    grants,
    tokens: connections.tokens,
    onReconnectNeeded: (scope, notice) => {
      const { connectionId, customerId, connector } = notice
      log.warn(
        { tenantId: scope.tenantId, customerId, connectionId, connector },
        'A connection has to be connected again.',
      )
      deps.onReconnectNeeded?.(scope, notice)
    },
  })
  const authorizations = createAuthorizationsService({
    ...deps,
    store: new AuthorizationStore(database, vault),
    clients,
    grants,
  })
  return {
    clients,
    authorizations,
    refresher,
    grants,
    revokeCustomer: (scope, customerId) => revokeCustomer({ grants, refresher, log }, scope, customerId),
  }
}
