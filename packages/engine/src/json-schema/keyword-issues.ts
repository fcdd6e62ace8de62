/** What the validator of JSON Schemas finds, as the issues by which zod says the same: what reads them needs one language. */
import type { OutputUnit } from '@cfworker/json-schema'
import type { z } from 'zod'
import { isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.js'

const MAX_ISSUES = 20

/** Marks issues whose words are the validator's, not those of whoever wrote the schema. */
const OF_VALIDATOR = { isOfValidator: true }

/** Whether the words of an issue are the validator's own. */
export function isOfValidator(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'custom' && issue.params?.['isOfValidator'] === true
}

/** An issue that only the validator's words can tell. */
export function validatorIssue(
  message: string,
  input: JsonValue | undefined,
  path: string[] = [],
): z.core.$ZodRawIssue {
  return { code: 'custom', message, input, path, params: OF_VALIDATOR }
}

/** The issues of a value. @param schema the document by which it was checked */
export function keywordIssues(
  errors: readonly OutputUnit[],
  schema: JsonObject,
  value: JsonValue,
): z.core.$ZodRawIssue[] {
  const last = errors.slice(-MAX_ISSUES).filter(isFirst)
  const found = last.flatMap((error) => place(error, schema, value))
  const inner = found.filter(({ path }) => !found.some((other) => isWithin(other.path, path)))
  const unions = inner.filter(({ error }) => error.keyword === 'anyOf' || error.keyword === 'oneOf')
  const isOfUnion = ({ error }: Found): boolean => unions.some((union) => isPartOf(error, union.error))
  const told = inner.filter((each) => !isOfUnion(each))
  return told.filter(({ error }) => !told.some((other) => isPartOf(other.error, error))).map(issueOf)
}

interface Found {
  readonly error: OutputUnit
  readonly path: string[]
  /** What the keyword demands. */
  readonly demand: JsonValue | undefined
  readonly input: JsonValue | undefined
  /** Whether an object holds the place, rather than a list. */
  readonly isField: boolean
}

/** Missing fields are missing at their own places; the validator names the object around them, once for each. */
function place(error: OutputUnit, schema: JsonObject, value: JsonValue): Found[] {
  const path = pathOf(error.instanceLocation)
  const demand = demandOf(schema, error.keywordLocation)
  const input = at(value, path)
  if (error.keyword !== 'required' || !Array.isArray(demand) || !isJsonObject(input)) {
    return [{ error, path, demand, input, isField: isJsonObject(at(value, path.slice(0, -1))) }]
  }
  const missing = demand.map(String).filter((name) => !Object.hasOwn(input, name))
  return missing.map((name) => ({ error, path: [...path, name], demand, input: undefined, isField: true }))
}

/** Whether it is the first by its keyword and place. */
function isFirst(error: OutputUnit, index: number, all: readonly OutputUnit[]): boolean {
  const { instanceLocation, keywordLocation } = error
  return (
    index ===
    all.findIndex((one) => one.instanceLocation === instanceLocation && one.keywordLocation === keywordLocation)
  )
}

/** Whether one was found while checking the other. */
function isPartOf(inner: OutputUnit, outer: OutputUnit): boolean {
  return inner.keywordLocation.startsWith(`${outer.keywordLocation}/`)
}

function isWithin(inner: readonly string[], outer: readonly string[]): boolean {
  return inner.length > outer.length && outer.every((part, index) => inner[index] === part)
}

function issueOf({ error, path, demand, input, isField }: Found): z.core.$ZodRawIssue {
  if (error.keyword === 'false' && isField) {
    return { code: 'unrecognized_keys', keys: path.slice(-1), input: {}, path: path.slice(0, -1) }
  }
  const said = KEYWORDS[error.keyword]?.(demand, input)
  return said === undefined ? validatorIssue(error.error, input, path) : { ...said, path }
}

/** An issue without its place. Zod has the words. */
type Said = z.core.$ZodRawIssue

const UNION: Said = { code: 'invalid_union', errors: [], input: undefined }

/** @param input of which zod's words name the kind alone */
type Keyword = (demand: JsonValue | undefined, input: JsonValue | undefined) => Said | undefined

/** By keyword, what zod would say; undefined for what only the validator's words can tell. */
const KEYWORDS: Readonly<Record<string, Keyword>> = {
  type: (type, input) => ({ code: 'invalid_type', expected: typeName(type), input }),
  required: () => ({ code: 'invalid_type', expected: 'nonoptional', input: undefined, message: 'is required' }),
  const: (value) => ({ code: 'invalid_value', values: [literal(value)], input: undefined }),
  enum: (values) => ({
    code: 'invalid_value',
    values: Array.isArray(values) ? values.map(literal) : [],
    input: undefined,
  }),
  anyOf: () => UNION,
  oneOf: () => UNION,
  minLength: (least) => tooSmall('string', least),
  maxLength: (most) => tooBig('string', most),
  minItems: (least) => tooSmall('array', least),
  maxItems: (most) => tooBig('array', most),
  minProperties: (least) => tooSmall('record', least),
  maxProperties: (most) => tooBig('record', most),
  minimum: (least) => tooSmall('number', least),
  maximum: (most) => tooBig('number', most),
  exclusiveMinimum: (least) => tooSmall('number', least, false),
  exclusiveMaximum: (most) => tooBig('number', most, false),
  multipleOf: (step) => ({ code: 'not_multiple_of', divisor: Number(step), input: 0 }),
  pattern: (pattern) => ({ code: 'invalid_format', format: 'regex', pattern: String(pattern), input: '' }),
  format: (format) => ({ code: 'invalid_format', format: FORMATS[String(format)] ?? String(format), input: '' }),
}

/** zod's names of formats that JSON Schema calls otherwise. */
const FORMATS: Readonly<Record<string, string>> = { 'date-time': 'datetime', uri: 'url', iri: 'url' }

function tooSmall(
  origin: 'string' | 'array' | 'record' | 'number',
  least: JsonValue | undefined,
  inclusive = true,
): Said {
  return { code: 'too_small', origin, minimum: Number(least), inclusive, input: undefined }
}

function tooBig(origin: 'string' | 'array' | 'record' | 'number', most: JsonValue | undefined, inclusive = true): Said {
  return { code: 'too_big', origin, maximum: Number(most), inclusive, input: undefined }
}

function typeName(type: JsonValue | undefined): z.core.$ZodInvalidTypeExpected {
  // One of several is named: it is right, and the validator's words are not for people.
  const [first] = Array.isArray(type) ? type : [type]
  return first === 'integer' ? 'int' : (first as z.core.$ZodInvalidTypeExpected)
}

function literal(value: JsonValue | undefined): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? null)
}

/** What stands in the schema at a keyword, references followed; undefined where that is not known. */
function demandOf(schema: JsonObject, location: string): JsonValue | undefined {
  let value: JsonValue | undefined = schema
  for (const part of pathOf(location)) {
    value = at(value, [part])
    if (part !== '$ref') continue
    if (typeof value !== 'string' || !value.startsWith('#')) return undefined
    value = at(schema, pathOf(value))
  }
  return value
}

function at(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let found = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    // Lists have their positions as own fields.
    found = (found as JsonObject)[key]
  }
  return found
}

/** The path of a JSON Pointer in a fragment, such as `#/lines/0`. */
function pathOf(location: string): string[] {
  return location
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
}
