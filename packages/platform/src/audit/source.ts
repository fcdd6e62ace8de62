import type { TenantScope } from '@inlay/engine'

/** Who does things that are worth a record. */
export const ACTOR_KINDS = ['member', 'apiKey', 'endUser', 'run', 'system', 'operator', 'anonymous'] as const

/** Who did something. */
export interface AuditActor {
  /** `system`: Inlay by itself; `operator`: somebody with access to the deployment; `anonymous`: who has not shown who they are. */
  readonly kind: (typeof ACTOR_KINDS)[number]
  readonly id: string
}

/** Who did something, and from where. */
export interface AuditSource {
  readonly actor: AuditActor
  readonly ip?: string
  readonly requestId?: string
}

/** A scope that says on whose behalf it is used: what is done in it is recorded as theirs. */
export interface ActingScope extends TenantScope {
  readonly by?: AuditSource
}

const SYSTEM: AuditSource = { actor: { kind: 'system', id: 'system' } }

/** On whose behalf a scope is used; Inlay's own when it does not say. */
export function sourceOf(scope: ActingScope): AuditSource {
  return scope.by ?? SYSTEM
}
