/** What a new version's schemas change for one step that was built on the old ones. */
import type { JsonObject, JsonValue } from '@inlay/engine'
import {
  ANY_ITEM,
  asObject,
  choicesOf,
  type FieldPath,
  fieldPaths,
  isAlways,
  type PlacedSchema,
  placed,
  schemaAt,
  typesOf,
} from './schema-paths.js'
import type { VersionChange } from './version-change.js'

/** The schema of one side in both versions. */
export interface SchemaPair {
  readonly from: JsonValue
  readonly to: JsonValue
}

/**
 * What changes for an input.
 *
 * @param input what the step sets, templates included
 */
export function compareInputs(pair: SchemaPair, input: JsonObject): VersionChange[] {
  const [from, to] = [placed(pair.from), placed(pair.to)]
  return [
    ...fieldPaths(to).flatMap((path) => newField({ from, to, path }, input)),
    ...fieldPaths(from).flatMap((path) => changedField({ from, to, path }, input)),
  ]
}

/**
 * What changes for those who read an output.
 *
 * @param reads the places that expressions read; an empty path reads everything
 */
export function compareOutputs(pair: SchemaPair, reads: readonly FieldPath[]): VersionChange[] {
  const [from, to] = [placed(pair.from), placed(pair.to)]
  const known = reads.map((path) => knownPart(from, path))
  const isRead = (path: FieldPath): boolean => known.some((read) => isWithin(read, path) || isWithin(path, read))
  const removed = outermost(fieldPaths(from).filter((path) => schemaAt(to, path) === undefined))
  const added = outermost(fieldPaths(to).filter((path) => schemaAt(from, path) === undefined))
  const kept = fieldPaths(from).filter((path) => isPlaced(schemaAt(to, path)))
  return [
    ...removed.map((path) => change(isRead(path), 'output_removed', `The output no longer has "${nameOf(path)}".`)),
    ...kept.flatMap((path) => changedOutput({ from, to, path }, isRead(path))),
    ...added.map((path) => change(false, 'output_added', `The output now has "${nameOf(path)}".`)),
  ]
}

interface Compared {
  readonly from: PlacedSchema
  readonly to: PlacedSchema
  readonly path: FieldPath
}

function newField({ from, to, path }: Compared, input: JsonObject): VersionChange[] {
  const isNew = schemaAt(from, path) === undefined
  const isRequired = isAlways(to, path) && !hasDefault(schemaAt(to, path))
  const wasRequired = !isNew && isAlways(from, path) && !hasDefault(schemaAt(from, path))
  const name = nameOf(path)
  if (isRequired && !wasRequired) {
    const isMissing = valuesAt(input, path.slice(0, -1)).some(
      (parent) => isObject(parent) && parent[path.at(-1) ?? ''] === undefined,
    )
    const words = isNew ? `"${name}" is new, and required.` : `"${name}" is required now.`
    return [change(isMissing, 'input_required', words)]
  }
  // What is inside of a new field comes with it.
  const isOutermost = schemaAt(from, path.slice(0, -1)) !== undefined
  return isNew && isOutermost ? [change(false, 'input_added', `"${name}" can be set.`)] : []
}

function changedField({ from, to, path }: Compared, input: JsonObject): VersionChange[] {
  const [before, after] = [schemaAt(from, path), schemaAt(to, path)]
  if (!isPlaced(before) || after === 'unknown') return []
  const values = valuesAt(input, path)
  const name = nameOf(path)
  if (after === undefined) {
    const isOutermost = schemaAt(to, path.slice(0, -1)) !== undefined
    return isOutermost ? [change(values.length > 0, 'input_removed', `"${name}" can no longer be set.`)] : []
  }
  return [...narrowedTypes(name, { before, after }, values), ...narrowedChoices(name, { before, after }, values)]
}

interface BeforeAfter {
  readonly before: PlacedSchema
  readonly after: PlacedSchema
}

function narrowedTypes(name: string, { before, after }: BeforeAfter, values: readonly JsonValue[]): VersionChange[] {
  const [was, is] = [typesOf(before), typesOf(after)]
  if (is === undefined || (was !== undefined && [...was].every((type) => admits(is, type)))) return []
  const isHit = values.some((value) => isTemplate(value) || !admits(is, typeOf(value)))
  const words = `"${name}" has to be ${[...is].join(' or ')}${was === undefined ? '' : `, and was ${[...was].join(' or ')}`}.`
  return [change(isHit, 'input_narrowed', words)]
}

function narrowedChoices(name: string, { before, after }: BeforeAfter, values: readonly JsonValue[]): VersionChange[] {
  const [was, is] = [choicesOf(before), choicesOf(after)]
  if (is === undefined) return []
  const texts = new Set(is.map((value) => JSON.stringify(value)))
  const gone = was?.filter((value) => !texts.has(JSON.stringify(value)))
  if (gone?.length === 0) return []
  const isHit = values.some((value) => isTemplate(value) || !texts.has(JSON.stringify(value)))
  const words =
    gone === undefined
      ? `"${name}" admits only certain values now.`
      : `"${name}" no longer admits ${gone.map((value) => JSON.stringify(value)).join(', ')}.`
  return [change(isHit, 'input_narrowed', words)]
}

function changedOutput({ from, to, path }: Compared, isRead: boolean): VersionChange[] {
  const [before, after] = [schemaAt(from, path), schemaAt(to, path)]
  if (!isPlaced(before) || !isPlaced(after)) return []
  const [was, is] = [typesOf(before), typesOf(after)]
  const name = nameOf(path)
  const isOther = was !== undefined && (is === undefined || [...is].some((type) => !admits(was, type)))
  if (isOther) {
    const now = is === undefined ? 'anything' : [...is].join(' or ')
    return [
      change(isRead, 'output_changed', `"${name}" of the output is ${now} now, and was ${[...was].join(' or ')}.`),
    ]
  }
  const isLess = isAlways(from, path) && !isAlways(to, path)
  return isLess ? [change(isRead, 'output_optional', `"${name}" of the output can be missing now.`)] : []
}

function change(isBreaking: boolean, code: VersionChange['code'], message: string): VersionChange {
  return { level: isBreaking ? 'breaking' : 'safe', code, message }
}

function isPlaced(found: PlacedSchema | 'unknown' | undefined): found is PlacedSchema {
  return found !== undefined && found !== 'unknown'
}

function hasDefault(found: PlacedSchema | 'unknown' | undefined): boolean {
  return isPlaced(found) && found.schema['default'] !== undefined
}

/** A number where integers are also admits them. */
function admits(types: ReadonlySet<string>, type: string): boolean {
  return types.has(type) || (type === 'integer' && types.has('number'))
}

/** As far as the schema knows a path: `items.map` ends at the list. Positions in lists stand for all of their items. */
function knownPart(schema: PlacedSchema, path: FieldPath): FieldPath {
  const known: string[] = []
  for (const key of path) {
    const next = /^\d+$/.test(key) && schemaAt(schema, [...known, ANY_ITEM]) !== undefined ? ANY_ITEM : key
    if (schemaAt(schema, [...known, next]) === undefined) break
    known.push(next)
  }
  return known
}

function isWithin(outer: FieldPath, inner: FieldPath): boolean {
  return outer.every((key, index) => inner[index] === key)
}

/** Without those inside of others: who loses an object need not be told of its fields. */
function outermost(paths: readonly FieldPath[]): FieldPath[] {
  return paths.filter((path) => !paths.some((other) => other.length < path.length && isWithin(other, path)))
}

function nameOf(path: FieldPath): string {
  return path.join('.').replaceAll('.*', '[]')
}

/** The values that stand at a path; an expression on the way may hold any. */
function valuesAt(input: JsonValue, path: FieldPath): JsonValue[] {
  const [key, ...rest] = path
  if (key === undefined || isTemplate(input)) return [input]
  if (key === ANY_ITEM) return Array.isArray(input) ? input.flatMap((item) => valuesAt(item, rest)) : []
  const value = asObject(input)[key]
  return value === undefined ? [] : valuesAt(value, rest)
}

function isTemplate(value: JsonValue): boolean {
  return typeof value === 'string' && value.includes('{{')
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeOf(value: JsonValue): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
}
