import type {
  ConnectedAccount,
  ConnectionId,
  ConnectorRegistry,
  Governor,
  HttpClient,
  JsonObject,
  NetDoor,
  TenantScope,
} from '@inlay/engine'
import type { Page } from '../api/pagination.js'
import type { ActingScope, AuditLog } from '../audit/index.js'
import type { Logger } from '../telemetry/index.js'
import type { Vault } from '../vault/index.js'
import type { Credentials } from './credentials.js'
import type { ConnectionGrant } from './missing-scopes.js'
import type { Connection, ConnectionUsage } from './schema.js'
import type { ConnectionFilter, ConnectionStore } from './store.js'
import type { OAuthTokens, TokenRefresher, TokenStore } from './tokens.js'

/** An account to connect by what a person typed in. */
export interface NewConnection {
  readonly customerId: string
  readonly connector: string
  /** The connector's `AuthMethod.id`. @default its first */
  readonly method?: string | undefined
  readonly name: string
  readonly values: JsonObject
}

/** An account that a person has connected by signing in to the service. */
export interface AuthorizedConnection {
  readonly customerId: string
  readonly connector: string
  readonly method: string
  readonly name: string
  /** What the connection form held. */
  readonly fields: JsonObject
  readonly tokens: OAuthTokens
  /** Whose account it is, when that is known already. @default what the connector's `account` says */
  readonly account?: ConnectedAccount | undefined
}

/** New tokens for an account. */
export type Reauthorization = Pick<AuthorizedConnection, 'tokens' | 'account'>

/** What to change of a connection. */
export interface ConnectionChange {
  readonly name?: string | undefined
  /** Fields that are not named stay as they are. */
  readonly values?: JsonObject | undefined
}

/** What a test found. */
export interface TestResult {
  readonly ok: boolean
  readonly detail: string | null
}

/** Customers' credentials. Secrets go in and are used; they never come out through this interface. */
export interface ConnectionsService {
  list(scope: TenantScope, filter: ConnectionFilter): Promise<Page<Connection>>
  /** @throws UserError `connection.not_found` */
  get(scope: TenantScope, id: string): Promise<Connection>
  /**
   * Tests the credentials when the connector can.
   *
   * @throws UserError `connection.test_failed`, `connection.invalid`, `connection.no_method`, `connection.needs_authorization`, `customer.not_found`, `connector.not_found`
   */
  create(scope: ActingScope, connection: NewConnection): Promise<Connection>
  /**
   * Keeps an account that a person has signed in to. What the service says of it becomes the status: a grant is not thrown
   * away because a test failed.
   *
   * @throws UserError `connection.invalid`, `connection.no_method`, `customer.not_found`, `connector.not_found`
   */
  createAuthorized(scope: ActingScope, connection: AuthorizedConnection): Promise<Connection>
  /** Replaces the tokens of a connection. @throws UserError `connection.not_found`, `connection.no_method` */
  reauthorize(scope: ActingScope, id: string, given: Reauthorization): Promise<Connection>
  /** New values are tested as on creation. @throws UserError `connection.not_found`, `connection.test_failed`, `connection.invalid`, `connection.no_method` */
  update(scope: ActingScope, id: string, change: ConnectionChange): Promise<Connection>
  /** Calls the service, and keeps what it said as the connection's status. @throws UserError `connection.not_found`, `connection.no_method` */
  test(scope: ActingScope, id: string): Promise<TestResult>
  /** Tells the service, when it can be told, that tokens are used no more. @throws UserError `connection.not_found` */
  delete(scope: ActingScope, id: string): Promise<void>
  /** The workflows of a customer by the connections that they work with; connections without any are left out. */
  usage(scope: TenantScope, customerId: string): Promise<ConnectionUsage[]>
  /** The connections in the scope that belong to an account of the service. */
  ofAccount(
    scope: TenantScope,
    connector: string,
    accountId: string,
  ): Promise<{ readonly id: ConnectionId; readonly customerId: string }[]>
  /** What was granted to those of the connections that are in the scope. */
  grants(scope: TenantScope, ids: readonly string[]): Promise<ConnectionGrant[]>
  /** How the engine opens credentials. */
  readonly credentials: Credentials
  /** How tokens are refreshed. */
  readonly tokens: TokenStore
}

/** What connections are made of. */
export interface ConnectionDeps {
  readonly store: ConnectionStore
  readonly registry: ConnectorRegistry
  readonly vault: Vault
  readonly audit: AuditLog
  readonly http: HttpClient
  readonly net: NetDoor
  /** Keeps the pace and the circuits of connections: checks of accounts count too. @default nobody */
  readonly governor?: (() => Governor) | undefined
  readonly log: Logger
  /** Without one, access tokens are handed out as they are until the service refuses them. */
  readonly refresher?: (() => TokenRefresher) | undefined
}
