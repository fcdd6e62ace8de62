export { type AccountDoorsDeps, type AskedAccount, accountDoors } from './account-doors.js'
export { Credentials } from './credentials.js'
export { reconnectNeeded } from './errors.js'
export { parseValues, splitValues } from './form-values.js'
export { type GrantedScopes, inPlainWords, missingScopes } from './missing-scopes.js'
export { CONNECTION_STATUSES, type Connection, type ConnectionStatus, connectionSchema } from './schema.js'
export {
  type AuthorizedConnection,
  type ConnectionGrant,
  type ConnectionsService,
  createConnectionsService,
  type NewConnection,
  type Reauthorization,
} from './service.js'
export { ConnectionStore } from './store.js'
export type { OAuthTokens, StoredTokens, TokenRefresher, TokenStore } from './tokens.js'
