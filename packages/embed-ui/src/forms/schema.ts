// What a form needs to know of a JSON Schema. Reads the subset that zod writes; anything else becomes a JSON field.
import type { JsonValue } from '@inlay/engine'
import type { JsonSchema } from '../data/api-types.js'

/** How a value is edited. */
export type FieldKind =
  | { readonly kind: 'text'; readonly format: string | undefined }
  /** Texts, numbers or truth values: what is typed is read as JSON where it is some. */
  | { readonly kind: 'scalar' }
  /** A file: of a person's own, or one that an earlier step gave. */
  | { readonly kind: 'file' }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  /** A moment; `allowsDay`: a day without a time will do, too. */
  | { readonly kind: 'dateTime'; readonly allowsDay: boolean }
  | { readonly kind: 'duration' }
  | { readonly kind: 'number'; readonly isInteger: boolean }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly choices: readonly (string | number | boolean)[] }
  /** Several of a known set. */
  | { readonly kind: 'choices'; readonly choices: readonly (string | number | boolean)[] }
  | { readonly kind: 'constant'; readonly value: JsonValue }
  | { readonly kind: 'object'; readonly fields: readonly SchemaField[] }
  | { readonly kind: 'record'; readonly value: JsonSchema }
  | { readonly kind: 'list'; readonly item: JsonSchema }
  /** One of several object shapes, told apart by a constant field. */
  | { readonly kind: 'variant'; readonly key: string; readonly variants: readonly Variant[] }
  | { readonly kind: 'json' }

export interface Variant {
  readonly value: string
  readonly schema: JsonSchema
}

export interface SchemaField {
  readonly name: string
  readonly title: string
  readonly description: string | undefined
  readonly schema: JsonSchema
  readonly isRequired: boolean
}

/** The fields of an object schema, in their order. */
export function schemaFields(schema: JsonSchema): readonly SchemaField[] {
  const { properties } = schema
  if (!isSchema(properties)) return []
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries(properties).map(([name, value]) => {
    const property = asSchema(value)
    return {
      name,
      title: text(property['title']) ?? titleOf(name),
      description: text(property['description']),
      schema: property,
      // A field with a default may stay empty whatever `required` says.
      isRequired: required.includes(name) && property['default'] === undefined,
    }
  })
}

/** How a schema's value is edited. */
export function fieldKind(schema: JsonSchema): FieldKind {
  if ('const' in schema) return { kind: 'constant', value: schema['const'] as JsonValue }
  if (Array.isArray(schema['enum'])) return { kind: 'choice', choices: schema['enum'].filter(isChoice) }
  const options = unionOptions(schema)
  if (options !== undefined) return unionKind(options, schema)
  if (schema['format'] === 'file') return { kind: 'file' }
  switch (soleType(schema)) {
    case 'scalar':
      return { kind: 'scalar' }
    case 'string':
      return textKind(text(schema['format']))
    case 'number':
    case 'integer':
      return { kind: 'number', isInteger: soleType(schema) === 'integer' }
    case 'boolean':
      return { kind: 'boolean' }
    case 'array':
      return listKind(asSchema(schema['items']))
    case 'object':
      return objectKind(schema)
    default:
      return { kind: 'json' }
  }
}

const TEXT_KINDS: Readonly<Record<string, FieldKind>> = {
  date: { kind: 'date' },
  time: { kind: 'time' },
  'date-time': { kind: 'dateTime', allowsDay: false },
  duration: { kind: 'duration' },
}

function textKind(format: string | undefined): FieldKind {
  return TEXT_KINDS[format ?? ''] ?? { kind: 'text', format }
}

function listKind(item: JsonSchema): FieldKind {
  const kind = fieldKind(item)
  return kind.kind === 'choice' ? { kind: 'choices', choices: kind.choices } : { kind: 'list', item }
}

const SCALARS: readonly unknown[] = ['string', 'number', 'integer', 'boolean']

/** The one type of a schema, `null` left out; `scalar` when several scalar types are allowed. */
function soleType({ type }: JsonSchema): unknown {
  if (!Array.isArray(type)) return type
  const types = type.filter((each) => each !== 'null')
  if (types.length === 1) return types[0]
  return types.length > 1 && types.every((each) => SCALARS.includes(each)) ? 'scalar' : undefined
}

function objectKind(schema: JsonSchema): FieldKind {
  if (isSchema(schema['properties'])) return { kind: 'object', fields: schemaFields(schema) }
  return { kind: 'record', value: asSchema(schema['additionalProperties']) }
}

function unionOptions(schema: JsonSchema): readonly JsonSchema[] | undefined {
  const options = schema['anyOf'] ?? schema['oneOf']
  return Array.isArray(options) ? options.filter(isSchema) : undefined
}

function unionKind(options: readonly JsonSchema[], schema: JsonSchema): FieldKind {
  const variants = variantsOf(options)
  if (variants !== undefined) return variants
  const rest = options.filter(({ type }) => type !== 'null')
  if (rest.length === 1 && rest[0] !== undefined) return fieldKind(rest[0])
  const types = new Set(rest.map(({ type }) => type))
  const constants = rest.flatMap((option) => ('const' in option ? [option['const']] : []))
  if (constants.length === rest.length && constants.every(isChoice)) return { kind: 'choice', choices: constants }
  if (types.size === 1 && types.has('string')) return textUnion(rest, schema)
  // A text or a list of texts is typed as one text: the service takes both.
  if (types.has('string') && types.has('array')) return { kind: 'text', format: text(schema['format']) }
  // A list of them is typed as JSON.
  const isTyped = (option: JsonSchema) =>
    isScalar(option) || (option['type'] === 'array' && isScalar(asSchema(option['items'])))
  return { kind: rest.every(isTyped) ? 'scalar' : 'json' }
}

/** Texts of several formats: a moment, or the day alone; else whatever the first says. */
function textUnion(options: readonly JsonSchema[], schema: JsonSchema): FieldKind {
  const formats = options.map(({ format }) => format)
  if (formats.includes('date-time') && formats.every((format) => format === 'date-time' || format === 'date')) {
    return { kind: 'dateTime', allowsDay: formats.includes('date') }
  }
  const format = text(schema['format']) ?? text(options[0]?.['format'])
  // Pickers would keep people from what the other formats allow.
  return { kind: 'text', format: format !== undefined && format in TEXT_KINDS ? undefined : format }
}

function variantsOf(options: readonly JsonSchema[]): FieldKind | undefined {
  const [first] = options
  if (first === undefined || !isSchema(first['properties'])) return undefined
  for (const key of Object.keys(first['properties'])) {
    const variants = options.map((option) => {
      const property = isSchema(option['properties']) ? option['properties'][key] : undefined
      const value = isSchema(property) ? property['const'] : undefined
      return typeof value === 'string' ? { value, schema: option } : undefined
    })
    const found = variants.filter((variant) => variant !== undefined)
    if (found.length === options.length) return { kind: 'variant', key, variants: found }
  }
  return undefined
}

/** A name as a title: `replyTo` is `Reply to`. */
export function titleOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function isScalar({ type }: JsonSchema): boolean {
  const types = (Array.isArray(type) ? type : [type]).filter((each) => each !== 'null')
  return types.length > 0 && types.every((each) => SCALARS.includes(each))
}

function isChoice(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/** The value as a schema; one that allows anything when it is none. */
export function asSchema(value: unknown): JsonSchema {
  return isSchema(value) ? value : {}
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
