/**
 * A part of JSONPath (RFC 9535): names, `*`, indices, `..` and filters that compare. Nothing is evaluated as code.
 */
import { type JsonObject, type JsonValue, UserError } from '@inlay/engine'
import { isObject, own } from '../json.js'

/** Where a path has led: the keys from the top. */
export type Place = readonly (string | number)[]

type Step =
  | { readonly kind: 'name'; readonly name: string; readonly isDeep: boolean }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all'; readonly isDeep: boolean }
  | {
      readonly kind: 'filter'
      readonly isDeep: boolean
      readonly path: readonly string[]
      readonly operator: '==' | '!=' | 'exists'
      readonly value: JsonValue
    }

type Filter = Extract<Step, { readonly kind: 'filter' }>

const MAX_PLACES = 100_000

/** All places that a path leads to. @throws UserError `openapi.bad_overlay` for a path that is not understood */
export function placesOf(document: JsonObject, path: string): Place[] {
  let places: Place[] = [[]]
  for (const step of parsePath(path)) {
    places = places.flatMap((place) => next(document, place, step))
    if (places.length > MAX_PLACES) throw badPath(path, 'it leads to too many places')
  }
  return places
}

const TOKEN =
  /^(?:\.\.(?<deepName>[A-Za-z_][\w-]*)|(?<deepAll>\.\.\*)|\.(?<name>[A-Za-z_$][\w$-]*)|(?<all>\.\*|\[\*\])|\[(?<quoted>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\]|\.\.\[(?<deepQuoted>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\]|\[(?<index>-?\d+)\]|(?<deep>\.\.)?\[\?\(?\s*(?<filter>@[^\]]*?)\s*\)?\])/

function parsePath(path: string): Step[] {
  if (!path.startsWith('$') || path.length > 2000) throw badPath(path, 'it begins with "$"')
  const steps: Step[] = []
  let rest = path.slice(1)
  while (rest !== '') {
    const match = TOKEN.exec(rest)
    if (match === null) throw badPath(path, `"${rest.slice(0, 50)}" is not understood`)
    steps.push(stepOf(match.groups ?? {}, path))
    rest = rest.slice(match[0].length)
  }
  return steps
}

function stepOf(groups: Record<string, string | undefined>, path: string): Step {
  const { deepName, deepAll, name, all, quoted, deepQuoted, index, filter, deep } = groups
  if (deepName !== undefined) return { kind: 'name', name: deepName, isDeep: true }
  if (deepQuoted !== undefined) return { kind: 'name', name: unquote(deepQuoted), isDeep: true }
  if (deepAll !== undefined) return { kind: 'all', isDeep: true }
  if (all !== undefined) return { kind: 'all', isDeep: false }
  if (quoted !== undefined) return { kind: 'name', name: unquote(quoted), isDeep: false }
  if (index !== undefined) return { kind: 'index', index: Number(index) }
  if (filter !== undefined) return { ...filterOf(filter, path), isDeep: deep !== undefined }
  return { kind: 'name', name: name ?? '', isDeep: false }
}

function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, '$1')
}

const FILTER = /^@((?:\.[A-Za-z_$][\w$-]*|\['[^']*'\])*)(?:\s*(==|!=)\s*(.+))?$/

function filterOf(text: string, path: string): Filter {
  const match = FILTER.exec(text)
  if (match === null) throw badPath(path, `the filter "${text}" is not understood`)
  const [, keys = '', operator, value] = match
  const names = [...keys.matchAll(/\.([\w$-]+)|\['([^']*)'\]/g)].map(([, dotted, quoted]) => dotted ?? quoted ?? '')
  if (operator === undefined || value === undefined)
    return { kind: 'filter', isDeep: false, path: names, operator: 'exists', value: null }
  return {
    kind: 'filter',
    isDeep: false,
    path: names,
    operator: operator === '==' ? '==' : '!=',
    value: literal(value.trim(), path),
  }
}

function literal(text: string, path: string): JsonValue {
  if (/^'.*'$/s.test(text)) return unquote(text)
  try {
    // What JSON.parse gives is a JSON value by definition.
    return JSON.parse(text) as JsonValue
  } catch {
    throw badPath(path, `"${text}" is no text, number, true, false or null`)
  }
}

function next(document: JsonObject, place: Place, step: Step): Place[] {
  const value = at(document, place)
  switch (step.kind) {
    case 'name': {
      const places = step.isDeep ? descendants(document, place) : [place]
      return places
        .filter((one) => isObject(at(document, one)) && has(at(document, one), step.name))
        .map((one) => [...one, step.name])
    }
    case 'index': {
      if (!Array.isArray(value)) return []
      const index = step.index < 0 ? value.length + step.index : step.index
      return index >= 0 && index < value.length ? [[...place, index]] : []
    }
    case 'all': {
      const places = step.isDeep ? descendants(document, place) : [place]
      return places.flatMap((one) => children(document, one))
    }
    case 'filter':
      return (step.isDeep ? descendants(document, place) : [place])
        .flatMap((one) => children(document, one))
        .filter((child) => passes(at(document, child), step))
  }
}

function passes(value: JsonValue | undefined, step: Step & { readonly kind: 'filter' }): boolean {
  const found = step.path.reduce<JsonValue | undefined>(
    (current, key) => (isObject(current) ? own(current, key) : undefined),
    value,
  )
  if (step.operator === 'exists') return found !== undefined
  return (found === step.value) === (step.operator === '==')
}

function has(value: JsonValue | undefined, name: string): boolean {
  return isObject(value) && Object.hasOwn(value, name)
}

function at(document: JsonObject, place: Place): JsonValue | undefined {
  return place.reduce<JsonValue | undefined>((current, key) => {
    if (Array.isArray(current)) return current[Number(key)]
    return isObject(current) ? own(current, String(key)) : undefined
  }, document)
}

function children(document: JsonObject, place: Place): Place[] {
  const value = at(document, place)
  if (Array.isArray(value)) return value.map((_, index) => [...place, index])
  return isObject(value) ? Object.keys(value).map((key) => [...place, key]) : []
}

function descendants(document: JsonObject, place: Place): Place[] {
  const found: Place[] = [place]
  for (let index = 0; index < found.length; index++) {
    if (found.length > MAX_PLACES) throw badPath('..', 'it leads to too many places')
    found.push(...children(document, found[index] ?? []))
  }
  return found
}

function badPath(path: string, why: string): UserError {
  return new UserError(
    'invalid',
    'openapi.bad_overlay',
    `The target "${path.slice(0, 200)}" of the overlay cannot be used.`,
    {
      detail: `${why}. Targets may hold names, *, indices, .. and filters such as [?@.operationId == 'listOrders'].`,
    },
  )
}
