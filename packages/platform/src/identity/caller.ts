import type { ActingScope } from '../audit/index.js'
import type { EmbedRole, MemberRole, Permission } from './permissions.js'

/** Who is calling, in which scope, with which rights. */
export type Caller = MemberCaller | ApiKeyCaller | EmbedCaller

interface CallerBase {
  /** Queries on behalf of the caller run in this scope. */
  readonly scope: ActingScope
  readonly permissions: readonly Permission[]
  /** Tells callers of a tenant apart, for idempotency and audit: the member's, key's or end user's id. */
  readonly id: string
}

export interface MemberCaller extends CallerBase {
  readonly kind: 'member'
  readonly member: { readonly id: string; readonly email: string; readonly name: string; readonly role: MemberRole }
}

export interface ApiKeyCaller extends CallerBase {
  readonly kind: 'apiKey'
}

export interface EmbedCaller extends CallerBase {
  readonly kind: 'embed'
  readonly endUser: { readonly sub: string; readonly name: string | null; readonly role: EmbedRole }
}
