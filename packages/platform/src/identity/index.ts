export { sourceOfCaller, withSource } from './acting.js'
export type { ApiKeyCaller, Caller, EmbedCaller, MemberCaller } from './caller.js'
export { crossSite } from './cross-site.js'
export { createEmbedService, type EmbedExchange, type EmbedService } from './embed.js'
export {
  EMBED_PERMISSIONS,
  EMBED_ROLES,
  type EmbedRole,
  MEMBER_PERMISSIONS,
  MEMBER_ROLES,
  type MemberRole,
  PERMISSIONS,
  type Permission,
} from './permissions.js'
export { type Credentials, readCookie, resolveCaller } from './resolve-caller.js'
export { createIdentityService, type IdentityService } from './service.js'
export { createSessionStore, type SessionOwner, type SessionStore } from './sessions.js'
export { createSignInLimit, type SignInLimit } from './sign-in-limit.js'
