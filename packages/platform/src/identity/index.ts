export type { Caller, EmbedCaller, MemberCaller } from './caller.js'
export { createEmbedService, type EmbedExchange, type EmbedService } from './embed.js'
export {
  EMBED_PERMISSIONS,
  MEMBER_PERMISSIONS,
  MEMBER_ROLES,
  type MemberRole,
  PERMISSIONS,
  type Permission,
} from './permissions.js'
export { createIdentityService, type IdentityService } from './service.js'
export { createSessionStore, type SessionOwner, type SessionStore } from './sessions.js'
export { createSignInLimit, type SignInLimit } from './sign-in-limit.js'
