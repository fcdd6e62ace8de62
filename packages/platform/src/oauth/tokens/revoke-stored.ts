import type { TenantScope } from '@inlay/engine'
import type { OAuthTokens, TokenStore } from '../../connections/index.js'
import { revokeToken, type TokenEndpoint } from '../protocol/token-endpoint.js'
import type { GrantEndpoints } from './grant-endpoints.js'
import type { GrantStore } from './grant-store.js'

/** Tells the service that a connection's tokens are used no more. @throws StepError when it cannot be told */
export async function revokeStored(
  deps: { readonly tokens: TokenStore; readonly grants: GrantStore; readonly endpoints: GrantEndpoints },
  scope: TenantScope,
  connectionId: string,
): Promise<void> {
  const stored = await deps.tokens.readTokens(scope, connectionId)
  const origin = await deps.grants.find(scope, connectionId)
  if (stored === undefined || origin === undefined) return
  await revokeTokens(await deps.endpoints.of(scope, stored, origin), stored.tokens)
}

/**
 * The refresh token first: with it, services end the whole grant. There are services that take back one kind only, so the
 * other is told of whatever became of the first.
 *
 * @throws StepError when the service cannot be told of one of them
 */
export async function revokeTokens(endpoint: TokenEndpoint, { refreshToken, accessToken }: OAuthTokens): Promise<void> {
  const told = await Promise.resolve(
    refreshToken === undefined ? true : revokeToken(endpoint, { value: refreshToken, hint: 'refresh_token' }),
  ).catch((error: unknown) => ({ error }))
  await revokeToken(endpoint, { value: accessToken, hint: 'access_token' })
  if (typeof told === 'object') throw told.error
}
