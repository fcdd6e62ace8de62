export type {
  BrowserRequest,
  BrowserSteps,
  CallbackRequest,
  DecisionOutcome,
  StartedFlow,
} from './authorizations/browser-flow.js'
export type { ConsentView } from './authorizations/consent-view.js'
export {
  AUTHORIZATION_STATUSES,
  type Authorization,
  type AuthorizationStatus,
  type BegunAuthorization,
  type NewAuthorization,
} from './authorizations/schema.js'
export type { AuthorizationsService } from './authorizations/service.js'
export type { OAuthAppSummary } from './clients/schema.js'
export type { OAuthAddresses, OAuthClientsService } from './clients/service.js'
export { type ConnectedAccountsDeps, createConnectedAccounts } from './connected-accounts.js'
export { browserRefusal } from './errors.js'
export { createOAuth, type OAuth, type OAuthDeps } from './oauth.js'
export type { OAuthRefresher, ReconnectNotice } from './tokens/refresher.js'
export { startOAuthUpkeep } from './upkeep.js'
