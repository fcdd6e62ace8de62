import type { OAuth2Auth } from '@inlay/engine'
import type { OAuthTokens } from '../../connections/index.js'
import type { TokenAnswer } from '../protocol/token-answer.js'

/** What is known beside a token answer. */
export interface AnswerContext {
  readonly method: OAuth2Auth
  /** Unix milliseconds at which the request was sent. */
  readonly requestedAt: number
  /** What was asked for, or granted before: it stands when the answer does not say. */
  readonly scopes: readonly string[]
  /** The tokens before, on a refresh. */
  readonly former?: OAuthTokens
}

/** Tokens to keep from what a token endpoint answered. Who does not rotate refresh tokens leaves the one before in force. */
export function toTokens(answer: TokenAnswer, { method, requestedAt, scopes, former }: AnswerContext): OAuthTokens {
  const refreshToken = answer.refreshToken ?? former?.refreshToken
  const lifetimeMs =
    answer.expiresInMs ?? (method.expiresInSeconds === undefined ? undefined : method.expiresInSeconds * 1000)
  return {
    accessToken: answer.accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(lifetimeMs === undefined ? {} : { expiresAt: Math.floor(requestedAt + lifetimeMs) }),
    scopes: answer.scopes ?? scopes,
    // A refresh tells less than the first grant did: what was said then still holds.
    extra: { ...former?.extra, ...answer.extra },
  }
}

/** Whether new tokens can be had without a person. */
export function canRefresh(method: OAuth2Auth, { refreshToken }: OAuthTokens): boolean {
  return refreshToken !== undefined || isWithoutPerson(method)
}

/** Whether the app gets tokens for itself. */
export function isWithoutPerson({ grant = 'authorization_code' }: OAuth2Auth): boolean {
  return grant === 'client_credentials'
}
