import { type Connector, type CustomerId, inScope, type JsonObject, newId, type OAuth2Auth } from '@inlay/engine'
import { requireConnector } from '../../catalog/index.js'
import { connectionNotFound } from '../../connections/errors.js'
import { parseValues } from '../../connections/index.js'
import { lookupOf } from '../../database/index.js'
import type { Caller } from '../../identity/index.js'
import { customerNotFound } from '../../tenancy/index.js'
import { fieldClient } from '../clients/field-client.js'
import type { ResolvedClient } from '../clients/service.js'
import {
  authorizationNotFound,
  fieldsAreKept,
  missingCustomer,
  noOAuthApp,
  notOAuth,
  operatorsApp,
  originNotAllowed,
  tooManyAuthorizations,
} from '../errors.js'
import { authorizationUrl } from '../protocol/authorization-url.js'
import { randomSecret } from '../protocol/proof-key.js'
import { scopesToAsk } from '../protocol/scopes.js'
import { requestClientCredentials } from '../protocol/token-endpoint.js'
import { isWithoutPerson, toTokens } from '../tokens/new-tokens.js'
import { homeOf } from './browser-flow.js'
import type { AuthorizationDeps } from './deps.js'
import { finishAuthorization } from './finish.js'
import type { BegunAuthorization, NewAuthorization } from './schema.js'
import type { AuthorizationRow } from './store.js'
import { toAuthorization } from './views.js'

/** What is asked for, and where. */
interface Beginning extends NewAuthorization {
  /** The origin at which the caller has called. */
  readonly at: string | undefined
}

/** Authorizations of one customer that may be under way at once. */
const MOST_UNDER_WAY = 50

/** Begins an authorization; for access without a person, finishes it at once. */
export async function beginAuthorization(
  deps: AuthorizationDeps,
  caller: Caller,
  given: Beginning,
): Promise<BegunAuthorization> {
  const customerId = customerOf(caller, given)
  // Row security hides other customers from a caller that is confined to one.
  await deps.tenancy.getCustomer(caller.scope, customerId)
  const target = await findTarget(deps, caller, { ...given, customerId })
  const returnOrigin = await checkedOrigin(deps, caller, given.returnOrigin)
  const token = randomSecret()
  const row = await insertRow(deps, caller, { given, target, token, returnOrigin })
  if (isWithoutPerson(target.method)) return finishAtOnce(deps, caller, { row, target })
  // Asked for now, so that a field that makes no address is refused to the one who has the form.
  authorizationUrl({ ...target, ...EXAMPLE, clientId: target.client.clientId })
  return { ...toAuthorization(row), url: `${homeOf(row)}/oauth/start/${token}` }
}

const EXAMPLE = { redirectUri: 'https://example.invalid', state: '', verifier: '' }

/** What is to be connected, and in whose name. */
interface Target {
  readonly customerId: CustomerId
  readonly connector: Connector
  readonly method: OAuth2Auth
  readonly fields: JsonObject
  readonly client: ResolvedClient
  readonly scopes: readonly string[]
  readonly name: string
}

type CustomersAuthorization = Beginning & { readonly customerId: CustomerId }

async function findTarget(deps: AuthorizationDeps, caller: Caller, given: CustomersAuthorization): Promise<Target> {
  const connector = await requireConnector(inScope(deps.registry, caller.scope), given.connector)
  const { methodId, fields: kept } = await formerOf(deps, caller, given)
  const method = oauthMethodOf(connector, methodId)
  const fields = kept ?? parseValues(method, given.fields ?? {})
  const scopes = scopesToAsk(method, given.scopes)
  const client = fieldClient(method, fields) ?? (await deps.clients.resolve(caller.scope.tenantId, connector.id))
  if (client === undefined) throw noOAuthApp(connector)
  return { customerId: given.customerId, connector, method, fields, client, scopes, name: given.name }
}

/** The way and the values of the connection that is connected again: they stay as they are. */
async function formerOf(
  deps: AuthorizationDeps,
  caller: Caller,
  given: CustomersAuthorization,
): Promise<{ readonly methodId: string | undefined; readonly fields: JsonObject | undefined }> {
  if (given.connectionId === undefined) return { methodId: given.method, fields: undefined }
  if (given.fields !== undefined || given.method !== undefined) throw fieldsAreKept()
  const former = await deps.connections.get(caller.scope, given.connectionId)
  const isIts = former.customerId === given.customerId && former.connector === given.connector
  if (!isIts) throw connectionNotFound(given.connectionId)
  const stored = await deps.connections.tokens.readTokens(caller.scope, given.connectionId)
  return { methodId: former.method ?? undefined, fields: stored?.connection.values ?? former.fields }
}

/** @param id the first by OAuth when undefined */
function oauthMethodOf(connector: Connector, id: string | undefined): OAuth2Auth {
  const method = connector.auth.find((candidate) =>
    id === undefined ? candidate.kind === 'oauth2' : candidate.id === id,
  )
  if (method?.kind === 'oauth2') return method
  throw notOAuth(connector, method)
}

function customerOf({ scope }: Caller, { customerId = scope.customerId }: NewAuthorization): CustomerId {
  if (customerId === undefined) throw missingCustomer()
  if (scope.customerId !== undefined && scope.customerId !== customerId) throw customerNotFound(customerId)
  // Whoever's id it is: it is looked for in the caller's scope.
  return customerId as CustomerId
}

/** A page gets no message that is not one of the tenant's, or ours. */
async function checkedOrigin(
  { tenancy, addresses }: AuthorizationDeps,
  { scope }: Caller,
  origin: string | undefined,
): Promise<string | null> {
  if (origin === undefined) return null
  const { allowedOrigins } = await tenancy.getTenant({ tenantId: scope.tenantId })
  const isKnown = allowedOrigins.includes(origin) || addresses.basesOf(scope.tenantId).includes(origin)
  if (isKnown) return origin
  throw originNotAllowed(origin)
}

interface NewAttempt {
  readonly given: Beginning
  readonly target: Target
  readonly token: string
  readonly returnOrigin: string | null
}

async function insertRow(
  { store, clients, audit, addresses }: AuthorizationDeps,
  caller: Caller,
  { given, target, token, returnOrigin }: NewAttempt,
): Promise<AuthorizationRow> {
  const { tenantId } = caller.scope
  const { customerId, connector, method, client } = target
  const id = newId<string>('oau', Date.now())
  const redirectUri = clients.redirectUri(tenantId, connector.id, client)
  const isInserted = await store.insert(
    { tenantId, customerId },
    {
      id,
      customer_id: customerId,
      connector: connector.id,
      method: method.id,
      name: target.name,
      connection_id: given.connectionId ?? null,
      caller_kind: caller.kind,
      caller_id: caller.id,
      caller_name: nameOf(caller),
      needs_host: caller.kind === 'embed' || (caller.kind === 'apiKey' && given.hostConfirms === true),
      return_origin: returnOrigin,
      client_id: client.clientId,
      client_source: client.source,
      redirect_uri: redirectUri,
      home: homeFor(caller, given.at, { client, redirectUri, operators: addresses.baseUrl }),
      scopes: target.scopes,
      secrets: { fields: target.fields },
      startLookup: lookupOf(token),
    },
    MOST_UNDER_WAY,
  )
  if (!isInserted) throw tooManyAuthorizations()
  const details = { connector: connector.id, method: method.id }
  await audit.record(caller.scope, {
    action: 'oauth_authorization.begun',
    target: { kind: 'oauth_authorization', id },
    customerId,
    details,
  })
  const row = await store.find({ tenantId }, id)
  if (row === undefined) throw authorizationNotFound(id)
  return row
}

interface Route {
  readonly client: ResolvedClient
  readonly redirectUri: string
  /** The operator's origin. */
  readonly operators: string
}

/**
 * Where the browser begins and ends, which its cookies bind to one another: where the service sends it back to. A member is
 * signed in at one address only, so it is that one, and the answer is sent on. What the operator's app was granted is never
 * sent to a tenant's domain: whoever can turn that elsewhere could take codes of people that they have led into a sign-in of
 * their own. Codes of a tenant's own app are the tenant's anyway.
 *
 * @throws UserError `oauth.operators_app`
 */
function homeFor({ kind }: Caller, at: string | undefined, { client, redirectUri, operators }: Route): string {
  const { origin } = new URL(redirectUri)
  if (kind !== 'member' || at === undefined || at === origin) return origin
  if (at !== operators && client.source !== 'tenant') throw operatorsApp(operators)
  return at
}

/** For people to see who asks; empty when it is the tenant itself. */
function nameOf(caller: Caller): string {
  switch (caller.kind) {
    case 'member':
      return `${caller.member.name} (${caller.member.email})`
    case 'embed':
      return caller.endUser.name ?? caller.endUser.sub
    case 'apiKey':
      return ''
  }
}

async function finishAtOnce(
  deps: AuthorizationDeps,
  caller: Caller,
  { row, target }: { readonly row: AuthorizationRow; readonly target: Target },
): Promise<BegunAuthorization> {
  const { method, client, fields, scopes } = target
  const requestedAt = Date.now()
  try {
    const answer = await requestClientCredentials({ method, fields, client, http: deps.http }, scopes)
    const tokens = toTokens(answer, { method, requestedAt, scopes })
    await deps.store.advance(row, 'pending', 'started')
    await deps.store.return(row, { secrets: { fields, tokens }, scopes: tokens.scopes, account: undefined })
    await deps.store.advance(row, 'returned', 'authorized')
  } catch (error) {
    await deps.store.delete(row)
    throw error
  }
  const granted = await deps.store.find({ tenantId: row.tenant_id }, row.id)
  await finishAuthorization(deps, caller.scope, granted ?? row)
  const done = await deps.store.find({ tenantId: row.tenant_id }, row.id)
  return { ...toAuthorization(done ?? row), url: null }
}
