export { sourceOfCaller, withSource } from './acting.js'
export type { ApiKeyCaller, Caller, EmbedCaller, MemberCaller } from './caller.js'
export { crossSite } from './cross-site.js'
export { createEmbedService, type EmbedExchange, type EmbedService } from './embed.js'
export { type CallKind, type CallLimits, createCallLimits } from './limits/call-limits.js'
export { createFailureLimit, type FailureLimit } from './limits/failure-limit.js'
export { createSignInLimit, type SignInLimit } from './limits/sign-in-limit.js'
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
export { createRefusalLog, type RefusalLog } from './refusal-log.js'
export { type Credentials, readCookie, resolveCaller } from './resolve-caller.js'
export { createIdentityService, type IdentityService } from './service.js'
export { createSessionStore, type SessionOwner, type SessionStore } from './sessions.js'
