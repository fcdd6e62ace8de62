/** JSON Schemas as tables in Markdown. */
import type { JsonObject, JsonValue } from '@inlay/engine'

/** Objects deeper than this are shown as one row. */
const MOST_LEVELS = 3
const MOST_CHOICES = 8

interface Row {
  readonly path: string
  readonly type: string
  readonly isRequired: boolean
  readonly text: string
}

/** One row per field, with fields of objects below theirs; undefined when the schema names no field. */
export function schemaTable(schema: JsonValue): string | undefined {
  const rows = rowsOf(asObject(schema), { root: asObject(schema), prefix: '', level: 0 })
  if (rows.length === 0) return undefined
  const lines = rows.map(({ path, type, isRequired, text }) => [
    code(path),
    plain(type),
    isRequired ? 'yes' : '',
    plain(text),
  ])
  return [
    '| Field | Type | Required | |',
    '| --- | --- | --- | --- |',
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
  ]
    .map((line) => line.trimEnd())
    .join('\n')
}

/** A schema's type in a few words, such as `list of text` or `one of "open", "closed"`. */
export function typeWords(schema: JsonValue, root: JsonObject = asObject(schema), level = 0): string {
  // Schemas may refer to themselves.
  if (level > MOST_LEVELS) return 'anything'
  const { type, enum: choices, const: only, anyOf, oneOf, items, format } = resolve(asObject(schema), root)
  if (only !== undefined) return JSON.stringify(only)
  if (Array.isArray(choices)) return choiceWords(choices)
  const variants = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined
  if (variants !== undefined) return variantWords(variants, root, level)
  if (type === 'array') return items === undefined ? 'list' : `list of ${typeWords(items, root, level + 1)}`
  if (Array.isArray(type)) return type.map((each) => WORDS[String(each)] ?? String(each)).join(' or ')
  if (typeof format === 'string' && type === 'string') return FORMATS[format] ?? 'text'
  return WORDS[String(type)] ?? 'anything'
}

function variantWords(variants: readonly JsonValue[], root: JsonObject, level: number): string {
  const words = [...new Set(variants.map((variant) => typeWords(variant, root, level + 1)))]
  return words.includes('anything') || words.length > MOST_CHOICES || isAnyJson(words) ? 'anything' : words.join(' or ')
}

/** What takes texts, numbers, lists and objects takes everything. */
function isAnyJson(words: readonly string[]): boolean {
  return ['text', 'number', 'object'].every((word) => words.includes(word)) && words.some((word) => /^list/.test(word))
}

/** Text that Markdown takes as it is, on one line. */
export function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|<>[\]*_`]/g, '\\$&')
}

/** Text in backticks, whatever it holds. */
export function code(text: string): string {
  return `\`${text.replaceAll(/[`|\n]/g, ' ')}\``
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'yes or no',
  object: 'object',
  array: 'list',
  null: 'nothing',
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'date and time',
  date: 'date',
  email: 'e-mail address',
  uri: 'URL',
  uuid: 'UUID',
  file: 'file',
  password: 'secret text',
}

interface Place {
  readonly root: JsonObject
  readonly prefix: string
  readonly level: number
}

function rowsOf(given: JsonObject, place: Place): Row[] {
  const { root, prefix, level } = place
  const schema = resolve(given, root)
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries(asObject(schema['properties'] ?? {})).flatMap(([name, value]) => {
    const field = resolve(asObject(value), root)
    const row: Row = {
      path: prefix + name,
      type: typeWords(field, root),
      isRequired: required.includes(name) && field['default'] === undefined,
      text: textOf(field),
    }
    if (level + 1 >= MOST_LEVELS) return [row]
    const inner = field['type'] === 'array' ? asObject(field['items'] ?? {}) : field
    const below = field['type'] === 'array' ? `${row.path}[].` : `${row.path}.`
    return [row, ...rowsOf(inner, { root, prefix: below, level: level + 1 })]
  })
}

function textOf({ title, description, default: standard }: JsonObject): string {
  const ends = standard === undefined ? '' : `Default: ${JSON.stringify(standard)}.`
  return [sentence(title), sentence(description), ends].filter(Boolean).join(' ')
}

function sentence(text: JsonValue | undefined): string {
  if (typeof text !== 'string' || text.trim() === '') return ''
  return /[.!?:]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`
}

function choiceWords(choices: readonly JsonValue[]): string {
  const shown = choices.slice(0, MOST_CHOICES).map((choice) => JSON.stringify(choice))
  const more = choices.length > shown.length ? `, … (${choices.length})` : ''
  return `one of ${shown.join(', ')}${more}`
}

/** What a reference to a definition in the same document stands for. */
function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  const { $ref } = schema
  if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return schema
  const keys = $ref.slice(2).split('/')
  const target = keys.reduce<JsonObject>((value, key) => asObject(value[key] ?? {}), root)
  return target['$ref'] === undefined ? target : {}
}

function asObject(value: JsonValue): JsonObject {
  // What is neither a list nor plain is an object.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}
