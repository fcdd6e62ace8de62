/** What the extensions `x-inlay-*` of a document or its overlay say: choices, triggers, and how the connector looks. */
import { CONNECTOR_CATEGORIES, type JsonObject, type JsonValue } from '@inlay/engine'
import type { FoundOperation } from '../import/context.js'
import { memberId, nameOfId } from '../import/names.js'
import type {
  ImportedConnector,
  ImportedOperation,
  ImportedOptions,
  ImportedPolling,
  ImportedTrigger,
  ImportedWebhook,
} from '../imported-connector.js'
import { isObject, listOr, objectOr, pointerPath, textOr, valueAt } from '../json.js'
import type { Notes } from '../notes.js'
import { resolveNode, type SchemaNode } from '../schema/node.js'

/** What extensions are read against. */
export interface ExtensionContext {
  readonly notes: Notes
  readonly operations: readonly ImportedOperation[]
  /** By the document's `operationId` and by the action's own id. */
  readonly byName: ReadonlyMap<string, ImportedOperation>
  readonly definitions: ImportedConnector['definitions']
}

/** How the connector looks, from `x-inlay-connector` at the top of the document. */
export function readLooks(
  document: JsonObject,
  notes: Notes,
): Partial<Pick<ImportedConnector, 'icon' | 'color' | 'docs' | 'categories' | 'name' | 'description'>> {
  const given = objectOr(document['x-inlay-connector'])
  const icon = textOr(given['icon'])?.trim()
  const color = textOr(given['color'])?.toLowerCase()
  const categories = CONNECTOR_CATEGORIES.filter((category) => listOr(given['categories']).includes(category))
  const isSafeIcon =
    icon?.startsWith('<svg') === true && !/<script|\son\w+\s*=|javascript:|<foreignObject|href\s*=/i.test(icon)
  if (icon !== undefined && !isSafeIcon)
    notes.add('left_out', '/x-inlay-connector/icon', 'The icon is no plain inline SVG.')
  const texts = ['docs', 'name', 'description'].flatMap((key) => {
    const text = textOr(given[key])
    return text === undefined || text === '' ? [] : [[key, text] as const]
  })
  return {
    ...Object.fromEntries(texts),
    ...(isSafeIcon ? { icon } : {}),
    ...(color !== undefined && /^#[0-9a-f]{6}$/.test(color) ? { color } : {}),
    ...(categories.length === 0 ? {} : { categories }),
  }
}

/** Choices of fields, by field, from `x-inlay-options` of an operation or of a parameter. */
export function readOptions(
  found: FoundOperation,
  operation: ImportedOperation,
  context: ExtensionContext,
): ImportedOperation['options'] {
  const ofParameters = listOr(found.operation['parameters'])
    .filter(isObject)
    .flatMap((parameter) => {
      const field = operation.parameters.find(
        ({ name, in: place }) => name === parameter['name'] && place === parameter['in'],
      )?.field
      const given = parameter['x-inlay-options']
      return field === undefined || given === undefined ? [] : [[field, given] as const]
    })
  const given = [...ofParameters, ...Object.entries(objectOr(found.operation['x-inlay-options']))]
  const fields = objectOr(operation.input['properties'])
  return Object.fromEntries(
    given.flatMap(([field, options]) => {
      const read = Object.hasOwn(fields, field) ? readFieldOptions(objectOr(options), context) : undefined
      if (read === undefined)
        context.notes.add(
          'left_out',
          `${found.pointer}/x-inlay-options`,
          `The choices of "${field}" name no field or no operation of this document.`,
        )
      return read === undefined ? [] : [[field, read] as const]
    }),
  )
}

function readFieldOptions(given: JsonObject, { byName }: ExtensionContext): ImportedOptions | undefined {
  const operation = byName.get(textOr(given['operation']) ?? '')
  if (operation === undefined) return undefined
  const search = textOr(given['search'])
  const value = pathOf(given['value']) ?? ['id']
  return {
    operation: operation.id,
    input: objectOr(given['input']),
    items: pathOf(given['items']) ?? operation.paging?.items ?? [],
    value,
    label: pathOf(given['label']) ?? value,
    ...(search === undefined ? {} : { searchField: search }),
    dependsOn: Object.fromEntries(
      Object.entries(objectOr(given['dependsOn'])).map(([field, target]) => [field, String(target)]),
    ),
  }
}

/** A place as a JSON Pointer, or names joined by dots. */
function pathOf(value: JsonValue | undefined): string[] | undefined {
  const text = textOr(value)
  if (text === undefined) return undefined
  if (text.startsWith('/') || text === '') return pointerPath(text)
  return text.split('.')
}

/** Triggers from `x-inlay-trigger` of operations that list, and of `webhooks` that say how they are verified. */
export function readTriggers(
  document: JsonObject,
  found: readonly FoundOperation[],
  context: ExtensionContext,
): ImportedTrigger[] {
  const polling = found.flatMap((one) => {
    const given = one.operation['x-inlay-trigger']
    const list = given === undefined ? [] : Array.isArray(given) ? given : [given]
    return list.filter(isObject).flatMap((trigger) => readPolling(one, trigger, context) ?? [])
  })
  const hooks = Object.entries(objectOr(document['webhooks'])).flatMap(
    ([name, item]) => readWebhook(name, objectOr(item), context) ?? [],
  )
  const ids = new Set<string>()
  return [...polling, ...hooks].filter(({ id }) => {
    if (!ids.has(id)) return ids.add(id)
    context.notes.add('left_out', '', `Two triggers have the id "${id}".`)
    return false
  })
}

function readPolling(found: FoundOperation, given: JsonObject, context: ExtensionContext): ImportedPolling | undefined {
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

const WEBHOOK_ADVICE =
  'A webhook becomes a trigger when an overlay says how it is verified, registered and unregistered (`x-inlay-trigger`).'

function readWebhook(name: string, item: JsonObject, context: ExtensionContext): ImportedWebhook | undefined {
  const operation = objectOr(item['post'] ?? item['put'])
  const given = objectOr(operation['x-inlay-trigger'] ?? item['x-inlay-trigger'])
  const verify = verificationOf(objectOr(given['verify']))
  const register = objectOr(given['register'])
  const unregister = objectOr(given['unregister'])
  const registerBy = context.byName.get(textOr(register['operation']) ?? '')
  const unregisterBy = context.byName.get(textOr(unregister['operation']) ?? '')
  if (verify === undefined || registerBy === undefined || unregisterBy === undefined) {
    context.notes.add('left_out', `/webhooks/${name}`, WEBHOOK_ADVICE)
    return undefined
  }
  const title = textOr(given['name']) ?? textOr(operation['summary']) ?? nameOfId(memberId(name))
  return {
    kind: 'webhook',
    id: memberId(name),
    name: title,
    description: textOr(operation['description']) ?? title,
    output: {},
    sampleOutput: given['sample'] ?? {},
    idPath: pathOf(given['id']) ?? ['id'],
    verify,
    register: {
      operation: registerBy.id,
      input: objectOr(register['input']),
      idPath: pathOf(register['id']) ?? ['id'],
    },
    unregister: { operation: unregisterBy.id, field: textOr(unregister['field']) ?? 'id' },
  }
}

function verificationOf(verify: JsonObject): ImportedWebhook['verify'] | undefined {
  const header = textOr(verify['header'])
  const timestampHeader = textOr(verify['timestampHeader'])?.toLowerCase()
  if (header === undefined) return undefined
  return {
    header: header.toLowerCase(),
    algorithm: (['sha1', 'sha256', 'sha512'] as const).find((one) => one === verify['algorithm']) ?? 'sha256',
    encoding: (['hex', 'base64', 'base64url'] as const).find((one) => one === verify['encoding']) ?? 'hex',
    prefix: textOr(verify['prefix']) ?? '',
    ...(timestampHeader === undefined ? {} : { timestampHeader }),
  }
}
