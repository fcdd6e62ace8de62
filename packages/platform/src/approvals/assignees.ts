import type { JsonValue } from '@inlay/engine'
import type { Caller } from '../identity/index.js'

/**
 * Whether a caller is among those who are asked. Assignees are names: a member's e-mail address or id, an end user's
 * `sub`, or `role:` and a role. Nobody named means anybody; the tenant's own programs speak for whom they like.
 */
export function isAssigned(caller: Caller, assignees: JsonValue | undefined): boolean {
  const named = namesIn(assignees)
  if (named.length === 0 || caller.kind === 'apiKey') return true
  return namesOf(caller).some((name) => named.includes(name.toLowerCase()))
}

function namesIn(assignees: JsonValue | undefined): string[] {
  const list = Array.isArray(assignees) ? assignees : [assignees]
  return list.filter((name) => typeof name === 'string' && name !== '').map((name) => String(name).toLowerCase())
}

function namesOf(caller: Exclude<Caller, { kind: 'apiKey' }>): string[] {
  if (caller.kind === 'member') return [caller.member.email, caller.member.id, `role:${caller.member.role}`]
  return [caller.endUser.sub, `role:${caller.endUser.role}`]
}
