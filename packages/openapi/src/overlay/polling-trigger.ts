import type { JsonObject, JsonValue } from '@inlay/engine'
import type { FoundOperation } from '../import/context.js'
import { memberId } from '../import/names.js'
import type { ImportedConnector, ImportedOperation, ImportedPolling } from '../imported-connector.js'
import { isObject, listOr, objectOr, textOr, valueAt } from '../json.js'
import { resolveNode, type SchemaNode } from '../schema/node.js'
import { type ExtensionContext, pathOf } from './extension-context.js'

/** A trigger that asks an operation which lists; undefined, with a note, when the operation will not do. */
export function readPolling(
  found: FoundOperation,
  given: JsonObject,
  context: ExtensionContext,
): ImportedPolling | undefined {
  const operation = context.operations.find((one) => one.id === context.byName.get(found.key)?.id)
  const refuse = (reason: string): undefined =>
    void context.notes.add('left_out', `${found.pointer}/x-inlay-trigger`, reason)
  if (operation?.output.kind !== 'json') return refuse('A trigger needs an operation whose answer is JSON.')
  const items = pathOf(given['items']) ?? operation.paging?.items ?? []
  const schema = schemaAt(operation.output.schema, [...items, '0'], context.definitions)
  const sampleOutput = given['sample'] ?? valueAt(operation.sampleOutput, [...items, '0'])
  if (sampleOutput === undefined) return refuse('It needs a `sample`: the operation has no example of an item.')
  const fixedInput = objectOr(given['input'])
  const hidden = [...Object.keys(fixedInput), textOr(given['since']), ...pagingFields(operation)]
  const title = textOr(given['name']) ?? `New in ${operation.name}`
  return {
    kind: 'polling',
    id: memberId(textOr(given['trigger']) ?? `new ${operation.id}`),
    name: title,
    description: textOr(given['description']) ?? title,
    operation: operation.id,
    input: withoutFields(operation.input, hidden),
    fixedInput,
    output: typeof schema === 'boolean' ? {} : schema,
    sampleOutput,
    items,
    idPath: pathOf(given['id']) ?? ['id'],
    ...timesOf(given),
  }
}

/** In what order a list is, and by what moment it can be asked for. */
function timesOf(given: JsonObject) {
  const timePath = pathOf(given['time'])
  const sinceField = textOr(given['since'])
  const interval = given['intervalMs']
  const form = (['iso', 'seconds', 'milliseconds'] as const).find((one) => one === given['sinceFormat'])
  return {
    ...(timePath === undefined ? {} : { timePath }),
    ...(sinceField === undefined ? {} : { sinceField }),
    sinceForm: form ?? 'iso',
    isNewestFirst: given['order'] !== 'oldest-first',
    ...(typeof interval === 'number' && interval >= 60_000 ? { intervalMs: Math.floor(interval) } : {}),
  }
}

function pagingFields({ paging }: ImportedOperation): (string | undefined)[] {
  if (paging === undefined) return []
  return [paging.allField, paging.maxField, 'field' in paging ? paging.field : undefined]
}

function withoutFields(input: JsonObject, hidden: readonly (string | undefined)[]): JsonObject {
  const { required, ...rest } = input
  const properties = Object.entries(objectOr(input['properties'])).filter(([name]) => !hidden.includes(name))
  const needed = listOr(required).filter((name) => typeof name === 'string' && !hidden.includes(name))
  return { ...rest, properties: Object.fromEntries(properties), ...(needed.length === 0 ? {} : { required: needed }) }
}

function schemaAt(
  node: SchemaNode,
  path: readonly string[],
  definitions: ImportedConnector['definitions'],
): SchemaNode {
  let current = node
  for (const key of path) {
    const resolved = resolveNode(current, definitions)
    if (typeof resolved === 'boolean') return true
    const [part] = [...listOr(resolved['anyOf']), ...listOr(resolved['allOf'])].filter(isObject)
    const holder =
      resolved['properties'] === undefined && resolved['items'] === undefined && part !== undefined
        ? resolveNode(part, definitions)
        : resolved
    if (!isObject(holder)) return true
    const next: JsonValue | undefined = /^\d+$/.test(key) ? holder['items'] : objectOr(holder['properties'])[key]
    if (!isObject(next)) return true
    current = next
  }
  return current
}
