import type { AuditSource } from '../audit/index.js'
import type { Caller } from './caller.js'

/** Where a request came from. */
export interface RequestFacts {
  readonly requestId: string
  readonly ip: string
}

/** A caller as the audit log names it. */
export function sourceOfCaller(caller: Caller, { requestId, ip }: RequestFacts): AuditSource {
  const kind = caller.kind === 'embed' ? 'endUser' : caller.kind
  return { actor: { kind, id: caller.id }, requestId, ip }
}

/** The caller with a scope that says who it is: what is done in that scope is recorded as the caller's. */
export function withSource<T extends Caller>(caller: T, facts: RequestFacts): T {
  return { ...caller, scope: { ...caller.scope, by: sourceOfCaller(caller, facts) } }
}
