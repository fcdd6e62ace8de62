import type { JsonObject, JsonValue } from '@inlay/engine'
import type { Located } from '../document/source.js'
import type { ImportedParameter } from '../imported-connector.js'
import { isObject, listOr, objectOr, own, textOr } from '../json.js'
import type { SchemaNode } from '../schema/node.js'
import type { FoundOperation, ImportContext } from './context.js'

/** A parameter with what its form needs; its field is named later. */
export interface ReadParameter extends Omit<ImportedParameter, 'field'> {
  readonly schema: SchemaNode
  readonly isRequired: boolean
  /** An example from the document. */
  readonly example?: JsonValue
  readonly pointer: string
}

/** What an operation takes besides its body. */
export interface ReadParameters {
  readonly parameters: ReadParameter[]
  readonly idempotency?: { readonly header: string; readonly form: 'text' | 'uuid' }
}

/** What follows from the URL, the body, the credentials or the connection. */
const OWN_HEADERS = new Set(['accept', 'content-type', 'authorization'])
const RESERVED_HEADERS = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'accept-encoding',
  'user-agent',
])
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/
const IDEMPOTENCY = /^(x-)?idempotency-?key$/i
/** What a signature of AWS brings along. */
const AWS_PARAMETER = /^x-amz-(content-sha256|date|algorithm|credential|security-token|signature|signedheaders)$/i
const MAX_PARAMETERS = 300

/** Parameters of an operation and its path. Those that credentials fill are left to the connection. */
export function readParameters(found: FoundOperation, context: ImportContext): ReadParameters {
  const located = locatedParameters(found, context)
  const keys = located.filter(({ value }) => value['in'] === 'header' && IDEMPOTENCY.test(textOr(value['name']) ?? ''))
  const parameters = located
    .filter((parameter) => !keys.includes(parameter) && !isCredential(parameter.value, context))
    .flatMap((parameter) => readParameter(parameter, context) ?? [])
  const [key] = keys
  return { parameters, ...(key === undefined ? {} : { idempotency: idempotencyOf(key.value) }) }
}

/** Those of the path and of the operation, which may replace one of the path. */
function locatedParameters(found: FoundOperation, { source, notes }: ImportContext): Located[] {
  const byPlace = new Map<string, Located>()
  const lists = [
    { list: listOr(found.item.value['parameters']), pointer: `${found.item.pointer}/parameters` },
    { list: listOr(found.operation['parameters']), pointer: `${found.pointer}/parameters` },
  ]
  for (const { list, pointer } of lists) {
    for (const [index, given] of list.slice(0, MAX_PARAMETERS).entries()) {
      const located = source.follow(given, `${pointer}/${index}`)
      if (located === undefined) continue
      const { value } = located
      byPlace.set(`${value['in']} ${value['name']}`, { value, pointer: `${pointer}/${index}` })
    }
    if (list.length <= MAX_PARAMETERS) continue
    notes.add('left_out', pointer, `Only the first ${MAX_PARAMETERS} parameters are carried.`)
  }
  return [...byPlace.values()]
}

/** Services that bound the key's length get one of a known length. */
function idempotencyOf(parameter: JsonObject): NonNullable<ReadParameters['idempotency']> {
  const schema = objectOr(parameter['schema'])
  const isUuid = schema['format'] === 'uuid' || typeof schema['maxLength'] === 'number'
  return { header: (textOr(parameter['name']) ?? '').toLowerCase(), form: isUuid ? 'uuid' : 'text' }
}

/** Some documents list the key of the security scheme among the parameters too. */
function isCredential({ in: place, name }: JsonObject, { auth }: ImportContext): boolean {
  const isSame = (a: string): boolean =>
    place === 'header' ? a.toLowerCase() === String(name).toLowerCase() : a === name
  return auth.auth.some(
    ({ credentials, signature }) =>
      credentials.some((credential) => credential.in === place && isSame(credential.name)) ||
      (signature !== undefined && AWS_PARAMETER.test(String(name))),
  )
}

const STYLES: Readonly<Record<string, readonly ImportedParameter['style'][]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
}

function readParameter({ value, pointer }: Located, context: ImportContext): ReadParameter | undefined {
  const { notes } = context
  const name = textOr(value['name']) ?? ''
  const place = textOr(value['in']) ?? ''
  const refusal = refusalOf(name, place)
  if (refusal !== undefined) {
    notes.add('left_out', pointer, refusal)
    return undefined
  }
  const common = {
    name,
    // Other places were refused above.
    in: place as ImportedParameter['in'],
    isRequired: place === 'path' || value['required'] === true,
    pointer,
  }
  const media = contentOf(value, pointer)
  if (media !== undefined) {
    const schema = described(
      context.translator.translate(media.value['schema'], `${media.pointer}/schema`, 'in'),
      value,
    )
    return { ...common, style: 'json', explode: false, schema, ...exampleOf(media.value, context) }
  }
  const allowed = STYLES[place] ?? []
  const wanted = textOr(value['style'])
  const style = allowed.find((one) => one === wanted) ?? allowed[0] ?? 'form'
  if (wanted !== undefined && style !== wanted)
    notes.add('changed', pointer, `The style "${wanted}" does not exist for ${place}; it is sent as "${style}".`)
  const schema = described(
    context.translator.translate(value['schema'] ?? bareSchema(value), `${pointer}/schema`, 'in'),
    value,
  )
  return {
    ...common,
    style,
    explode: typeof value['explode'] === 'boolean' ? value['explode'] : style === 'form' || style === 'deepObject',
    ...(value['allowReserved'] === true ? { allowReserved: true } : {}),
    schema,
    ...exampleOf(value, context),
  }
}

/** Parameters written as in Swagger 2 within a document of OpenAPI 3. */
function bareSchema(value: JsonObject): JsonObject {
  const { name: _n, in: _i, required: _r, description: _d, ...rest } = value
  return typeof rest['type'] === 'string' ? rest : {}
}

function refusalOf(name: string, place: string): string | undefined {
  if (name === '' || name === '__proto__') return `A parameter needs a name; "${name}" is none.`
  if (STYLES[place] === undefined) return `A parameter cannot be in "${place}".`
  const header = name.toLowerCase()
  if (place !== 'header') return undefined
  if (OWN_HEADERS.has(header)) return `The header "${name}" follows from the body and the connection.`
  if (RESERVED_HEADERS.has(header)) return `The header "${name}" is the HTTP client's own.`
  return HEADER_NAME.test(name) ? undefined : `"${name.slice(0, 100)}" is no name of a header.`
}

function contentOf(value: JsonObject, pointer: string): Located | undefined {
  const [entry] = Object.entries(objectOr(value['content']))
  if (entry === undefined) return undefined
  const [type, media] = entry
  return { value: objectOr(media), pointer: `${pointer}/content/${type.replaceAll('/', '~1')}` }
}

/** What a parameter says of itself belongs to its schema, where forms look. */
function described(schema: SchemaNode, value: JsonObject): SchemaNode {
  const description = textOr(value['description'])?.trim()
  const isOld = value['deprecated'] === true ? { deprecated: true } : {}
  if (description === undefined || description === '')
    return typeof schema === 'boolean' || value['deprecated'] !== true ? schema : { ...schema, ...isOld }
  return { ...(typeof schema === 'boolean' ? {} : schema), description: description.slice(0, 1000), ...isOld }
}

/** The first example of a parameter or media type. */
export function exampleOf(
  value: JsonObject,
  { source }: Pick<ImportContext, 'source'>,
): { readonly example?: JsonValue } {
  if (value['example'] !== undefined) return { example: value['example'] }
  const [first] = Object.values(objectOr(value['examples']))
  const located = isObject(first) ? source.follow(first, '') : undefined
  const example = located === undefined ? undefined : own(located.value, 'value')
  return example === undefined ? {} : { example }
}
