import type { AuthKind, ConnectionId, Connector } from '@inlay/engine'

/** What was granted to a connection. */
export interface GrantedScopes {
  readonly kind: AuthKind | null
  /** Empty: the service does not say what it granted, and is believed to have granted what it was asked for. */
  readonly scopes: readonly string[]
}

/** What was granted to which connection. */
export interface ConnectionGrant extends GrantedScopes {
  readonly id: ConnectionId
  readonly connector: string
  readonly name: string
}

/**
 * The scopes that an action or trigger needs and that were not granted to a connection, by the rule that runs go by.
 *
 * @param connection other kinds than `oauth2` have no scopes, and miss none
 */
export function missingScopes(
  { kind, scopes }: GrantedScopes,
  member: { readonly scopes: readonly string[] },
): readonly string[] {
  if (kind !== 'oauth2' || scopes.length === 0) return []
  return member.scopes.filter((scope) => !scopes.includes(scope))
}

/** Scopes in the words that people were asked with, and by their names for those who look after the app. */
export function inPlainWords({ auth }: Pick<Connector, 'auth'>, scopes: readonly string[]): string {
  const known = auth.flatMap((method) => (method.kind === 'oauth2' ? method.scopes : []))
  return scopes
    .map((scope) => {
      const description = known.find((candidate) => candidate.scope === scope)?.description
      return description === undefined ? `"${scope}"` : `${description} ("${scope}")`
    })
    .join(', ')
}
