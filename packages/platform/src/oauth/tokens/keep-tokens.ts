import type { TenantScope } from '@inlay/engine'
import type { OAuthTokens, StoredTokens, TokenStore } from '../../connections/index.js'
import { isUnavailable } from '../../database/index.js'
import { connectionHasNoTokens } from './errors.js'

const PAUSES_MS = [100, 200, 500, 1000, 2000, 4000, 8000]

/**
 * Keeps new tokens in place of those they were got for. The service may have rotated the refresh token already, so a
 * database that is away for a moment is waited for.
 *
 * @returns the tokens that stand: another's, when a person has connected the account again in the meantime
 * @throws StepError `authentication` when the connection was deleted
 */
export async function keepTokens(
  { tokens: store }: { readonly tokens: TokenStore },
  kept: { readonly scope: TenantScope; readonly stored: StoredTokens; readonly tokens: OAuthTokens },
): Promise<OAuthTokens> {
  const { scope, stored, tokens } = kept
  const { id } = stored.connection
  for (const pauseMs of [...PAUSES_MS, undefined]) {
    try {
      if (await store.replaceTokens(scope, id, tokens, { generation: stored.generation })) return tokens
      const standing = await store.readTokens(scope, id)
      if (standing === undefined) throw connectionHasNoTokens()
      return standing.tokens
    } catch (error) {
      if (pauseMs === undefined || !isUnavailable(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
  throw connectionHasNoTokens()
}
