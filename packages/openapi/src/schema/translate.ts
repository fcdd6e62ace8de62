import type { JsonObject, JsonValue } from '@inlay/engine'
import type { Deadline } from '../deadline.js'
import { externalReason, isLocal, type Source } from '../document/source.js'
import { isObject, listOr, objectOr, pointerKey, textOr } from '../json.js'
import type { Notes } from '../notes.js'
import { breakCircles, type Weights } from './circles.js'
import { plainKeywords, typeKeywords } from './keywords.js'
import { referenceTo, type SchemaNode } from './node.js'
import { SECRET_NAME } from './secrets.js'
import { titled } from './titled.js'

/** Whether a schema is of what goes to the service, or of what comes back. */
type Direction = 'in' | 'out'

/** Turns schemas of a document into JSON Schema 2020-12. */
export interface Translator {
  /** The schema as JSON Schema; what it refers to is in `definitions`. */
  translate(schema: JsonValue | undefined, pointer: string, direction: Direction): SchemaNode
  /** Shared schemas so far, by name. Grows with every translation. */
  readonly definitions: Readonly<Record<string, SchemaNode>>
}

/** What a translator needs to know. */
export interface TranslatorOptions {
  readonly source: Source
  readonly notes: Notes
  readonly deadline: Deadline
}

const SINGLE = ['not', 'if', 'then', 'else', 'contains', 'propertyNames', 'unevaluatedItems', 'unevaluatedProperties']
const MAPS = ['patternProperties', 'dependentSchemas']
/** Would move references elsewhere, or make them mean something else. */
const UNSUPPORTED = [
  '$id',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
  '$recursiveRef',
  '$recursiveAnchor',
  '$vocabulary',
]

/** A translator without definitions so far. */
export function createTranslator(options: TranslatorOptions): Translator {
  const definitions: Record<string, SchemaNode> = {}
  const weights: Weights = new Map()
  const names = new DefinitionNames()
  const translator = new NodeTranslator(options, names)
  return {
    definitions,
    translate: (schema, pointer, direction) => {
      const node = translator.node(schema, pointer, direction)
      const added = new Map<string, string>()
      for (let next = names.next(); next !== undefined; next = names.next()) {
        options.deadline()
        const target = options.source.follow({ $ref: `#${next.pointer}` }, pointer)
        definitions[next.name] =
          target === undefined ? {} : translator.node(target.value, target.pointer, next.direction)
        added.set(next.name, next.pointer)
      }
      breakCircles(definitions, { added, weights, notes: options.notes })
      return node
    },
  }
}

/** Names of shared schemas: one for each place, and each direction in which it differs. */
class DefinitionNames {
  readonly #byPlace = new Map<string, string>()
  readonly #used = new Set<string>()
  readonly #open: { readonly pointer: string; readonly name: string; readonly direction: Direction }[] = []

  of(pointer: string, direction: Direction): string {
    const place = `${direction} ${pointer}`
    const known = this.#byPlace.get(place)
    if (known !== undefined) return known
    const base =
      pointer
        .split('/')
        .at(-1)
        ?.replace(/[^A-Za-z0-9_.-]+/g, '_')
        .slice(0, 100) || 'schema'
    let name = base
    for (let count = 2; this.#used.has(name) || name === '__proto__'; count++) name = `${base}_${count}`
    this.#used.add(name)
    this.#byPlace.set(place, name)
    this.#open.push({ pointer, name, direction })
    return name
  }

  next() {
    return this.#open.shift()
  }
}

class NodeTranslator {
  readonly #options: TranslatorOptions
  readonly #names: DefinitionNames
  /** Whether anything in the document is for one direction alone; else both share their schemas. */
  readonly #differs: boolean

  constructor(options: TranslatorOptions, names: DefinitionNames) {
    this.#options = options
    this.#names = names
    this.#differs = holdsDirections(options.source.document)
  }

  node(schema: JsonValue | undefined, pointer: string, direction: Direction): SchemaNode {
    const { notes, source } = this.#options
    if (typeof schema === 'boolean') return schema
    if (!isObject(schema)) {
      if (schema !== undefined) notes.add('changed', pointer, 'This is no schema: anything is taken.')
      return {}
    }
    const reference = textOr(schema['$ref'])
    if (reference === undefined) return this.#keywords(schema, pointer, direction)
    const target = this.#reference(reference, pointer, direction)
    const { $ref: _, ...siblings } = schema
    if (source.dialect === '3.0' || Object.keys(siblings).length === 0) return this.#plainReference(target, siblings)
    return { ...this.#keywords(siblings, pointer, direction), ...target }
  }

  /** In OpenAPI 3.0 nothing beside a reference counts; people write these two all the same. */
  #plainReference(target: JsonObject, siblings: JsonObject): JsonObject {
    const description = textOr(siblings['description'])
    const described = { ...(description === undefined ? {} : { description: description.slice(0, 2000) }) }
    if (siblings['nullable'] === true) return { ...described, anyOf: [target, { type: 'null' }] }
    return { ...described, ...target }
  }

  #reference(reference: string, pointer: string, direction: Direction): JsonObject {
    const { notes, source } = this.#options
    if (!isLocal(reference)) {
      notes.add('left_out', pointer, externalReason(reference))
      return {}
    }
    if (source.follow({ $ref: reference }, pointer) === undefined) return {}
    return referenceTo(this.#names.of(reference.slice(1), this.#differs ? direction : 'out'))
  }

  #keywords(schema: JsonObject, pointer: string, direction: Direction): JsonObject {
    const { notes } = this.#options
    for (const keyword of UNSUPPORTED) {
      if (schema[keyword] !== undefined) notes.add('changed', pointer, `The keyword "${keyword}" is not supported.`)
    }
    if (schema['discriminator'] !== undefined) {
      notes.add('changed', pointer, 'The discriminator is not enforced: any of the variants is taken.')
    }
    const node = {
      ...plainKeywords(schema, pointer, notes),
      ...this.#members(schema, pointer, direction),
      ...this.#applicators(schema, pointer, direction),
    }
    return typeKeywords(schema, node, pointer, notes)
  }

  #members(schema: JsonObject, pointer: string, direction: Direction): JsonObject {
    const properties = schema['properties']
    const required = listOr(schema['required']).filter((name) => typeof name === 'string')
    if (!isObject(properties)) return required.length === 0 ? {} : { required }
    const kept = Object.entries(properties).filter(([, property]) => !this.#isOfOther(property, direction))
    const dropped = new Set(Object.keys(properties).filter((name) => !kept.some(([other]) => other === name)))
    const needed = [...new Set(required)].filter((name) => !dropped.has(name))
    return {
      properties: Object.fromEntries(
        kept.map(([name, property]) => [
          name,
          titled(
            name,
            withoutSecretExample(name, this.node(property, `${pointer}/properties/${pointerKey(name)}`, direction)),
            direction,
          ),
        ]),
      ),
      ...(needed.length === 0 ? {} : { required: needed }),
    }
  }

  /** A property that only the other side may set. */
  #isOfOther(property: JsonValue, direction: Direction): boolean {
    const keyword = direction === 'in' ? 'readOnly' : 'writeOnly'
    const given = objectOr(property)
    if (given[keyword] === true) return true
    const reference = textOr(given['$ref'])
    if (reference === undefined || !isLocal(reference)) return false
    return this.#options.source.follow(given, '')?.value[keyword] === true
  }

  #applicators(schema: JsonObject, pointer: string, direction: Direction): JsonObject {
    const node: Record<string, JsonValue> = {}
    const list = (keyword: string, given = keyword): void => {
      const nodes = listOr(schema[given]).map((member, index) =>
        this.node(member, `${pointer}/${given}/${index}`, direction),
      )
      if (nodes.length > 0) node[keyword] = nodes
    }
    list('allOf')
    list('anyOf')
    list('oneOf')
    list('prefixItems')
    for (const keyword of SINGLE) {
      const given = schema[keyword]
      if (given !== undefined) node[keyword] = this.node(given, `${pointer}/${keyword}`, direction)
    }
    for (const keyword of MAPS) {
      const given = schema[keyword]
      if (!isObject(given)) continue
      const entries = Object.entries(given).map(([key, member]) => [
        key,
        this.node(member, `${pointer}/${keyword}/${pointerKey(key)}`, direction),
      ])
      node[keyword] = Object.fromEntries(entries)
    }
    if (Array.isArray(schema['items'])) list('prefixItems', 'items')
    else if (schema['items'] !== undefined) node['items'] = this.node(schema['items'], `${pointer}/items`, direction)
    const additional = schema['additionalProperties']
    if (typeof additional === 'boolean') node['additionalProperties'] = additional
    else if (isObject(additional)) {
      node['additionalProperties'] = this.node(additional, `${pointer}/additionalProperties`, direction)
    }
    return node
  }
}

function withoutSecretExample(name: string, node: SchemaNode): SchemaNode {
  if (typeof node === 'boolean' || !SECRET_NAME.test(name)) return node
  const { examples, default: _, ...rest } = node
  return examples === undefined && node['default'] === undefined ? node : rest
}

function holdsDirections(document: JsonObject): boolean {
  const open: JsonValue[] = [document]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isObject(value) && (value['readOnly'] === true || value['writeOnly'] === true)) return true
    for (const member of Object.values(value ?? {})) if (typeof member === 'object') open.push(member)
  }
  return false
}
