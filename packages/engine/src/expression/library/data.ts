import { createHash } from 'node:crypto'
import { ValueError } from '../failure.js'
import { asText, isForbiddenKey, isRecord } from '../values.js'
import type { Library } from './function.js'

const MAX_JSON_DEPTH = 64

/** JSON, encodings and hashing. */
export const DATA_LIBRARY: Library = {
  json: {
    signature: 'json(text)',
    description: 'The value that a JSON text describes.',
    example: 'json(\'{"a":1}\') → { a: 1 }',
    arity: [1, 1],
    call: ([text], budget) => {
      const source = asText(text, 'json')
      budget.allow(source.length)
      return parseJson(source)
    },
  },
  toJson: {
    signature: 'toJson(value)',
    description: 'Any value as JSON text.',
    example: "toJson([1]) → '[1]'",
    arity: [1, 1],
    call: ([value], budget) => {
      const text = JSON.stringify(value ?? null)
      budget.allow(text.length)
      return text
    },
  },
  default: {
    signature: 'default(value, otherwise)',
    description: 'The value, or the other one when it is nothing, null or empty text.',
    example: "default('', 'none') → 'none'",
    arity: [2, 2],
    call: ([value, otherwise]) => (value === undefined || value === null || value === '' ? otherwise : value),
  },
  boolean: {
    signature: 'boolean(value)',
    description: 'Whether a value is true: not for false, 0, nothing, or the texts "", "false", "no" and "0".',
    example: "boolean('no') → false",
    arity: [1, 1],
    call: ([value]) =>
      typeof value === 'string' ? !['', 'false', 'no', '0'].includes(value.trim().toLowerCase()) : Boolean(value),
  },
  hash: {
    signature: 'hash(text, algorithm?)',
    description: 'A digest in hexadecimal: sha256 (default), sha512, sha1 or md5.',
    example: "hash('a') → 'ca978112ca1bbdca…'",
    arity: [1, 2],
    call: ([text, algorithm]) => {
      const name = algorithm === undefined ? 'sha256' : asText(algorithm, 'hash')
      if (!['sha256', 'sha512', 'sha1', 'md5'].includes(name)) throw new ValueError(`hash does not know "${name}"`)
      return createHash(name).update(asText(text, 'hash')).digest('hex')
    },
  },
  base64: {
    signature: 'base64(text)',
    description: 'The text in Base64.',
    example: "base64('hi') → 'aGk='",
    arity: [1, 1],
    call: ([text]) => Buffer.from(asText(text, 'base64')).toString('base64'),
  },
  fromBase64: {
    signature: 'fromBase64(text)',
    description: 'The text that a Base64 text holds.',
    example: "fromBase64('aGk=') → 'hi'",
    arity: [1, 1],
    call: ([text]) => Buffer.from(asText(text, 'fromBase64'), 'base64').toString('utf8'),
  },
}

function parseJson(source: string): unknown {
  let depth = 0
  for (const character of source) {
    if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    if (depth > MAX_JSON_DEPTH) throw new ValueError(`The JSON text is nested more than ${MAX_JSON_DEPTH} deep`)
  }
  try {
    const value: unknown = JSON.parse(source)
    assertCleanKeys(value)
    return value
  } catch (error) {
    if (error instanceof ValueError) throw error
    throw new ValueError('The text is not valid JSON', { cause: error })
  }
}

function assertCleanKeys(value: unknown): void {
  if (Array.isArray(value)) value.forEach(assertCleanKeys)
  else if (isRecord(value)) {
    for (const [key, child] of Object.entries(value)) {
      if (isForbiddenKey(key)) throw new ValueError(`The JSON text has a field "${key}", which is not allowed`)
      assertCleanKeys(child)
    }
  }
}
