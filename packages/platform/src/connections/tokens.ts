import type { AuthKind, ConnectionId, CustomerId, JsonObject, TenantScope } from '@inlay/engine'
import type { ConnectionStatus } from './schema.js'

/** What a token endpoint gave. */
export interface OAuthTokens {
  readonly accessToken: string
  readonly refreshToken?: string
  /** Unix milliseconds; absent when the service does not tell. */
  readonly expiresAt?: number
  /** What was granted. */
  readonly scopes: readonly string[]
  /** What else the endpoint said and is no token. */
  readonly extra: JsonObject
}

/** Keeps access tokens fresh. However many processes ask, one of them refreshes at a time. */
export interface TokenRefresher {
  /**
   * The connection's tokens, refreshed when the access token is about to expire.
   *
   * @throws StepError `authentication` when a person has to connect the account again, `communication` when the service cannot be reached
   */
  fresh(scope: TenantScope, connectionId: ConnectionId): Promise<OAuthTokens>
  /**
   * Better tokens after the service refused an access token before its time; undefined when there are none. Answers what
   * another process has got in the meantime.
   */
  renew(scope: TenantScope, connectionId: ConnectionId, usedAccessToken: string): Promise<OAuthTokens | undefined>
  /** Tells the service that the tokens are used no more. @throws when it cannot be told */
  revoke(scope: TenantScope, connectionId: ConnectionId): Promise<void>
}

/** A connection's tokens, with what refreshing them needs to know. */
export interface StoredTokens {
  readonly tokens: OAuthTokens
  /** Raised each time the tokens are replaced. */
  readonly generation: number
  readonly connection: {
    readonly id: ConnectionId
    readonly customerId: CustomerId
    readonly connector: string
    readonly method: string | null
    readonly name: string
    readonly status: ConnectionStatus
    /** All values of the connection form, secret ones too. */
    readonly values: JsonObject
  }
}

/** Tokens of connections, for those who refresh them. */
export interface TokenStore {
  /**
   * Undefined when there is no such connection, or it has no tokens.
   *
   * @throws StepError `authentication` when they cannot be opened
   */
  readTokens(scope: TenantScope, id: string): Promise<StoredTokens | undefined>
  /**
   * Replaces the tokens unless others have done so since `generation`; a connection that waited for a person works again.
   *
   * @returns whether it was done
   */
  replaceTokens(
    scope: TenantScope,
    id: string,
    tokens: OAuthTokens,
    expected: { readonly generation: number },
  ): Promise<boolean>
  /**
   * Says that a person has to connect the account again. With a generation: only when the tokens are still those.
   *
   * @param detail why, for people
   * @returns whether it was done; not when it was said before
   */
  markReconnectNeeded(
    scope: TenantScope,
    id: string,
    detail: string,
    expected?: { readonly generation: number },
  ): Promise<boolean>
}

/** What an access token must still be good for when it is handed out, in milliseconds. */
export const FRESH_FOR_MS = 120_000

/** Kinds of credentials that hold tokens. */
export function hasTokens(kind: AuthKind): boolean {
  return kind === 'oauth2'
}
