import { type AuthValues, type Connector, StepError } from '@inlay/engine'

/** What uses an account: an action or a trigger of its connector. */
export interface ScopedMember {
  readonly name: string
  /** Scopes without which the service refuses. */
  readonly scopes: readonly string[]
}

/**
 * The scopes that an action or trigger needs and that were not granted to a connection.
 *
 * @param connection with what was granted; other kinds than `oauth2` have no scopes, and miss none
 */
export function missingScopes(
  connection: { readonly kind: AuthValues['kind'] | null; readonly scopes: readonly string[] },
  member: Pick<ScopedMember, 'scopes'>,
): readonly string[] {
  if (connection.kind !== 'oauth2') return []
  return member.scopes.filter((scope) => !connection.scopes.includes(scope))
}

/** @throws StepError `authorization` that names what is missing and says to connect again */
export function assertScopes(
  connector: Pick<Connector, 'name' | 'auth'>,
  member: ScopedMember,
  auth: AuthValues,
): void {
  const granted = auth.kind === 'oauth2' ? auth.scopes : []
  const missing = missingScopes({ kind: auth.kind, scopes: granted }, member)
  if (missing.length > 0) throw scopesMissing(connector, member.name, missing)
}

/** What to say of scopes that were not granted. */
export function scopesMissing(
  { name, auth }: Pick<Connector, 'name' | 'auth'>,
  memberName: string,
  missing: readonly string[],
): StepError {
  const known = auth.flatMap((method) => (method.kind === 'oauth2' ? method.scopes : []))
  const described = missing.map((scope) => {
    const description = known.find((candidate) => candidate.scope === scope)?.description
    return description === undefined ? `"${scope}"` : `"${scope}" (${description})`
  })
  return new StepError('authorization', `"${memberName}" needs permissions of ${name} that were not granted`, {
    detail: `Missing: ${described.join(', ')}. Connect the account again and allow them.`,
    data: { missingScopes: [...missing] },
  })
}
