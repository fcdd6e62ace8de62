import type { JsonObject, JsonValue } from '@inlay/engine'
import type { ImportedBody, ImportedBodyProperty } from '../imported-connector.js'
import { isObject, listOr, objectOr, own, textOr } from '../json.js'
import { FILE_SCHEMA } from '../schema/file-schema.js'
import { resolveNode, type SchemaNode } from '../schema/node.js'
import { type ObjectShape, objectShape } from '../schema/object-shape.js'
import type { FoundOperation, ImportContext } from './context.js'
import { isBinary, type Media, mediaOf } from './media.js'
import { exampleOf } from './parameters.js'

/** A body with what its form needs; fields are named later. */
export interface ReadBody {
  readonly kind: ImportedBody['kind']
  readonly contentType: string
  readonly isRequired: boolean
  readonly description: string
  /** Of the whole body. */
  readonly schema: SchemaNode
  /** Its fields, when they can stand in the form one by one. */
  readonly shape?: ObjectShape
  readonly encodings: ReadonlyMap<string, Pick<ImportedBodyProperty, 'style' | 'explode'>>
  readonly example?: JsonValue
}

const WITHOUT_BODY = new Set(['GET', 'HEAD'])

/** What an operation takes as its body; undefined for none. */
export function readBody(found: FoundOperation, context: ImportContext): ReadBody | undefined {
  const { notes, source } = context
  if (found.operation['requestBody'] === undefined) return undefined
  const body = source.follow(found.operation['requestBody'], `${found.pointer}/requestBody`)
  if (body === undefined) return undefined
  const [media, ...others] = mediaOf(body)
  const refusal = bodyRefusal(found, body.value, media)
  if (refusal !== undefined) notes.add('left_out', body.pointer, refusal)
  if (refusal !== undefined || media === undefined) return undefined
  const distinct = others.filter(({ kind }) => kind !== media.kind)
  if (distinct.length > 0) {
    const types = distinct.map(({ type }) => type).join(', ')
    notes.add('left_out', body.pointer, `The body is sent as ${media.type}, not as ${types}.`)
  }
  return {
    kind: media.kind,
    contentType: contentTypeOf(media),
    isRequired: body.value['required'] === true,
    description: textOr(body.value['description'])?.trim().slice(0, 1000) ?? '',
    encodings: encodingsOf(media),
    ...exampleOf(media.value, context),
    ...bodySchema(media, context),
  }
}

function bodyRefusal({ method }: FoundOperation, body: JsonObject, media: Media | undefined): string | undefined {
  if (media === undefined) return Object.keys(body).length > 0 ? 'The body has no media type.' : undefined
  return WITHOUT_BODY.has(method) ? `A request of method ${method} has no body.` : undefined
}

function bodySchema(media: Media, context: ImportContext): Pick<ReadBody, 'schema' | 'shape'> {
  const { translator } = context
  if (media.kind === 'bytes') return { schema: FILE_SCHEMA }
  if (media.kind === 'text') return { schema: { type: 'string' } }
  const schema = translator.translate(media.value['schema'], `${media.pointer}/schema`, 'in')
  const shape = objectShape(schema, translator.definitions)
  if (media.kind === 'json') return shape === undefined || shape.properties.size === 0 ? { schema } : { schema, shape }
  if (media.kind === 'multipart' && isBinary(objectOr(media.value['schema']))) {
    const file = new Map([['file', FILE_SCHEMA]])
    return { schema, shape: { properties: file, required: new Set(['file']), isOpen: false, examples: [] } }
  }
  const flat = shape ?? looseShape(schema, context)
  return { schema, shape: media.kind === 'multipart' ? withFiles(flat, media, context) : flat }
}

function contentTypeOf({ type, kind }: Media): string {
  // A range names no type to send.
  if (kind === 'bytes' || (!type.includes('*') && type !== 'application/form-data')) return type
  return {
    json: 'application/json',
    form: '',
    multipart: 'multipart/form-data',
    text: 'text/plain',
    bytes: 'application/octet-stream',
  }[kind]
}

/** The fields of a form whose schema is not flat: those of its first variant that is. */
function looseShape(schema: SchemaNode, { translator, notes }: ImportContext): ObjectShape {
  const resolved = resolveNode(schema, translator.definitions)
  const variants = isObject(resolved) ? [...listOr(resolved['anyOf']), ...listOr(resolved['oneOf'])] : []
  if (variants.length > 0)
    notes.add('changed', '', 'A form with variants shows the first of them, and takes further fields.')
  for (const variant of variants) {
    const shape = isObject(variant) ? objectShape(variant, translator.definitions) : undefined
    if (shape !== undefined) return { ...shape, isOpen: true, required: new Set() }
  }
  return { properties: new Map(), required: new Set(), isOpen: true, examples: [] }
}

function encodingsOf({ value, kind }: Media): ReadBody['encodings'] {
  const encodings = new Map<string, Pick<ImportedBodyProperty, 'style' | 'explode'>>()
  if (kind !== 'form') return encodings
  for (const [name, given] of Object.entries(objectOr(value['encoding']))) {
    const encoding = objectOr(given)
    const wanted = textOr(encoding['style'])
    const style = (['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'] as const).find((one) => one === wanted)
    const isJson = /json/.test(textOr(encoding['contentType']) ?? '')
    if (style === undefined && isJson) encodings.set(name, { style: 'json', explode: false })
    else if (style !== undefined || typeof encoding['explode'] === 'boolean') {
      encodings.set(name, { style: style ?? 'form', explode: encoding['explode'] !== false })
    }
  }
  return encodings
}

/** Properties that are bytes become files of earlier steps. */
function withFiles(shape: ObjectShape, media: Media, { translator, source }: ImportContext): ObjectShape {
  const raw = source.follow(media.value['schema'], media.pointer)?.value ?? {}
  const given = objectOr(raw['properties'])
  const encodings = objectOr(media.value['encoding'])
  const properties = [...shape.properties].map(([name, node]): [string, SchemaNode] => {
    const resolved = resolveNode(node, translator.definitions)
    if (typeof resolved === 'boolean') return [name, node]
    const type = textOr(objectOr(encodings[name])['contentType']) ?? ''
    const isBlob =
      isBinary(objectOr(own(given, name))) ||
      isBinary(resolved) ||
      /^(image|audio|video|application\/(octet|pdf|zip))/.test(type)
    if (isBlob && !isList(resolved)) return [name, fileNode(node)]
    const items = resolved['items']
    if (isObject(items) && isBinary(items)) return [name, { ...resolved, items: FILE_SCHEMA }]
    return [name, node]
  })
  return { ...shape, properties: new Map(properties), examples: [] }
}

function isList({ type }: JsonObject): boolean {
  return type === 'array' || type === 'object'
}

function fileNode(node: SchemaNode): JsonObject {
  const description = isObject(node) ? textOr(node['description']) : undefined
  return { ...FILE_SCHEMA, ...(description === undefined ? {} : { description }) }
}
