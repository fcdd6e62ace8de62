// What fields depend on: `dependsOn` of a connector's forms names them by their path in the input, joined by `.`.
import type { JsonObject, JsonValue } from '@inlay/engine'
import { isTemplate } from '../expressions/template.js'

type Dependent = { readonly dependsOn: readonly string[] }

/** Fields of a form that ask the service, with what they depend on. */
export interface DynamicFields {
  readonly options: Readonly<Record<string, Dependent>>
  readonly schemas: Readonly<Record<string, Dependent>>
}

/** The path of a field from its JSON Pointer; positions in lists are left out. */
export function fieldPath(pointer: string, base: string): string {
  const parts = pointer.slice(base.length).split('/').slice(1)
  return parts
    .filter((part) => !/^\d+$/.test(part))
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')
}

/** The fields that have to be filled in first. */
export function missingFirst(dependsOn: readonly string[], input: JsonObject): readonly string[] {
  return dependsOn.filter((path) => isEmpty(valueAt(input, path)))
}

/** Whether what a field depends on is only known when the workflow runs: then nobody can be asked before. */
export function dependsOnData(dependsOn: readonly string[], input: JsonObject): boolean {
  return dependsOn.some((path) => {
    const value = valueAt(input, path)
    return typeof value === 'string' && isTemplate(value)
  })
}

/** The values that answers depend on, for cache keys. */
export function dependencyValues(dependsOn: readonly string[], input: JsonObject): readonly (JsonValue | undefined)[] {
  return dependsOn.map((path) => valueAt(input, path))
}

/**
 * The new input without what was chosen for other values than it has now, and so on for what depends on that in turn. Data of
 * earlier steps stays: it was not chosen from a list.
 */
export function withoutStale(before: JsonObject, after: JsonObject, fields: DynamicFields): JsonObject {
  const dependents = [...Object.entries(fields.options), ...Object.entries(fields.schemas)]
  let input = after
  for (let isSettled = false; !isSettled; ) {
    isSettled = true
    for (const [path, { dependsOn }] of dependents) {
      const value = valueAt(input, path)
      const isKept =
        isEmpty(value) || (typeof value === 'string' && isTemplate(value)) || !isSame(valueAt(before, path), value)
      const hasChanged = dependsOn.some((each) => !isSame(valueAt(before, each), valueAt(input, each)))
      if (isKept || !hasChanged) continue
      input = without(input, path.split('.'))
      isSettled = false
    }
  }
  return input
}

function without(object: JsonObject, [name = '', ...rest]: readonly string[]): JsonObject {
  const { [name]: value, ...others } = object
  return rest.length === 0 || !isObject(value) ? others : { ...others, [name]: without(value, rest) }
}

function valueAt(input: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = input
  for (const part of path.split('.')) value = isObject(value) ? value[part] : undefined
  return value
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === ''
}

function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
