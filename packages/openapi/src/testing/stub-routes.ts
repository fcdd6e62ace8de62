import type { JsonObject, JsonValue } from '@inlay/engine'
import { isObject, listOr, objectOr, pointerPath, textOr, valueAt } from '../json.js'
import { header, isOfType, type WireRequest } from './wire.js'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch']

/** An operation, and which requests are for it. */
export interface Route {
  readonly method: string
  readonly template: string
  readonly pattern: RegExp
  readonly names: readonly string[]
  /** Pairs of the query that belong to the path. */
  readonly constants: readonly string[]
  readonly weight: number
  readonly operation: JsonObject
  readonly parameters: readonly JsonObject[]
}

/** The operations of a document. */
export function routesOf(document: JsonObject): Route[] {
  return Object.entries(objectOr(document['paths'])).flatMap(([template, given]) => {
    const item = follow(document, given)
    const [path = '', search = ''] = (template.split('#')[0] ?? '').split(/\?(.*)/s)
    const names = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)
    const literal = path.split(/\{[^{}]*\}/)
    const pattern = new RegExp(
      `^${literal.map((text) => encodeURI(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('([^/]+)')}$`,
    )
    return METHODS.flatMap((method): Route[] => {
      const operation = item[method]
      if (!isObject(operation)) return []
      const own = new Map<string, JsonObject>()
      for (const parameter of [...listOr(item['parameters']), ...listOr(operation['parameters'])]) {
        const value = follow(document, parameter)
        own.set(`${value['in']} ${value['name']}`, value)
      }
      return [
        {
          method: method.toUpperCase(),
          template,
          pattern,
          names,
          constants: search === '' ? [] : search.split('&'),
          weight: literal.join('').length + search.length * 10,
          operation,
          parameters: [...own.values()],
        },
      ]
    })
  })
}

/** The operation that a request is for, when several of one path differ in constants or types of bodies; undefined for none. */
export function routeFor(document: JsonObject, routes: readonly Route[], request: WireRequest): Route | undefined {
  const [path = '', search = ''] = request.url.split(/\?(.*)/s)
  const pairs = search.split('&')
  const fitting = routes.filter(
    ({ method, pattern, constants }) =>
      method === request.method && pattern.test(path) && constants.every((pair) => pairs.includes(pair)),
  )
  return fitting.toSorted((a, b) => b.weight - a.weight || takes(document, b, request) - takes(document, a, request))[0]
}

/** Operations of one path that a fragment tells apart take bodies of different types. */
function takes(document: JsonObject, { operation }: Route, request: WireRequest): number {
  const type = (header(request, 'content-type') ?? '').split(';')[0]?.trim() ?? ''
  const content = objectOr(follow(document, operation['requestBody'])['content'])
  return Number(Object.keys(content).some((name) => isOfType(name, type)))
}

/** What a reference leads to, and anything else as it is; an empty object for what is neither. */
export function follow(document: JsonObject, given: JsonValue | undefined): JsonObject {
  let current = objectOr(given)
  for (let hops = 0; hops < 20; hops++) {
    const reference = textOr(current['$ref'])
    if (reference === undefined) return current
    current = objectOr(valueAt(document, pointerPath(reference)))
  }
  return current
}
