import { dereference, type Schema, validate } from '@cfworker/json-schema'
import type { JsonObject, JsonValue } from '@inlay/engine'
import type { Definitions } from '../imported-connector.js'
import { isObject } from '../json.js'
import { definitionOf, mapSchemas, reachableNames, type SchemaNode, standalone } from './node.js'
import { sampleOf } from './sample.js'
import { schemaType } from './schema-type.js'
import { withoutSecrets } from './secrets.js'

/** Whether a value fits a schema, for the import: shared schemas are prepared once for all of a document's samples. */
export type SampleCheck = (node: SchemaNode, value: JsonValue) => boolean

/** A pattern that surely ends soon: no groups, one repetition at most without a bound, and anchored. */
const QUICK_PATTERN = /^\^[^()*+|]*[*+]?[^()*+|]*$/

/** Definitions may still grow: a schema is prepared when it is first needed. */
export function createSampleCheck(definitions: Definitions): SampleCheck {
  const lookup: Record<string, Schema | boolean> = Object.create(null)
  // What is in here is there with all that it needs.
  const prepared = new Set<string>()
  /** Shared schemas with patterns that are not checked here. */
  const loose = new Set<string>()
  let count = 0
  const fitsQuickly: SampleCheck = (node, value) => {
    const own = asObject(node)
    for (const name of reachableNames(own, definitions, prepared)) {
      prepared.add(name)
      const schema = definitionOf(definitions, name) ?? {}
      if (isObject(schema) && !isQuickThroughout(schema)) loose.add(name)
      // References in the copies are to `#/$defs/`, and that is where each is put.
      dereference(isObject(schema) ? (checkable(schema) as Schema) : schema, lookup, DOCUMENT, `/$defs/${name}`)
    }
    const schema = checkable(own) as Schema
    dereference(schema, lookup, DOCUMENT, `/$defs/check${count++}~check`)
    try {
      return validate(value, schema, '2020-12', lookup, true).valid
    } catch {
      // A circle: nothing fits.
      return false
    }
  }
  return (node, value) => {
    if (!fitsQuickly(node, value)) return false
    const own = asObject(node)
    const isLoose =
      !isQuickThroughout(own) ||
      (loose.size > 0 && [...reachableNames(own, definitions)].some((name) => loose.has(name)))
    // The connector's own check, which takes longer to prepare and knows which patterns end soon.
    return !isLoose || schemaType(standalone(own, definitions)).safeParse(value).success
  }
}

const DOCUMENT = new URL('https://schemas.test/document')

function asObject(node: SchemaNode): JsonObject {
  return node === false ? { not: {} } : node === true ? {} : node
}

function isQuickThroughout(schema: JsonObject): boolean {
  let isQuickSoFar = true
  mapSchemas(schema, (node) => {
    const { pattern, patternProperties } = node
    if (patternProperties !== undefined || (typeof pattern === 'string' && !isQuick(pattern))) isQuickSoFar = false
    return node
  })
  return isQuickSoFar
}

/** A copy without formats, which are hints, and without patterns that may take long. */
function checkable(schema: JsonObject): JsonObject {
  return mapSchemas(schema, ({ format: _format, patternProperties: _names, pattern, ...kept }) =>
    typeof pattern === 'string' && isQuick(pattern) ? { ...kept, pattern } : kept,
  )
}

function isQuick(pattern: string): boolean {
  if (pattern.length > 200 || !QUICK_PATTERN.test(pattern)) return false
  try {
    new RegExp(pattern, 'u')
    return true
  } catch {
    return false
  }
}

/** The document's own example when it fits, else one that is made up; undefined when none fits. */
export function findSample(
  node: SchemaNode,
  definitions: Definitions,
  { check, given = [] }: { readonly check: SampleCheck; readonly given?: readonly JsonValue[] },
): JsonValue | undefined {
  const candidates = [
    ...given.map((example) => () => withoutSecrets(example)),
    () => sampleOf(node, definitions, { examples: true, optional: true }),
    () => sampleOf(node, definitions, { examples: false, optional: true }),
    () => sampleOf(node, definitions, { examples: true, optional: false }),
    () => sampleOf(node, definitions, { examples: false, optional: false }),
  ]
  for (const candidate of candidates) {
    const value = candidate()
    if (value !== undefined && JSON.stringify(value).length <= MAX_SAMPLE && check(node, value)) return value
  }
  return undefined
}

const MAX_SAMPLE = 20_000
