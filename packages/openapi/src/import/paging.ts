/** Recognises by what convention the lists of a service go on. */
import type { JsonObject } from '@inlay/engine'
import type { Definitions, ImportedPaging, ImportedParameter } from '../imported-connector.js'
import { isObject, listOr, objectOr, textOr } from '../json.js'
import { resolveNode, type SchemaNode } from '../schema/node.js'
import { objectShape } from '../schema/object-shape.js'

/** What the convention is recognised by. */
export interface PagedOperation {
  readonly method: string
  readonly parameters: readonly ImportedParameter[]
  readonly input: JsonObject
  readonly output: SchemaNode
  readonly hasLinkHeader: boolean
  readonly definitions: Definitions
}

/** A convention without the fields that ask for all pages. */
export type FoundPaging = ImportedPaging extends infer Paging
  ? Paging extends { readonly kind: string }
    ? Omit<Paging, 'allField' | 'maxField'>
    : never
  : never

const ITEM_NAMES = [
  'data',
  'items',
  'results',
  'values',
  'records',
  'entries',
  'elements',
  'list',
  'content',
  'value',
  'rows',
  'objects',
  'resources',
]
/** Names of parameters, without case, `_`, `-` and `$`, and of the fields of answers that feed them. */
const CURSORS: readonly { readonly parameters: readonly string[]; readonly answers: readonly string[] }[] = [
  {
    parameters: ['cursor', 'nextcursor', 'startcursor', 'after', 'pagecursor'],
    answers: ['nextcursor', 'endcursor', 'cursor', 'next', 'after', 'nextpagecursor'],
  },
  { parameters: ['pagetoken', 'nextpagetoken'], answers: ['nextpagetoken', 'pagetoken'] },
  { parameters: ['nexttoken', 'token'], answers: ['nexttoken'] },
  {
    parameters: ['continuationtoken', 'continuation', 'skiptoken'],
    answers: ['continuationtoken', 'continuation', 'nextcontinuationtoken', 'skiptoken'],
  },
  { parameters: ['marker', 'startmarker'], answers: ['nextmarker', 'marker'] },
  { parameters: ['offset'], answers: ['offset', 'nextoffset'] },
  { parameters: ['pageid', 'nextpage', 'page'], answers: ['nextpageid', 'nextpagecursor'] },
]
const WRAPPERS = ['meta', 'paging', 'pagination', 'pageinfo', 'responsemetadata', 'cursors', 'metadata', 'links']
const NEXT_URLS = ['nextlink', 'odatanextlink', 'nextpageurl', 'nexturl', 'nexthref', 'nextpageuri', 'nexturi']
const PAGES = ['page', 'pagenumber', 'pageno', 'pagenum', 'currentpage', 'p', 'pageindex']
const OFFSETS = ['offset', 'skip', 'start', 'startindex', 'startat', 'from']

/** The convention by which an operation's list goes on; undefined when none is recognised. */
export function findPaging(operation: PagedOperation): FoundPaging | undefined {
  if (operation.method !== 'GET') return undefined
  const items = itemsOf(operation)
  if (items === undefined) return undefined
  const found =
    cursorOf(operation) ??
    lastIdOf(operation, items) ??
    nextUrlOf(operation) ??
    pageOf(operation) ??
    offsetOf(operation)
  if (found !== undefined) return { ...found, items }
  return operation.hasLinkHeader ? { kind: 'link', items } : undefined
}

type Convention = FoundPaging extends infer Paging
  ? Paging extends { items: string[] }
    ? Omit<Paging, 'items'>
    : never
  : never

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function propertiesOf(node: SchemaNode, definitions: Definitions): [string, SchemaNode][] {
  const shape = objectShape(node, definitions)
  if (shape !== undefined) return [...shape.properties]
  const resolved = resolveNode(node, definitions)
  const properties = isObject(resolved) ? Object.entries(objectOr(resolved['properties'])) : []
  return properties.filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
}

function isListOfThings(node: SchemaNode, definitions: Definitions): boolean {
  const resolved = resolveNode(node, definitions)
  return isObject(resolved) && (resolved['type'] === 'array' || listOr(resolved['type']).includes('array'))
}

/** Where in an answer the list is: the answer itself, a field with a usual name, or the only list in it. */
function itemsOf({ output, definitions }: PagedOperation): string[] | undefined {
  if (isListOfThings(output, definitions)) return []
  const lists = propertiesOf(output, definitions).filter(([, node]) => isListOfThings(node, definitions))
  const [only, second] = lists
  const usual = lists.find(([name]) => ITEM_NAMES.includes(plain(name)))
  if (usual !== undefined) return [usual[0]]
  return only !== undefined && second === undefined ? [only[0]] : undefined
}

/** A field of the answer, or of the part of it that speaks about pages. */
function answerField({ output, definitions }: PagedOperation, names: readonly string[]): string[] | undefined {
  const fields = propertiesOf(output, definitions)
  const isText = (node: SchemaNode): boolean => {
    const resolved = resolveNode(node, definitions)
    if (!isObject(resolved)) return true
    const types = typeof resolved['type'] === 'string' ? [resolved['type']] : listOr(resolved['type'])
    return types.length === 0 || types.some((type) => type === 'string' || type === 'integer')
  }
  const direct = names
    .map((wanted) => fields.find(([name, node]) => plain(name) === wanted && isText(node)))
    .find((one) => one !== undefined)
  if (direct !== undefined) return [direct[0]]
  for (const [name, node] of fields.filter(([name]) => WRAPPERS.includes(plain(name)))) {
    const inner = propertiesOf(node, definitions)
    const found = inner.find(([field, value]) => names.includes(plain(field)) && isText(value))
    if (found !== undefined) return [name, found[0]]
    const deeper = inner.find(([field]) => WRAPPERS.includes(plain(field)))
    const nested =
      deeper === undefined
        ? undefined
        : propertiesOf(deeper[1], definitions).find(([field]) => names.includes(plain(field)))
    if (deeper !== undefined && nested !== undefined) return [name, deeper[0], nested[0]]
  }
  return undefined
}

function queryParameter({ parameters }: PagedOperation, names: readonly string[]): ImportedParameter | undefined {
  return parameters.find(({ in: place, name }) => place === 'query' && names.includes(plain(name)))
}

function cursorOf(operation: PagedOperation): Convention | undefined {
  for (const { parameters, answers } of CURSORS) {
    const parameter = queryParameter(operation, parameters)
    const next = parameter === undefined ? undefined : answerField(operation, answers)
    if (parameter !== undefined && next !== undefined && !isNumber(operation, parameter))
      return { kind: 'cursor', field: parameter.field, next }
  }
  return undefined
}

function lastIdOf(operation: PagedOperation, items: readonly string[]): Convention | undefined {
  const parameter = queryParameter(operation, ['startingafter'])
  const hasMore = booleanField(operation)
  if (parameter === undefined || hasMore === undefined || items.length === 0) return undefined
  return { kind: 'lastId', field: parameter.field, id: ['id'], hasMore }
}

function booleanField({ output, definitions }: PagedOperation): string[] | undefined {
  const found = propertiesOf(output, definitions).find(([name]) => plain(name) === 'hasmore')
  return found === undefined ? undefined : [found[0]]
}

function nextUrlOf(operation: PagedOperation): Convention | undefined {
  const next = answerField(operation, NEXT_URLS) ?? uriField(operation)
  return next === undefined ? undefined : { kind: 'nextUrl', next }
}

/** `next` may be anything; with the format of an address it is one. */
function uriField({ output, definitions }: PagedOperation): string[] | undefined {
  const search = (fields: readonly [string, SchemaNode][], path: readonly string[]): string[] | undefined => {
    const next = fields.find(([name]) => plain(name) === 'next')
    const node = next === undefined ? undefined : resolveNode(next[1], definitions)
    if (next !== undefined && isObject(node) && /^(uri|url)$/.test(textOr(node['format']) ?? ''))
      return [...path, next[0]]
    return undefined
  }
  const fields = propertiesOf(output, definitions)
  const own = search(fields, [])
  if (own !== undefined) return own
  const wrapper = fields.find(([name]) => WRAPPERS.includes(plain(name)))
  return wrapper === undefined ? undefined : search(propertiesOf(wrapper[1], definitions), [wrapper[0]])
}

function isNumber({ input, definitions }: PagedOperation, { field }: ImportedParameter): boolean {
  const node = objectOr(input['properties'])[field]
  const resolved = isObject(node) ? resolveNode(node, definitions) : undefined
  return isObject(resolved) && (resolved['type'] === 'integer' || resolved['type'] === 'number')
}

function pageOf(operation: PagedOperation): Convention | undefined {
  const parameter = queryParameter(operation, PAGES)
  if (parameter === undefined || !isNumber(operation, parameter)) return undefined
  const node = objectOr(objectOr(operation.input['properties'])[parameter.field])
  const startsAtZero =
    node['default'] === 0 || node['minimum'] === 0 || (plain(parameter.name) === 'pageindex' && node['minimum'] !== 1)
  return { kind: 'page', field: parameter.field, first: startsAtZero ? 0 : 1 }
}

function offsetOf(operation: PagedOperation): Convention | undefined {
  const parameter = queryParameter(operation, OFFSETS)
  if (parameter === undefined || !isNumber(operation, parameter)) return undefined
  return { kind: 'offset', field: parameter.field }
}
