import type { JsonObject, JsonValue } from '@inlay/engine'
import { isObject } from '../json.js'

/** Names of fields whose examples may be somebody's real credentials. */
export const SECRET_NAME = /passw|secret|token|api[-_]?key|authorization|private[-_]?key|credential/i

/** A value with the texts of such fields replaced: examples are often copied from real traffic. */
export function withoutSecrets(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, member]) => [
      key,
      typeof member === 'string' && SECRET_NAME.test(key) ? 'sample' : withoutSecrets(member),
    ]),
  )
}
