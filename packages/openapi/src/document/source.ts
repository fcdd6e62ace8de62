import { type JsonObject, type JsonValue, UserError } from '@inlay/engine'
import { isObject, objectOr, pointerPath, textOr, valueAt } from '../json.js'
import type { Notes } from '../notes.js'

/** A document in the words of OpenAPI 3, with its references followed on demand. */
export interface Source {
  readonly document: JsonObject
  /** `3.0` also for Swagger 2, whose schemas mean the same. */
  readonly dialect: '3.0' | '3.1'
  /** What a value is, with references followed, and where it stands. Undefined for one that leads nowhere or outside. */
  follow(value: JsonValue | undefined, pointer: string): Located | undefined
}

/** An object of the document and where it stands. */
export interface Located {
  readonly value: JsonObject
  readonly pointer: string
}

/** Longer chains of references are circles. */
const MAX_HOPS = 50

/** The format that a document says it is in. @throws UserError `openapi.unknown_format` */
export function formatOf(document: JsonObject): 'openapi-3.0' | 'openapi-3.1' | 'swagger-2.0' {
  const openapi = versionText(document['openapi'])
  if (/^3\.0(\.|$)/.test(openapi)) return 'openapi-3.0'
  if (/^3\.[12](\.|$)/.test(openapi)) return 'openapi-3.1'
  if (/^2(\.0)?$/.test(versionText(document['swagger']))) return 'swagger-2.0'
  throw new UserError('invalid', 'openapi.unknown_format', 'This is not an OpenAPI 3.0, 3.1 or Swagger 2 document.', {
    detail: `It says openapi: ${openapi || 'nothing'}, swagger: ${versionText(document['swagger']) || 'nothing'}.`,
  })
}

/** YAML reads an unquoted version as a number. */
function versionText(value: JsonValue | undefined): string {
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value)
  return textOr(value) ?? ''
}

/** Makes a document's references followable: those within it, and no others. */
export function createSource(document: JsonObject, dialect: Source['dialect'], notes: Notes): Source {
  const follow: Source['follow'] = (value, pointer) => {
    let at = pointer
    let current = value
    for (let hops = 0; hops < MAX_HOPS; hops++) {
      if (!isObject(current)) return undefined
      const reference = textOr(current['$ref'])
      if (reference === undefined) return { value: current, pointer: at }
      if (!isLocal(reference)) {
        notes.add('left_out', at, externalReason(reference))
        return undefined
      }
      const target = targetOf(document, reference)
      if (target === undefined) {
        notes.add('left_out', at, `The reference "${reference.slice(0, 200)}" leads nowhere.`)
        return undefined
      }
      at = reference.slice(1)
      current = target
    }
    notes.add('left_out', pointer, 'The reference leads in a circle.')
    return undefined
  }
  return { document, dialect, follow }
}

/** The value at a reference; its way may lead through other references. */
function targetOf(document: JsonObject, reference: string): JsonValue | undefined {
  let current: JsonValue | undefined = document
  let hops = 0
  for (const key of pointerPath(reference)) {
    for (; isObject(current) && !Object.hasOwn(current, key) && hops < MAX_HOPS; hops++) {
      const further = textOr(current['$ref'])
      if (further === undefined || !isLocal(further)) return undefined
      current = valueAt(document, pointerPath(further))
    }
    current = valueAt(current, [key])
  }
  return current
}

/** Whether a reference stays within its document. */
export function isLocal(reference: string): boolean {
  return reference === '#' || reference.startsWith('#/')
}

/** Why a reference to elsewhere is not followed. */
export function externalReason(reference: string): string {
  return `The reference "${reference.slice(0, 200)}" leads out of the document; nothing else is read or fetched. Bundle the document first.`
}

/** Members of a map of the document, each followed. */
export function members(source: Source, map: Located | undefined): (readonly [key: string, member: Located])[] {
  if (map === undefined) return []
  return Object.entries(map.value).flatMap(([key, value]) => {
    if (key.startsWith('x-')) return []
    const member = source.follow(value, `${map.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    return member === undefined ? [] : [[key, member] as const]
  })
}

/** A member of an object, as an object with its place. */
export function memberAt({ value, pointer }: Located, key: string): Located {
  return { value: objectOr(value[key]), pointer: `${pointer}/${key}` }
}
