import { type ConnectedAccount, type Connector, inScope, isInlayError, type TenantScope } from '@inlay/engine'
import { type ActingScope, type AuditSource, sourceOf } from '../../audit/index.js'
import { requireConnector } from '../../catalog/index.js'
import type { Connection, OAuthTokens } from '../../connections/index.js'
import { notConfirmable } from '../errors.js'
import type { TokenEndpoint } from '../protocol/token-endpoint.js'
import { explain } from '../tokens/errors.js'
import { canRefresh } from '../tokens/new-tokens.js'
import { revokeTokens } from '../tokens/revoke-stored.js'
import type { AuthorizationDeps } from './deps.js'
import type { AuthorizationRow, AuthorizationSecrets } from './store.js'

/**
 * Makes the connection of an authorization that everybody has confirmed. Of two that try it at once, one does it.
 *
 * @throws UserError `oauth.not_confirmable`, and what keeping the connection throws
 */
export async function finishAuthorization(
  deps: AuthorizationDeps,
  by: ActingScope,
  row: AuthorizationRow,
): Promise<Connection> {
  const { store, grants, audit } = deps
  const scope = actingFor(row, sourceOf(by))
  if (!(await store.advance(row, 'authorized', 'confirming')))
    throw notConfirmable(row.id, 'confirmed already, or too old')
  const { secrets, connection } = await keepGranted(deps, scope, row)
  await grants.put(scope, {
    connectionId: connection.id,
    customerId: row.customer_id,
    clientId: row.client_id,
    source: row.client_source,
    canRefresh: canRefresh(await methodOf(deps, row), requireTokens(secrets, row)),
  })
  await store.confirm(row, connection.id)
  await audit.record(scope, {
    action: 'oauth_authorization.confirmed',
    target: { kind: 'oauth_authorization', id: row.id },
    customerId: row.customer_id,
    details: { connectionId: connection.id },
  })
  return connection
}

async function keepGranted(deps: AuthorizationDeps, scope: ActingScope, row: AuthorizationRow) {
  try {
    const secrets = await deps.store.open(row)
    return { secrets, connection: await keepConnection(deps, scope, { row, secrets }) }
  } catch (error) {
    await failAuthorization(deps, row, error)
    throw error
  }
}

/** Ends an authorization for good. What went wrong is kept for the one who began it; tokens are given back. */
export async function failAuthorization(deps: AuthorizationDeps, row: AuthorizationRow, error: unknown): Promise<void> {
  const code = isInlayError(error) ? error.code : 'internal'
  const detail = explain(error)
  await giveBack(deps, row)
  if (!(await deps.store.fail(row, { code, detail }))) return
  const target = { kind: 'oauth_authorization', id: row.id }
  const { tenant_id: tenantId, customer_id: customerId } = row
  await deps.audit.record({ tenantId }, { action: 'oauth_authorization.failed', target, customerId, details: { code } })
}

/** Tells the service that what it granted is not used; best effort, as nobody can do anything about it. */
export async function giveBack(deps: AuthorizationDeps, row: AuthorizationRow): Promise<void> {
  const holdsTokens = row.sealed !== null && (row.status === 'returned' || row.status === 'authorized')
  if (!holdsTokens) return
  try {
    const { tokens, fields } = await deps.store.open(row)
    const endpoint = await endpointOf(deps, row, fields)
    if (tokens !== undefined && endpoint !== undefined) await revokeTokens(endpoint, tokens)
  } catch (error) {
    deps.log.warn({ error, authorizationId: row.id }, 'The service was not told that its tokens are unused.')
  }
}

/** The token endpoint of an authorization; undefined when its app was replaced or removed. */
export async function endpointOf(
  deps: AuthorizationDeps,
  row: AuthorizationRow,
  fields: AuthorizationSecrets['fields'],
): Promise<TokenEndpoint | undefined> {
  const client = await deps.clients.resolve(row.tenant_id, row.connector)
  if (client === undefined || client.clientId !== row.client_id) return undefined
  return { method: await methodOf(deps, row), fields, client, http: deps.http }
}

/** The connector that an authorization is for, as its tenant has it. @throws UserError `connector.not_found` */
export function connectorOf({ registry }: AuthorizationDeps, row: AuthorizationRow): Promise<Connector> {
  return requireConnector(inScope(registry, { tenantId: row.tenant_id }), row.connector)
}

/** The connector's way to connect that an authorization goes. */
export async function methodOf(deps: AuthorizationDeps, row: AuthorizationRow) {
  const { method: methodId } = row
  const connector = await connectorOf(deps, row)
  const method = connector.auth.filter(({ kind }) => kind === 'oauth2').find((candidate) => candidate.id === methodId)
  // It was there when the authorization began, minutes ago: the connector was replaced in between.
  if (method?.kind !== 'oauth2') throw notConfirmable(methodId, 'gone')
  return method
}

async function keepConnection(
  { connections }: AuthorizationDeps,
  scope: ActingScope,
  { row, secrets }: { readonly row: AuthorizationRow; readonly secrets: AuthorizationSecrets },
): Promise<Connection> {
  const tokens = requireTokens(secrets, row)
  const account = accountOf(row)
  if (row.connection_id !== null) return connections.reauthorize(scope, row.connection_id, { tokens, account })
  const { customer_id: customerId, connector, method, name } = row
  return connections.createAuthorized(scope, {
    customerId,
    connector,
    method,
    name,
    fields: secrets.fields,
    tokens,
    account,
  })
}

function requireTokens({ tokens }: AuthorizationSecrets, { id }: AuthorizationRow): OAuthTokens {
  if (tokens === undefined) throw notConfirmable(id, 'without tokens')
  return tokens
}

function accountOf({ account_id: id, account_label: label }: AuthorizationRow): ConnectedAccount | undefined {
  return id === null ? undefined : { id, label: label ?? id }
}

const ACTOR_KINDS = { member: 'member', apiKey: 'apiKey', embed: 'endUser' } as const

/** What a browser confirms is recorded as done by who began it: nobody else could have. */
function actingFor(row: AuthorizationRow, source: AuditSource): ActingScope {
  const scope: TenantScope = { tenantId: row.tenant_id, customerId: row.customer_id }
  const isKnown = source.actor.kind !== 'system'
  const actor = isKnown ? source.actor : { kind: ACTOR_KINDS[row.caller_kind], id: row.caller_id }
  return { ...scope, by: { ...source, actor } }
}
