import {
  type ConnectorRegistry,
  type HttpClient,
  inScope,
  type OAuth2Auth,
  StepError,
  type TenantScope,
} from '@inlay/engine'
import { requireConnector } from '../../catalog/index.js'
import type { StoredTokens, TokenStore } from '../../connections/index.js'
import { fieldClient } from '../clients/field-client.js'
import type { ClientSource, OAuthClientsService, ResolvedClient } from '../clients/service.js'
import type { TokenEndpoint } from '../protocol/token-endpoint.js'
import { appIsGone } from './errors.js'
import type { GrantStore } from './grant-store.js'
import { canRefresh, isWithoutPerson } from './new-tokens.js'

/** What finding a connection's token endpoint takes. */
export interface GrantEndpointsDeps {
  readonly registry: ConnectorRegistry
  readonly clients: OAuthClientsService
  readonly http: HttpClient
  readonly tokens: TokenStore
  readonly grants: GrantStore
}

/** By which app a connection's tokens were got. */
export interface TokenOrigin {
  readonly clientId: string
  readonly source: ClientSource
}

/** Finds the token endpoint of a connection, and the app that may use its tokens. */
export class GrantEndpoints {
  constructor(private readonly deps: GrantEndpointsDeps) {}

  /** @throws StepError `authentication`: its app is not set up any more, or is another one */
  async of(scope: TenantScope, stored: StoredTokens, origin: TokenOrigin): Promise<TokenEndpoint> {
    const { connector, values } = stored.connection
    const method = await this.methodOf(scope, stored)
    const client = await this.clientOf(scope.tenantId, stored, { method, source: origin.source })
    if (client === undefined) throw appIsGone(connector)
    if (client.clientId !== origin.clientId) throw appWasReplaced()
    return { method, fields: values, client, http: this.deps.http }
  }

  /** The way in which the account was connected. @throws StepError `authentication` when the connector has it no more */
  async methodOf(scope: TenantScope, { connection }: StoredTokens): Promise<OAuth2Auth> {
    const { auth, name } = await requireConnector(inScope(this.deps.registry, scope), connection.connector)
    const isIt = (method: { readonly id: string }): boolean =>
      connection.method === null || method.id === connection.method
    const method = auth.filter((candidate) => candidate.kind === 'oauth2').find(isIt)
    if (method !== undefined) return method
    throw new StepError('authentication', `${name} is not connected in this way any more`, {
      detail: 'The connector has changed. Connect the account anew.',
      data: { failure: 'grant' },
    })
  }

  /** Takes tokens for those of the app that is set up now: of a process that died before it could write down which. */
  async adopt(scope: TenantScope, stored: StoredTokens): Promise<void> {
    const { id, customerId, connector } = stored.connection
    const method = await this.methodOf(scope, stored)
    const source = isWithoutPerson(method) ? undefined : ('tenant' as const)
    const client = await this.clientOf(scope.tenantId, stored, { method, source })
    if (client === undefined) throw appIsGone(connector)
    await this.deps.grants.put(scope, {
      connectionId: id,
      customerId,
      clientId: client.clientId,
      source: client.source,
      canRefresh: canRefresh(method, stored.tokens),
    })
  }

  private async clientOf(
    tenantId: TenantScope['tenantId'],
    { connection }: StoredTokens,
    { method, source }: { readonly method: OAuth2Auth; readonly source: ClientSource | undefined },
  ): Promise<ResolvedClient | undefined> {
    const own = source === 'connection' || source === undefined ? fieldClient(method, connection.values) : undefined
    return own ?? this.deps.clients.resolve(tenantId, connection.connector)
  }
}

/** Tokens belong to the app that got them: no other can renew them. */
function appWasReplaced(): StepError {
  return new StepError('authentication', 'The OAuth app was replaced by another one', {
    detail: 'What the former one was allowed to do does not pass on. Connect the account anew.',
    data: { failure: 'grant' },
  })
}
