import {
  type ConnectorRegistry,
  inScope,
  type OAuthApp,
  secretText,
  type TenantId,
  type TenantScope,
  UserError,
} from '@inlay/engine'
import type { ActingScope, AuditLog } from '../../audit/index.js'
import { requireConnector } from '../../catalog/index.js'
import type { OperatorClients } from '../../config/index.js'
import type { Addresses } from '../../domains/index.js'
import type { Vault } from '../../vault/index.js'
import { clientNotFound, notOAuth } from '../errors.js'
import type { OAuthClient } from '../protocol/token-endpoint.js'
import type { OAuthAppSummary } from './schema.js'
import type { ClientRow, OAuthClientStore } from './store.js'

/** Whose app it is: the deployment's, the tenant's own, or one that a connection's own fields name. */
export type ClientSource = 'operator' | 'tenant' | 'connection'

/** An app at a service, with its secret. */
export interface ResolvedClient extends OAuthClient {
  readonly source: ClientSource
  /** The origin of its redirect URI. @default the operator's */
  readonly redirectBase?: string
}

/** An app to keep. */
interface NewClient {
  readonly clientId: string
  /** Null for public clients. */
  readonly clientSecret: string | null
}

/** Where people reach the control plane: the operator's origin, and those of tenants' domains. */
export type OAuthAddresses = Pick<Addresses, 'baseUrl' | 'baseOf' | 'basesOf'>

/** Apps at services in whose name accounts are connected: tenants' own, and the operator's for those who have none. */
export interface OAuthClientsService {
  /** The tenant's own. */
  list(scope: TenantScope): Promise<OAuthAppSummary[]>
  /** Which app is used for a connector, and which redirect URI one of the tenant's own needs. @throws UserError `connector.not_found`, `oauth.not_oauth` */
  get(scope: TenantScope, connector: string): Promise<OAuthAppSummary>
  /** Sets or replaces the tenant's own. @throws UserError `connector.not_found`, `oauth.not_oauth` */
  set(scope: ActingScope, connector: string, client: NewClient): Promise<OAuthAppSummary>
  /** @throws UserError `oauth.client_not_found` */
  delete(scope: ActingScope, connector: string): Promise<void>
  /** Whether the tenant has one of its own. */
  hasOwn(scope: TenantScope, connector: string): Promise<boolean>
  /** The app to use: the tenant's own before the operator's; undefined when there is none. */
  resolve(tenantId: TenantId, connector: string): Promise<ResolvedClient | undefined>
  /** As `resolve`, for code that verifies what the service signs with the app's secret: who reads it is in the audit log. */
  appOf(tenantId: TenantId, connector: string): Promise<OAuthApp | undefined>
  /** Where the service sends people back to. */
  redirectUri(tenantId: TenantId, connector: string, client: Pick<ResolvedClient, 'source' | 'redirectBase'>): string
}

/** What apps are kept with. */
export interface OAuthClientsDeps {
  readonly store: OAuthClientStore
  readonly vault: Vault
  readonly audit: AuditLog
  readonly registry: ConnectorRegistry
  /** The operator's apps. */
  readonly operatorClients: OperatorClients
  /** Connectors of the deployment: only they get the operator's apps, as a tenant's own may send secrets anywhere. */
  readonly isShared: (connector: string) => boolean
  readonly addresses: OAuthAddresses
}

/** Keeps tenants' apps in the database, their secrets under the tenant's own data key. */
export function createOAuthClientsService(deps: OAuthClientsDeps): OAuthClientsService {
  const { store, vault, addresses } = deps
  const redirectUri: OAuthClientsService['redirectUri'] = (tenantId, connector, { source, redirectBase }) =>
    `${redirectBase ?? addresses.baseUrl}${redirectPath(connector, source === 'tenant' ? tenantId : undefined)}`
  const ownUri = (tenantId: TenantId, connector: string, redirectBase: string) =>
    redirectUri(tenantId, connector, { source: 'tenant', redirectBase })
  const summarize = async (tenantId: TenantId, connector: string, row: ClientRow | undefined) => {
    const operators = operatorClient(deps, connector)
    return {
      connector,
      source: row !== undefined ? ('tenant' as const) : operators === undefined ? null : ('operator' as const),
      clientId: row?.client_id ?? null,
      hasSecret: row === undefined ? operators?.clientSecret !== undefined : row.secret !== null,
      redirectUri: ownUri(tenantId, connector, addresses.baseOf(tenantId)),
      usedRedirectUri: row === undefined ? null : ownUri(tenantId, connector, redirectBaseOf(addresses, tenantId, row)),
      updatedAt: row?.updated_at.toISOString() ?? null,
    }
  }
  const resolve = async (tenantId: TenantId, connector: string, purpose: string) => {
    const row = await store.find(tenantId, connector)
    if (row !== undefined) {
      const redirectBase = redirectBaseOf(addresses, tenantId, row)
      return { ...(await openClient(vault, { tenantId, row, purpose })), redirectBase, source: 'tenant' as const }
    }
    const operators = operatorClient(deps, connector)
    return operators === undefined ? undefined : { ...operators, source: 'operator' as const }
  }
  const get: OAuthClientsService['get'] = async (scope, connector) => {
    const { tenantId } = scope
    await requireOAuth(deps, scope, connector)
    return summarize(tenantId, connector, await store.find(tenantId, connector))
  }
  return {
    list: async ({ tenantId }) => {
      const rows = await store.list(tenantId)
      return Promise.all(rows.map((row) => summarize(tenantId, row.connector, row)))
    },
    get,
    set: async (scope, connector, client) => {
      await requireOAuth(deps, scope, connector)
      await keepClient(deps, scope, { ...client, connector })
      return get(scope, connector)
    },
    delete: (scope, connector) => deleteClient(deps, scope, connector),
    hasOwn: async ({ tenantId }, connector) => (await store.find(tenantId, connector)) !== undefined,
    resolve: (tenantId, connector) => resolve(tenantId, connector, 'oauth'),
    appOf: async (tenantId, connector) => {
      const client = await resolve(tenantId, connector, APP_EVENTS)
      if (client === undefined) return undefined
      const { clientId, clientSecret } = client
      if (client.source === 'operator') await recordOperators(deps, tenantId, connector)
      return { clientId, clientSecret: clientSecret === undefined ? undefined : secretText(clientSecret) }
    },
    redirectUri,
  }
}

/** What an app's secret is opened for. */
const APP_EVENTS = 'app events'

/** The operator's secrets are in no vault, which would have recorded that one is read. */
function recordOperators({ audit }: OAuthClientsDeps, tenantId: TenantId, connector: string): Promise<void> {
  const target = { kind: 'secret', id: secretPlace(connector) }
  const details = { purpose: APP_EVENTS, source: 'operator' }
  return audit.recordGrouped({ tenantId }, { action: 'secret.read', target, details })
}

/**
 * A redirect URI per connector: the address at which a code arrives says which service gave it, so that a code of one is
 * never sent to the token endpoint of another (COAT, CORF). A tenant's own app has one of its own: connectors of other
 * tenants may have the same id, and token endpoints of their own.
 */
function redirectPath(connector: string, tenantId?: string): string {
  return `/oauth/callback/${connector}${tenantId === undefined ? '' : `/${tenantId}`}`
}

/**
 * The origin that the tenant was told to register when it kept its app: a service refuses others. One that is not the
 * tenant's any more leads nowhere.
 */
function redirectBaseOf(addresses: OAuthAddresses, tenantId: TenantId, { redirect_base: base }: ClientRow): string {
  if (base === null) return addresses.baseUrl
  return addresses.basesOf(tenantId).includes(base) ? base : addresses.baseOf(tenantId)
}

function operatorClient({ operatorClients, isShared }: OAuthClientsDeps, connector: string): OAuthClient | undefined {
  return isShared(connector) ? operatorClients.get(connector) : undefined
}

async function requireOAuth({ registry }: OAuthClientsDeps, scope: TenantScope, id: string): Promise<void> {
  const connector = await requireConnector(inScope(registry, scope), id)
  if (!connector.auth.some(({ kind }) => kind === 'oauth2')) throw notOAuth(connector, undefined)
}

async function keepClient(
  { store, vault, audit, addresses }: OAuthClientsDeps,
  scope: ActingScope,
  { connector, clientId, clientSecret }: NewClient & { readonly connector: string },
): Promise<void> {
  const { tenantId } = scope
  await store.within(tenantId, async (sql) => {
    const place = { tenantId, id: secretPlace(connector) }
    const secret = clientSecret === null ? null : await vault.seal(sql, place, clientSecret)
    if (secret === undefined) throw new UserError('not_found', 'tenant.not_found', `There is no tenant ${tenantId}.`)
    const base = addresses.baseOf(tenantId)
    const redirect_base = base === addresses.baseUrl ? null : base
    await store.put(sql, tenantId, { connector, client_id: clientId, secret, redirect_base })
    const target = { kind: 'oauth_client', id: connector }
    await audit.record(scope, { action: 'oauth_client.set', target, details: { clientId } }, sql)
  })
}

async function deleteClient({ store, audit }: OAuthClientsDeps, scope: ActingScope, connector: string): Promise<void> {
  const { tenantId } = scope
  await store.within(tenantId, async (sql) => {
    if (!(await store.delete(sql, tenantId, connector))) throw clientNotFound(connector)
    const target = { kind: 'oauth_client', id: connector }
    await audit.record(scope, { action: 'oauth_client.deleted', target }, sql)
  })
}

async function openClient(
  vault: Vault,
  { tenantId, row, purpose }: { readonly tenantId: TenantId; readonly row: ClientRow; readonly purpose: string },
): Promise<OAuthClient> {
  const { client_id: clientId, secret } = row
  if (secret === null) return { clientId }
  return {
    clientId,
    clientSecret: await vault.open({ tenantId, id: secretPlace(row.connector) }, secret, { purpose }),
  }
}

function secretPlace(connector: string): string {
  return `oauth_client/${connector}`
}
