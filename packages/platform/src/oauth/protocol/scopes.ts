import { type OAuth2Auth, UserError } from '@inlay/engine'

/**
 * The scopes to ask for: all that are required, and of the optional ones those that were chosen.
 *
 * @param chosen scopes as people chose them; all when undefined
 * @throws UserError `oauth.unknown_scope`
 */
export function scopesToAsk({ scopes }: OAuth2Auth, chosen: readonly string[] | undefined): readonly string[] {
  const known = new Set(scopes.map(({ scope }) => scope))
  const unknown = (chosen ?? []).filter((scope) => !known.has(scope))
  if (unknown.length > 0) {
    throw new UserError('invalid', 'oauth.unknown_scope', `The connector does not know the scope ${unknown[0]}.`, {
      detail: `It can ask for: ${[...known].join(', ')}.`,
    })
  }
  return scopes
    .filter(({ scope, optional = false }) => !optional || chosen === undefined || chosen.includes(scope))
    .map(({ scope }) => scope)
}

/**
 * The scopes of a token answer, which services write as a text with any separator, or as a list.
 *
 * @returns undefined when the answer does not say, which stands for what was asked for (RFC 6749, section 5.1)
 */
export function readScopes(answer: unknown, separator = ' '): readonly string[] | undefined {
  const parts = Array.isArray(answer)
    ? answer.filter((part) => typeof part === 'string')
    : typeof answer === 'string'
      ? answer.split(separator)
      : undefined
  if (parts === undefined) return undefined
  // No service has a scope with a blank or a comma in it, whatever separator its documents promise.
  return [...new Set(parts.flatMap((part) => part.split(/[\s,]+/)).filter((part) => part !== ''))]
}
