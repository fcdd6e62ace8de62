import type { JsonObject, JsonValue } from '@inlay/engine'
import type { ImportedBody, ImportedBodyProperty, ImportedParameter } from '../imported-connector.js'
import { isObject, own } from '../json.js'
import { FILE_SAMPLE } from '../schema/file-schema.js'
import type { SchemaNode } from '../schema/node.js'
import { SECRET_NAME, withoutSecrets } from '../schema/secrets.js'
import { titled } from '../schema/titled.js'
import type { ReadParameter } from './parameters.js'
import type { ReadBody } from './request-body.js'

/** One form for everything that an operation takes. */
export interface InputForm {
  readonly parameters: ImportedParameter[]
  readonly body?: ImportedBody
  readonly schema: JsonObject
  /** The part of the form that a sample shows: what has to be there, what the document shows, and the body. */
  readonly sampled: JsonObject
  /** A name that no field has yet. */
  freeName(wanted: string): string
}

interface Field {
  readonly name: string
  readonly node: SchemaNode
  readonly isRequired: boolean
  readonly isSampled: boolean
  /** Of a body that may be left out, but has to be whole when it is there. */
  readonly isNeededInBody?: boolean
  readonly isInBody?: boolean
}

const PLACES: readonly ImportedParameter['in'][] = ['path', 'query', 'header', 'cookie']

/** Puts parameters and body fields side by side. The first of two with one name keeps it, the other tells its place. */
export function inputForm(parameters: readonly ReadParameter[], body: ReadBody | undefined): InputForm {
  const taken = new Set<string>()
  const nameOf = (name: string, place: string): string => {
    let free = taken.has(name) || name === '__proto__' ? `${place}_${name}` : name
    for (let count = 2; taken.has(free); count++) free = `${place}_${name}_${count}`
    taken.add(free)
    return free
  }
  const fields: Field[] = []
  const placed = PLACES.flatMap((place) => parameters.filter((parameter) => parameter.in === place)).map(
    (parameter) => {
      const { schema, isRequired, example, pointer: _, ...kept } = parameter
      const field = nameOf(parameter.name, parameter.in)
      const isSampled = isRequired || example !== undefined
      fields.push({ name: field, node: withExample(parameter.name, schema, example), isRequired, isSampled })
      return { ...kept, field }
    },
  )
  const written = body === undefined ? undefined : bodyOf(body, { fields, nameOf })
  const isOpen = written?.isOpen === true
  return {
    parameters: placed,
    ...(written === undefined ? {} : { body: written }),
    schema: { ...formSchema(fields, isOpen), ...wholeBody(fields) },
    sampled: formSchema(
      fields
        .filter(({ isSampled }) => isSampled)
        .map((field) => ({ ...field, isRequired: field.isRequired || field.isNeededInBody === true })),
      isOpen,
    ),
    freeName: (wanted) => nameOf(wanted, 'inlay'),
  }
}

interface FormContext {
  readonly fields: Field[]
  nameOf(name: string, place: string): string
}

function bodyOf(body: ReadBody, { fields, nameOf }: FormContext): ImportedBody {
  const { kind, contentType, isRequired, shape, example, encodings } = body
  if (shape === undefined) {
    const field = nameOf(kind === 'bytes' ? 'file' : 'body', 'body')
    const node = withExample(
      field,
      withDescription(body.schema, body.description),
      kind === 'bytes' ? FILE_SAMPLE : example,
    )
    fields.push({ name: field, node, isRequired, isSampled: true })
    return { kind, contentType, field, properties: [], isOpen: false }
  }
  const [whole] = [...(isObject(example) ? [example] : []), ...shape.examples]
  const properties = [...shape.properties].map(([name, node]): ImportedBodyProperty => {
    const field = nameOf(name, 'body')
    fields.push({
      name: field,
      node: withExample(name, node, whole === undefined ? undefined : own(whole, name)),
      isRequired: isRequired && shape.required.has(name),
      isSampled: true,
      isNeededInBody: !isRequired && shape.required.has(name),
      isInBody: true,
    })
    return { field, name, ...encodings.get(name) }
  })
  return { kind, contentType, properties, isOpen: shape.isOpen }
}

function formSchema(fields: readonly Field[], isOpen: boolean): JsonObject {
  const required = fields.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, node }) => [name, titled(name, node, 'in')])),
    ...(required.length === 0 ? {} : { required }),
    ...(isOpen ? {} : { additionalProperties: false }),
  }
}

/** One field of the body asks for those that it cannot be without. */
function wholeBody(fields: readonly Field[]): JsonObject {
  const needed = fields.filter(({ isNeededInBody }) => isNeededInBody === true).map(({ name }) => name)
  if (needed.length === 0) return {}
  const ofBody = fields.filter(({ isInBody }) => isInBody === true)
  return {
    dependentRequired: Object.fromEntries(ofBody.map(({ name }) => [name, needed.filter((one) => one !== name)])),
  }
}

function withExample(name: string, node: SchemaNode, example: JsonValue | undefined): SchemaNode {
  if (example === undefined || SECRET_NAME.test(name) || JSON.stringify(example).length > 2000) return node
  return { ...(typeof node === 'boolean' ? {} : node), examples: [withoutSecrets(example)] }
}

function withDescription(node: SchemaNode, description: string): SchemaNode {
  if (description === '' || (isObject(node) && node['description'] !== undefined)) return node
  return { ...(typeof node === 'boolean' ? {} : node), description }
}
