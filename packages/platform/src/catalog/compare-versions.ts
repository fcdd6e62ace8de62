/** What a new version of a connector changes for one use of an old one. */
import type { JsonObject } from '@inlay/engine'
import { compareInputs, compareOutputs } from './compare-schemas.js'
import type { ActionSummary, ConnectorSummary, TriggerSummary } from './schema.js'
import type { FieldPath } from './schema-paths.js'
import type { VersionChange } from './version-change.js'

/** One use of an action or trigger. */
export interface MemberUse {
  readonly kind: 'action' | 'trigger'
  /** Name of the action or trigger. */
  readonly member: string
  readonly input: JsonObject
  readonly hasConnection: boolean
  /** Places of the output that expressions read; an empty path reads everything. */
  readonly reads: readonly FieldPath[]
}

/** The two versions of a connector. */
export interface VersionPair {
  readonly from: ConnectorSummary
  readonly to: ConnectorSummary
}

/** All differences that concern a use. Empty when the use is unknown to the old version, too. */
export function compareUse({ from, to }: VersionPair, use: MemberUse): VersionChange[] {
  const [before, after] = [memberOf(from, use), memberOf(to, use)]
  if (before === undefined) return []
  if (after === undefined) {
    const message = `The ${use.kind} "${before.name}" is not part of version ${to.version}.`
    return [{ level: 'breaking', code: 'member_removed', message }]
  }
  return [
    ...compareInputs({ from: before.inputSchema, to: after.inputSchema }, use.input),
    ...compareOutputs({ from: before.outputSchema, to: after.outputSchema }, use.reads),
    ...authChanges({ from, to }, use),
    ...scopeChanges(before, after),
  ]
}

function memberOf(
  connector: ConnectorSummary,
  { kind, member }: MemberUse,
): ActionSummary | TriggerSummary | undefined {
  const members = kind === 'action' ? connector.actions : connector.triggers
  return members.find(({ id }) => id === member)
}

function authChanges({ from, to }: VersionPair, { hasConnection }: MemberUse): VersionChange[] {
  const changes: VersionChange[] = []
  const gone = from.auth.filter(({ id, kind }) => !to.auth.some((method) => method.id === id && method.kind === kind))
  if (gone.length > 0) {
    const names = gone.map(({ name }) => `"${name}"`).join(', ')
    const message = `Connections made by ${names} can no longer be used: connect the account again.`
    changes.push({ level: hasConnection ? 'breaking' : 'safe', code: 'auth_changed', message })
  }
  if (to.connection === 'required' && from.connection !== 'required') {
    const message = 'A connection is required now.'
    changes.push({ level: hasConnection ? 'safe' : 'breaking', code: 'connection_required', message })
  }
  return changes
}

/** Accounts were connected for what was asked then: what is new has not been granted. */
function scopeChanges(before: { readonly scopes: string[] }, after: { readonly scopes: string[] }): VersionChange[] {
  const added = after.scopes.filter((scope) => !before.scopes.includes(scope))
  if (added.length === 0) return []
  const message = `It needs further permissions: ${added.join(', ')}. Connect the account again.`
  return [{ level: 'breaking', code: 'scopes_added', message }]
}
