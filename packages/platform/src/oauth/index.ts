export { type OAuthFailure, oauthFailureOf } from './protocol/token-errors.js'
