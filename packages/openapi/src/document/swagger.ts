/** Says what a Swagger 2 document says in the words of OpenAPI 3.0. */
import type { JsonObject, JsonValue } from '@inlay/engine'
import { isObject, listOr, objectOr, textOr } from '../json.js'
import type { Notes } from '../notes.js'

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch'])
/** Of parameters and headers, where OpenAPI 3 has a schema. */
const SCHEMA_KEYWORDS = new Set(
  'type format items default maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems enum multipleOf'.split(
    ' ',
  ),
)
const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'
const MULTIPART_TYPE = 'multipart/form-data'

interface Defaults {
  readonly consumes: readonly string[]
  readonly produces: readonly string[]
  readonly shared: JsonObject
}

/** The same document as OpenAPI 3.0. */
export function upgradeSwagger(document: JsonObject, notes: Notes): JsonObject {
  const renamed = objectOr(renameReferences(document))
  const defaults: Defaults = {
    consumes: texts(renamed['consumes']),
    produces: texts(renamed['produces']),
    shared: objectOr(renamed['parameters']),
  }
  const {
    definitions,
    securityDefinitions,
    responses,
    parameters: _,
    paths,
    host,
    basePath,
    schemes,
    ...kept
  } = renamed
  return {
    ...kept,
    openapi: '3.0.3',
    servers: serversOf({ host, basePath, schemes }),
    paths: mapObject(objectOr(paths), (item) => upgradePath(item, defaults, notes)),
    components: {
      schemas: objectOr(definitions),
      securitySchemes: mapObject(objectOr(securityDefinitions), upgradeScheme),
      responses: mapObject(objectOr(responses), (response) => upgradeResponse(response, defaults.produces)),
      parameters: mapObject(defaults.shared, (parameter) => upgradeParameter(objectOr(parameter))),
    },
  }
}

const RENAMED: readonly (readonly [string, string])[] = [
  ['#/definitions/', '#/components/schemas/'],
  ['#/parameters/', '#/components/parameters/'],
  ['#/responses/', '#/components/responses/'],
]

function renameReferences(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(renameReferences)
  if (!isObject(value)) return value
  return mapObject(value, (member, key) => {
    if (key !== '$ref' || typeof member !== 'string') return renameReferences(member)
    const [from, to] = RENAMED.find(([prefix]) => member.startsWith(prefix)) ?? ['', '']
    return to + member.slice(from.length)
  })
}

function serversOf(parts: { [key in 'host' | 'basePath' | 'schemes']: JsonValue | undefined }): JsonValue[] {
  const host = textOr(parts.host)
  const basePath = (textOr(parts.basePath) ?? '').replace(/^(?!\/|$)/, '/')
  if (host === undefined) return basePath === '' ? [] : [{ url: basePath }]
  const schemes = texts(parts.schemes).filter((scheme) => scheme === 'https' || scheme === 'http')
  // A document that names no scheme means the one by which it was fetched, which is not known here.
  const usable = schemes.length === 0 ? ['https'] : schemes
  return usable.map((scheme) => ({ url: `${scheme}://${host}${basePath}` }))
}

function upgradePath(item: JsonValue, defaults: Defaults, notes: Notes): JsonValue {
  if (!isObject(item)) return item
  const common = listOr(item['parameters'])
  return mapObject(item, (member, key) => {
    if (key === 'parameters') return common.filter((parameter) => !isOfBody(parameter, defaults)).map(upgradeListed)
    if (!METHODS.has(key) || !isObject(member)) return member
    return upgradeOperation(
      { ...member, parameters: mergedParameters(listOr(member['parameters']), common, defaults) },
      defaults,
      notes,
    )
  })
}

/** What bodies are made of cannot be inherited in OpenAPI 3. */
function mergedParameters(given: readonly JsonValue[], common: readonly JsonValue[], defaults: Defaults): JsonValue[] {
  return [...given, ...common.filter((parameter) => isOfBody(parameter, defaults))]
}

function shared(parameter: JsonValue, { shared }: Defaults): JsonObject {
  const reference = textOr(objectOr(parameter)['$ref'])
  const name = reference?.replace('#/components/parameters/', '')
  return name === undefined ? objectOr(parameter) : objectOr(shared[name])
}

function isOfBody(parameter: JsonValue, defaults: Defaults): boolean {
  const place = shared(parameter, defaults)['in']
  return place === 'body' || place === 'formData'
}

function upgradeOperation(operation: JsonObject, defaults: Defaults, notes: Notes): JsonObject {
  const { consumes, produces, parameters, schemes: _, ...kept } = operation
  const given = listOr(parameters)
  const body = given
    .filter((parameter) => isOfBody(parameter, defaults))
    .map((parameter) => shared(parameter, defaults))
  const types = Array.isArray(consumes) ? texts(consumes) : defaults.consumes
  const requestBody = upgradeBody(body, types)
  const answers = Array.isArray(produces) ? texts(produces) : defaults.produces
  if (body.filter(({ in: place }) => place === 'body').length > 1) {
    notes.add('left_out', '', `"${textOr(operation['operationId']) ?? 'An operation'}" has more than one body.`)
  }
  return {
    ...kept,
    parameters: given.filter((parameter) => !isOfBody(parameter, defaults)).map(upgradeListed),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: mapObject(objectOr(kept['responses']), (response) => upgradeResponse(response, answers)),
  }
}

function upgradeListed(parameter: JsonValue): JsonValue {
  return isObject(parameter) && textOr(parameter['$ref']) === undefined ? upgradeParameter(parameter) : parameter
}

const LIST_STYLES: Readonly<Record<string, JsonObject>> = {
  csv: { explode: false },
  multi: { explode: true },
  ssv: { style: 'spaceDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
}

function upgradeParameter(parameter: JsonObject): JsonObject {
  const { collectionFormat, ...rest } = parameter
  const entries = Object.entries(rest)
  const schema = Object.fromEntries(entries.filter(([key]) => SCHEMA_KEYWORDS.has(key)))
  const kept = Object.fromEntries(entries.filter(([key]) => !SCHEMA_KEYWORDS.has(key)))
  const format = textOr(collectionFormat) ?? 'csv'
  const isList = schema['type'] === 'array'
  return { ...kept, schema, ...(isList ? (LIST_STYLES[format] ?? { explode: false }) : {}) }
}

function upgradeBody(body: readonly JsonObject[], consumes: readonly string[]): JsonObject | undefined {
  const [whole] = body.filter((parameter) => parameter['in'] === 'body')
  if (whole !== undefined) {
    const types = consumes.filter((type) => type !== FORM_TYPE && type !== MULTIPART_TYPE)
    const schema = objectOr(whole['schema'])
    const content = Object.fromEntries((types.length === 0 ? [JSON_TYPE] : types).map((type) => [type, { schema }]))
    return { description: textOr(whole['description']) ?? '', required: whole['required'] === true, content }
  }
  if (body.length === 0) return undefined
  const hasFile = body.some((parameter) => parameter['type'] === 'file')
  const type =
    hasFile || (consumes.includes(MULTIPART_TYPE) && !consumes.includes(FORM_TYPE)) ? MULTIPART_TYPE : FORM_TYPE
  return { content: { [type]: formOf(body) } }
}

function formOf(body: readonly JsonObject[]): JsonObject {
  const properties: Record<string, JsonValue> = {}
  const encoding: Record<string, JsonValue> = {}
  const required: string[] = []
  for (const parameter of body) {
    const name = textOr(parameter['name'])
    if (name === undefined || name === '__proto__') continue
    const { schema, style, explode, description } = upgradeParameter(parameter)
    properties[name] = { ...objectOr(schema), ...(description === undefined ? {} : { description }) }
    if (explode !== undefined) encoding[name] = { style: style ?? 'form', explode }
    if (parameter['required'] === true) required.push(name)
  }
  const listed = required.length === 0 ? {} : { required }
  return { schema: { type: 'object', properties, ...listed }, encoding }
}

function upgradeResponse(response: JsonValue, produces: readonly string[]): JsonValue {
  if (!isObject(response)) return response
  const { schema, examples, headers, ...kept } = response
  const upgraded = mapObject(objectOr(headers), (header) => upgradeParameter(objectOr(header)))
  if (schema === undefined) return { ...kept, headers: upgraded }
  const types = produces.length === 0 ? [JSON_TYPE] : produces
  const content = types.map((type) => {
    const example = objectOr(examples)[type]
    return [type, { schema, ...(example === undefined ? {} : { example }) }] as const
  })
  return { ...kept, headers: upgraded, content: Object.fromEntries(content) }
}

const FLOWS: Readonly<Record<string, string>> = {
  implicit: 'implicit',
  password: 'password',
  application: 'clientCredentials',
  accessCode: 'authorizationCode',
}

function upgradeScheme(scheme: JsonValue): JsonValue {
  if (!isObject(scheme)) return scheme
  const { type, flow, authorizationUrl, tokenUrl, scopes, ...kept } = scheme
  if (type === 'basic') return { ...kept, type: 'http', scheme: 'basic' }
  if (type !== 'oauth2') return scheme
  const addresses = Object.entries({ authorizationUrl, tokenUrl }).filter(([, url]) => typeof url === 'string')
  const name = FLOWS[textOr(flow) ?? ''] ?? 'implicit'
  // Undefined addresses were left out above.
  return {
    ...kept,
    type,
    flows: { [name]: { ...(Object.fromEntries(addresses) as JsonObject), scopes: objectOr(scopes) } },
  }
}

function texts(value: JsonValue | undefined): string[] {
  return listOr(value).filter((item) => typeof item === 'string')
}

function mapObject(object: JsonObject, map: (value: JsonValue, key: string) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]))
}
