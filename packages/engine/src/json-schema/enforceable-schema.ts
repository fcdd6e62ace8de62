import type { JsonObject, JsonValue } from '../contracts/json.js'

/** Keywords whose values are data, not schemas. */
const DATA_KEYWORDS = new Set(['const', 'enum', 'default', 'example', 'examples'])
/** The validator's own expression for it runs for hours on some texts; `uri` covers the same ground and does not. */
const SLOW_FORMAT = 'url'

/**
 * What of a JSON Schema from outside can be enforced in bounded time: a copy without the patterns that may backtrack
 * beyond measure. A service enforces its own patterns anyway; a worker that hangs would hurt everybody.
 */
export function enforceable(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]): [string, JsonValue][] => {
      if (key === 'pattern' && typeof value === 'string' && !isBoundedPattern(value)) return []
      if (key === 'format' && value === SLOW_FORMAT) return [[key, 'uri']]
      // Not a keyword of this draft, but the validator would take it for the document's address.
      if (key === 'id' && typeof value === 'string') return []
      if (DATA_KEYWORDS.has(key)) return [[key, value]]
      if (key === 'patternProperties' && isObject(value)) return [[key, boundedNames(value)]]
      return [[key, enforceableValue(value)]]
    }),
  )
}

function enforceableValue(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(enforceableValue)
  return isObject(value) ? enforceable(value) : value
}

function boundedNames(byPattern: JsonObject): JsonObject {
  const kept = Object.entries(byPattern).filter(([pattern]) => isBoundedPattern(pattern))
  return Object.fromEntries(kept.map(([pattern, schema]) => [pattern, enforceableValue(schema)]))
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const CHARACTER_CLASS = /\[(?:[^\]\\]|\\.)*\]/g
const ESCAPE = /\\(?:[pP]\{[^}]*\}|x[0-9a-fA-F]{2}|u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|.)/g
const EXACT_COUNT = /\{\d+\}/g
const QUANTIFIER = /[*+?]|\{\d+,\d*\}/g
const INNERMOST_GROUP = /\((?:\?(?:[:=!]|<[=!]|<\w+>))?([^()]*)\)(\{\d+\}|\{\d+,\d*\}|[*+?])?/
/** Two to the tenth power of ways to try is still nothing. */
const MAX_QUANTIFIERS = 10

/**
 * Whether a regular expression surely ends soon on every text: it is anchored, repeats no group in which something is
 * repeated or chosen, and has at most one part without a bound.
 */
export function isBoundedPattern(pattern: string): boolean {
  if (pattern.length > 1000 || !compiles(pattern)) return false
  // Classes and escapes stand for one character each.
  let rest = pattern.replace(ESCAPE, 'x').replace(CHARACTER_CLASS, 'x')
  const unbounded = rest.match(/[*+]|\{\d+,\}/g)?.length ?? 0
  if (unbounded > 1 || (unbounded === 1 && !rest.startsWith('^'))) return false
  if ((rest.match(QUANTIFIER)?.length ?? 0) > MAX_QUANTIFIERS) return false
  for (let group = INNERMOST_GROUP.exec(rest); group !== null; group = INNERMOST_GROUP.exec(rest)) {
    const [whole, inner = '', repeated] = group
    const isVariable = /[|*+?]|\{\d+,\d*\}/.test(inner)
    if (isVariable && repeated !== undefined && repeated !== '?') return false
    // What varies inside keeps varying for the groups around it.
    rest = rest.replace(whole, () => (isVariable || repeated !== undefined ? 'x|x' : inner.replace(EXACT_COUNT, '')))
  }
  return true
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u')
    return true
  } catch {
    return false
  }
}
