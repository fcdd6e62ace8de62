import type { AuditLog } from '../audit/index.js'
import type { Database } from '../database/index.js'
import { type ApiKeysService, createApiKeysService } from './api-keys.js'
import { createMembersService, type MembersService } from './members.js'
import type { SessionStore } from './sessions.js'
import { createSigningKeysService, type SigningKeysService } from './signing-keys.js'

/** Who may call on behalf of a tenant: its members, its programs, its embed tokens. */
export interface IdentityService extends MembersService, ApiKeysService, SigningKeysService {}

export function createIdentityService(
  database: Database,
  sessions: SessionStore,
  audit: Pick<AuditLog, 'record'>,
): IdentityService {
  const apiKeys = createApiKeysService(database, audit)
  return {
    ...createMembersService(database, sessions),
    ...createSigningKeysService(database, audit),
    createApiKey: (scope, key) => apiKeys.createApiKey(scope, key),
    listApiKeys: (scope) => apiKeys.listApiKeys(scope),
    revokeApiKey: (scope, id) => apiKeys.revokeApiKey(scope, id),
    apiKeyCaller: (key) => apiKeys.apiKeyCaller(key),
  }
}
