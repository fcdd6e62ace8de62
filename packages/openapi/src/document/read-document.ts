import { type JsonObject, type JsonValue, UserError } from '@inlay/engine'
import { parse as parseYaml } from 'yaml'
import { pointerKey } from '../json.js'
import type { Notes } from '../notes.js'

/** Bounds on what is read. */
export interface ReadLimits {
  readonly maxBytes: number
  readonly maxDepth: number
}

/** More values than any real document has; an alias that multiplies itself gets there at once. */
const MAX_VALUES = 5_000_000
/** How often a YAML document may repeat itself before it is taken for an attack. */
const MAX_ALIASES = 1000

/**
 * Reads the text of a document, JSON or YAML, or copies one that was parsed already. What comes out is plain JSON without
 * keys that reach prototypes.
 *
 * @throws UserError `openapi.too_large`, `openapi.too_deep`, `openapi.not_readable`
 */
export function readDocument(given: unknown, limits: ReadLimits, notes: Notes): JsonObject {
  const parsed = typeof given === 'string' ? parseText(given, limits) : given
  const document = copyPlain(parsed, limits, notes)
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document as JsonObject
  throw new UserError('invalid', 'openapi.not_readable', 'The document is not an object.', {
    detail: 'An OpenAPI document begins with `openapi` or `swagger`.',
  })
}

function parseText(text: string, { maxBytes, maxDepth }: ReadLimits): unknown {
  if (Buffer.byteLength(text) > maxBytes) {
    throw new UserError('too_large', 'openapi.too_large', `The document has more than ${maxBytes} bytes.`, {
      detail: 'Import a smaller part of it, or raise `maxBytes`.',
    })
  }
  try {
    if (!/^\s*[{[]/.test(text))
      return parseYaml(text, { schema: 'core', maxAliasCount: MAX_ALIASES, logLevel: 'error' })
    // A parser spends quadratic time on brackets alone.
    if (isDeeper(text, maxDepth)) throw tooDeep(maxDepth)
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    if (cause instanceof UserError) throw cause
    throw new UserError('invalid', 'openapi.not_readable', 'The document is neither JSON nor YAML.', {
      detail: cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '',
      cause,
    })
  }
}

const [QUOTE, BACKSLASH] = [34, 92]
const OPENING = new Set([91, 123])
const CLOSING = new Set([93, 125])

/** Whether brackets outside of texts stand more than so deep within each other; in one pass, whatever the text is. */
function isDeeper(json: string, maxDepth: number): boolean {
  let depth = 0
  for (let index = 0; index < json.length; index++) {
    const code = json.charCodeAt(index)
    if (code === QUOTE) index = endOfText(json, index)
    else if (OPENING.has(code)) depth++
    else if (CLOSING.has(code)) depth--
    if (depth > maxDepth) return true
  }
  return false
}

function endOfText(json: string, start: number): number {
  for (let index = start + 1; index < json.length; index++) {
    const code = json.charCodeAt(index)
    if (code === BACKSLASH) index++
    else if (code === QUOTE) return index
  }
  return json.length
}

function copyPlain(given: unknown, { maxDepth }: ReadLimits, notes: Notes): JsonValue {
  let values = 0
  const copy = (value: unknown, depth: number, pointer: string): JsonValue => {
    values++
    if (values > MAX_VALUES) {
      throw new UserError('too_large', 'openapi.too_large', `The document has more than ${MAX_VALUES} values.`)
    }
    if (depth > maxDepth) throw tooDeep(maxDepth)
    if (Array.isArray(value)) return value.map((item, index) => copy(item, depth + 1, `${pointer}/${index}`))
    if (typeof value !== 'object' || value === null) return plainScalar(value)
    const members = Object.entries(value).filter(([key, member]) => {
      if (key !== '__proto__') return member !== undefined
      notes.add('left_out', pointer, 'The key "__proto__" is never read.')
      return false
    })
    return Object.fromEntries(
      members.map(([key, member]) => [key, copy(member, depth + 1, `${pointer}/${pointerKey(key)}`)]),
    )
  }
  return copy(given, 0, '')
}

function plainScalar(value: unknown): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function tooDeep(maxDepth: number): UserError {
  return new UserError('invalid', 'openapi.too_deep', `The document is nested more than ${maxDepth} deep.`, {
    detail: 'A document that holds itself has no end; real ones use `$ref`.',
  })
}
