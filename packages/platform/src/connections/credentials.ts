import {
  type AuthValues,
  type ConnectionId,
  type CredentialProvider,
  type CredentialUse,
  isInlayError,
  type JsonObject,
  type TenantScope,
} from '@inlay/engine'
import type { ActingScope, AuditLog } from '../audit/index.js'
import type { ScopedSql } from '../database/index.js'
import type { SecretPlace, Vault } from '../vault/index.js'
import { connectionDoesNotOpen, connectionIsGone, reconnectNeeded } from './errors.js'
import { toAuth } from './form-values.js'
import type { ConnectionStore, SealedRow, TokenChange } from './store.js'
import {
  FRESH_FOR_MS,
  hasTokens,
  type OAuthTokens,
  type StoredTokens,
  type TokenRefresher,
  type TokenStore,
} from './tokens.js'

/** What credentials are opened and sealed with. */
export interface CredentialDeps {
  readonly store: ConnectionStore
  readonly vault: Vault
  readonly audit: AuditLog
  /** Without one, access tokens are handed out as they are until the service refuses them. */
  readonly refresher?: (() => TokenRefresher) | undefined
}

/** Opens and seals the secrets of connections: for the engine, and for those who refresh tokens. */
export class Credentials implements CredentialProvider, TokenStore {
  constructor(private readonly deps: CredentialDeps) {}

  /** Under the scope of a run that is its tenant and its customer: another customer's connection does not exist there. */
  async open(
    scope: ActingScope,
    connectionId: ConnectionId,
    connectorId: string,
    use: CredentialUse = { purpose: 'unspecified' },
  ): Promise<AuthValues> {
    const row = await this.find(scope, connectionId, connectorId)
    if (row.status === 'reconnect_needed') throw reconnectNeeded(row.detail)
    const { refresher } = this.deps
    const isStale = row.expires_at !== null && row.expires_at.getTime() - Date.now() < FRESH_FOR_MS
    const opened = await this.openRow(scope, row, use)
    const tokens = isStale && refresher !== undefined ? await refresher().fresh(scope, connectionId) : opened.tokens
    return authOf(row, { ...opened, tokens })
  }

  /**
   * Credentials in place of those that the service refused before their time; undefined when there are none better.
   *
   * @throws StepError `authentication` when a person has to connect the account again
   */
  async renew(
    scope: ActingScope,
    connectionId: ConnectionId,
    connectorId: string,
    refused: AuthValues,
  ): Promise<AuthValues | undefined> {
    const { refresher } = this.deps
    if (refused.kind !== 'oauth2' || refresher === undefined) return undefined
    const tokens = await refresher().renew(scope, connectionId, refused.accessToken)
    if (tokens === undefined) return undefined
    const row = await this.find(scope, connectionId, connectorId)
    return authOf(row, { ...(await this.openRow(scope, row, { purpose: 'renewal' })), tokens })
  }

  async readTokens(scope: ActingScope, id: string): Promise<StoredTokens | undefined> {
    const row = await this.deps.store.findSealed(scope, id)
    if (row === undefined) return undefined
    const { values, tokens } = await this.openRow(scope, row, { purpose: 'token refresh' })
    if (tokens === undefined) return undefined
    const { customer_id: customerId, connector, method, name, status } = row
    const connection = { id: row.id, customerId, connector, method, name, status, values }
    return { tokens, generation: row.token_generation, connection }
  }

  async replaceTokens(
    scope: TenantScope,
    id: string,
    tokens: OAuthTokens,
    { generation }: { readonly generation: number },
  ): Promise<boolean> {
    const row = await this.deps.store.find(scope, id)
    if (row === undefined) return false
    const { store } = this.deps
    return store.within(scope, async (sql) => {
      const change = await this.sealTokens(sql, placeOf(scope, row), tokens)
      return change !== undefined && store.replaceTokens(sql, scope, { ...change, id, generation })
    })
  }

  markReconnectNeeded(
    scope: ActingScope,
    id: string,
    detail: string,
    expected: { readonly generation?: number } = {},
  ): Promise<boolean> {
    const { store, audit } = this.deps
    return store.within(scope, async (sql) => {
      const customerId = await store.setReconnectNeeded(sql, scope, { ...expected, id, detail })
      if (customerId === undefined) return false
      const target = { kind: 'connection', id }
      await audit.record(scope, { action: 'connection.reconnect_needed', target, customerId, details: {} }, sql)
      return true
    })
  }

  /** Undefined when the owner does not exist. */
  async sealTokens(sql: ScopedSql, place: SecretPlace, tokens: OAuthTokens): Promise<TokenChange | undefined> {
    const sealed = await this.deps.vault.seal(sql, tokenPlace(place), JSON.stringify(tokens))
    if (sealed === undefined) return undefined
    const { expiresAt, scopes } = tokens
    return { tokens: sealed, scopes, expiresAt: expiresAt === undefined ? null : new Date(expiresAt) }
  }

  /** @throws StepError `authentication` when something was changed outside of us, or its key is gone */
  async openRow(
    scope: ActingScope,
    row: SealedRow,
    use: CredentialUse,
  ): Promise<{ values: JsonObject; tokens?: OAuthTokens | undefined }> {
    const place = placeOf(scope, row)
    const secrets = [
      { place, sealed: row.secret },
      ...(row.tokens === null ? [] : [{ place: tokenPlace(place), sealed: row.tokens }]),
    ]
    const target = { kind: 'connection', id: row.id }
    try {
      const [secret = '', tokens] = await this.deps.vault.openRow(row, secrets, { ...use, target, by: scope.by })
      // What was sealed are form fields, and tokens as they were given; the seal says that they are still the same.
      const values = { ...row.fields, ...(JSON.parse(secret) as JsonObject) }
      return { values, tokens: tokens === undefined ? undefined : (JSON.parse(tokens) as OAuthTokens) }
    } catch (cause) {
      throw isInlayError(cause) && cause.code === 'bug' ? connectionDoesNotOpen(cause) : cause
    }
  }

  private async find(scope: TenantScope, id: ConnectionId, connectorId: string): Promise<SealedRow> {
    const row = await this.deps.store.findSealed(scope, id)
    if (row === undefined || row.connector !== connectorId) throw connectionIsGone()
    return row
  }
}

/** Where a connection's form values are sealed. */
export function placeOf({ tenantId }: TenantScope, row: Pick<SealedRow, 'id' | 'customer_id'>): Required<SecretPlace> {
  return { tenantId, customerId: row.customer_id, id: row.id }
}

function tokenPlace(place: SecretPlace): SecretPlace {
  return { ...place, id: `${place.id}/tokens` }
}

function authOf(
  row: SealedRow,
  opened: { readonly values: JsonObject; readonly tokens?: OAuthTokens | undefined },
): AuthValues {
  const { method, auth_kind: kind } = row
  if (kind !== null && hasTokens(kind) && opened.tokens === undefined) throw reconnectNeeded(row.detail)
  return toAuth({ ...opened, method, kind })
}
