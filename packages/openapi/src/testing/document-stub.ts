/**
 * Stands in for the service that a document describes. It reads the document by itself, not through the importer: a
 * mistake there must not hide itself here.
 */
import { dereference, type Schema, validate } from '@cfworker/json-schema'
import type { JsonObject, JsonValue } from '@inlay/engine'
import { isObject, listOr, objectOr, pointerPath, textOr, valueAt } from '../json.js'

/** A request as the stub server gives it. */
export interface WireRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
  readonly bytes: Uint8Array
}

/** What the stub answers. */
export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** What was called, and what was wrong with it. */
export interface WireCall {
  readonly operation: string
  readonly problems: readonly string[]
}

/** A handler for `startStubServer`, and what it has seen. */
export interface DocumentStub {
  readonly calls: readonly WireCall[]
  handle(request: WireRequest): WireAnswer
}

/** What stub answers hold: by operation, as `GET /orders`. */
export type StubSamples = ReadonlyMap<string, JsonValue>

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch']

/** A stub for an OpenAPI 3 document: answers what it was given for each operation, once a request is right. */
export function createDocumentStub(given: JsonObject, samples: StubSamples): DocumentStub {
  const document = objectOr(asJsonSchema(given, readOnlyNames(given)))
  const routes = routesOf(document)
  const lookup = dereference(document as Schema)
  registerTargets(document, lookup)
  const calls: WireCall[] = []
  return {
    calls,
    handle: (request) => {
      const [path = '', search = ''] = request.url.split(/\?(.*)/s)
      const route = routes
        .filter(
          ({ method, pattern, constants }) =>
            method === request.method &&
            pattern.test(path) &&
            constants.every((pair) => search.split('&').includes(pair)),
        )
        .toSorted((a, b) => b.weight - a.weight || takes(document, b, request) - takes(document, a, request))[0]
      if (route === undefined) return refuse(404, [`${request.method} ${path} is none of the document's`])
      const check = new RequestCheck(document, lookup, route)
      const problems = check.problems(request, { path, search })
      calls.push({ operation: `${route.method} ${route.template}`, problems })
      if (problems.length > 0)
        return refuse(problems.some((problem) => problem.startsWith('auth')) ? 401 : 400, problems)
      return answerOf(document, route, samples)
    },
  }
}

/** Operations of one path that a fragment tells apart take bodies of different types. */
function takes(document: JsonObject, { operation }: Route, request: WireRequest): number {
  const type = (header(request, 'content-type') ?? '').split(';')[0]?.trim() ?? ''
  const content = objectOr(follow(document, operation['requestBody'])['content'])
  return Number(Object.keys(content).some((name) => matches(name, type)))
}

const BASE = new URL('https://github.com/cfworker')

/** The validator does not look into lists such as `parameters`, where documents have schemas and references to them. */
function registerTargets(document: JsonObject, lookup: Record<string, Schema | boolean>): void {
  const visit = (value: JsonValue): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isObject(value)) return
    const reference = textOr(value['$ref'])
    const uri = reference === undefined ? undefined : new URL(reference, BASE).href
    if (reference !== undefined && uri !== undefined && lookup[uri] === undefined) {
      dereference(follow(document, value) as Schema, lookup, BASE, reference.slice(1))
    }
    for (const member of Object.values(value)) visit(member)
  }
  visit(document)
}

interface Route {
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

function routesOf(document: JsonObject): Route[] {
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

function follow(document: JsonObject, given: JsonValue | undefined): JsonObject {
  let current = objectOr(given)
  for (let hops = 0; hops < 20; hops++) {
    const reference = textOr(current['$ref'])
    if (reference === undefined) return current
    current = objectOr(valueAt(document, pointerPath(reference)))
  }
  return current
}

/** The document with its schemas as a validator of JSON Schema reads them; in place, so that references stay right. */
function asJsonSchema(value: JsonValue, readOnly: ReadonlySet<string>): JsonValue {
  if (Array.isArray(value)) return value.map((item) => asJsonSchema(item, readOnly))
  if (!isObject(value)) return value
  const members = Object.entries(value).filter(([key, member]) => !(DROPPED.has(key) && typeof member !== 'object'))
  const node = Object.fromEntries(
    members.map(([key, member]) => [
      key,
      key === 'enum' || key === 'default' ? member : asJsonSchema(member, readOnly),
    ]),
  )
  return { ...node, ...withNull(value), ...bounds(value), ...withoutReadOnly(value, readOnly), ...loose(node) }
}

const DROPPED = new Set(['format', 'pattern', 'example', 'id', '$id', 'exclusiveMinimum', 'exclusiveMaximum', 'oneOf'])

function withNull({ nullable, type, enum: choices }: JsonObject): JsonObject {
  if (nullable !== true) return {}
  return {
    ...(typeof type === 'string' ? { type: [type, 'null'] } : {}),
    ...(Array.isArray(choices) ? { enum: [...choices, null] } : {}),
  }
}

function bounds(node: JsonObject): JsonObject {
  const entries = [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ].flatMap(([flag = '', bound = '']): [string, JsonValue][] => {
    const value = node[flag] === true ? node[bound] : node[flag]
    return typeof value === 'number' ? [[flag, value]] : []
  })
  return Object.fromEntries(entries)
}

/** Names may be demanded in another part of an `allOf` than where they are described. */
function withoutReadOnly({ required }: JsonObject, readOnly: ReadonlySet<string>): JsonObject {
  return Array.isArray(required) ? { required: required.filter((name) => !readOnly.has(String(name))) } : {}
}

function readOnlyNames(value: JsonValue, names = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) readOnlyNames(item, names)
  if (!isObject(value)) return names
  for (const [name, property] of Object.entries(objectOr(value['properties']))) {
    if (objectOr(property)['readOnly'] === true) names.add(name)
  }
  for (const member of Object.values(value)) readOnlyNames(member, names)
  return names
}

/** Variants overlap in many documents, and services take what fits any of them. */
function loose({ oneOf }: JsonObject): JsonObject {
  return Array.isArray(oneOf) ? { anyOf: oneOf, oneOf: [{}] } : {}
}

const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' }

class RequestCheck {
  readonly #document: JsonObject
  readonly #lookup: Record<string, Schema | boolean>
  readonly #route: Route
  readonly #problems: string[] = []

  constructor(document: JsonObject, lookup: Record<string, Schema | boolean>, route: Route) {
    this.#document = document
    this.#lookup = lookup
    this.#route = route
  }

  problems(request: WireRequest, { path, search }: { readonly path: string; readonly search: string }): string[] {
    const pairs = search === '' ? [] : search.split('&').map((pair) => pair.split(/=(.*)/s).map(decode))
    const query = pairs.map(([name = '', value = '']) => [name, value] as const)
    this.#auth(request, query)
    this.#path(path)
    this.#query(query)
    this.#headers(request)
    this.#body(request)
    return this.#problems
  }

  #auth(request: WireRequest, query: readonly (readonly [string, string])[]): void {
    const alternatives = listOr(this.#route.operation['security'] ?? this.#document['security']).filter(isObject)
    const schemes = objectOr(objectOr(this.#document['components'])['securitySchemes'])
    const isMet = (name: string): boolean => {
      const scheme = follow(this.#document, schemes[name])
      const given = textOr(scheme['name']) ?? ''
      const authorization = header(request, 'authorization') ?? ''
      if (scheme['type'] !== 'apiKey')
        return scheme['scheme'] === 'basic' ? authorization.startsWith('Basic ') : authorization !== ''
      if (scheme['in'] === 'header') return header(request, given) !== undefined
      if (scheme['in'] === 'cookie') return (header(request, 'cookie') ?? '').includes(`${given}=`)
      return query.some(([key]) => key === given)
    }
    const isAllowed = alternatives.length === 0 || alternatives.some((set) => Object.keys(set).every(isMet))
    if (!isAllowed) this.#problems.push('auth: none of the ways to connect is on the request')
  }

  #path(path: string): void {
    const values = this.#route.pattern.exec(path)?.slice(1) ?? []
    for (const [index, name] of this.#route.names.entries()) {
      const parameter = this.#route.parameters.find((one) => one['in'] === 'path' && one['name'] === name)
      const style = parameter?.['style']
      // Where two placeholders touch, nothing tells where one ends.
      const isVague = this.#route.template.includes('}{')
      if (parameter === undefined || style === 'label' || style === 'matrix' || isVague) continue
      const text = decode(values[index] ?? '')
      const schema = follow(this.#document, parameter['schema'])
      this.#fits(`path ${name}`, parameter, schema['type'] === 'array' ? text.split(',') : text)
    }
  }

  #query(query: readonly (readonly [string, string])[]): void {
    const parameters = this.#route.parameters.filter((one) => one['in'] === 'query')
    for (const parameter of parameters) {
      const values = query.filter(([key]) => key === parameter['name']).map(([, value]) => value)
      if (!this.#isObjectLike(parameter)) this.#queryValue(parameter, values)
    }
    // The fields of an object may stand in the query under any name.
    if (parameters.some((parameter) => this.#isObjectLike(parameter))) return
    const schemes = Object.values(objectOr(objectOr(this.#document['components'])['securitySchemes']))
    const known = new Set([
      ...parameters.map((parameter) => parameter['name']),
      ...schemes.map((scheme) => follow(this.#document, scheme)['name']),
      ...this.#route.constants.map((pair) => decode(pair.split('=')[0] ?? '')),
    ])
    for (const [name] of query) if (!known.has(name)) this.#problems.push(`query ${name} is none of the document's`)
  }

  #isObjectLike(parameter: JsonObject): boolean {
    const schema = follow(this.#document, parameter['schema'])
    return parameter['content'] === undefined && (schema['type'] === 'object' || schema['properties'] !== undefined)
  }

  #queryValue(parameter: JsonObject, values: readonly string[]): void {
    const [first] = values
    const what = `query ${String(parameter['name'])}`
    if (first === undefined && parameter['required'] === true) this.#problems.push(`${what} is missing`)
    if (first === undefined || parameter['content'] !== undefined) return
    const isList = follow(this.#document, parameter['schema'])['type'] === 'array'
    const separator = SEPARATORS[String(parameter['style'])] ?? ','
    this.#fits(what, parameter, isList ? (parameter['explode'] === false ? first.split(separator) : values) : first)
  }

  #headers(request: WireRequest): void {
    for (const parameter of this.#route.parameters.filter((one) => one['in'] === 'header')) {
      const name = String(parameter['name'])
      if (/^(accept|content-type|authorization|accept-encoding|user-agent|host)$/i.test(name)) continue
      const value = header(request, name)
      if (value === undefined) {
        if (parameter['required'] === true) this.#problems.push(`header ${name} is missing`)
      } else if (follow(this.#document, parameter['schema'])['type'] !== 'array')
        this.#fits(`header ${name}`, parameter, value)
    }
  }

  #body(request: WireRequest): void {
    const body = follow(this.#document, this.#route.operation['requestBody'])
    const content = objectOr(body['content'])
    const type = (header(request, 'content-type') ?? '').split(';')[0]?.trim() ?? ''
    if (request.bytes.length === 0 && type === '') {
      if (body['required'] === true && request.method !== 'GET') this.#problems.push('the body is missing')
      return
    }
    const declared = Object.entries(content).find(([name]) => matches(name, type))
    if (declared === undefined) {
      this.#problems.push(`the body is ${type}, which is none of ${Object.keys(content).join(', ')}`)
      return
    }
    const schema = objectOr(objectOr(declared[1])['schema'])
    if (/json/.test(type)) this.#json(request.body, schema)
    else if (type === 'application/x-www-form-urlencoded')
      this.#names([...new URLSearchParams(request.body).keys()], schema)
    else if (type === 'multipart/form-data')
      this.#names(
        [...request.body.matchAll(/name="([^"]*)"/g)].map(([, name = '']) => name),
        schema,
      )
  }

  #json(text: string, schema: JsonObject): void {
    let value: JsonValue
    try {
      // What JSON.parse gives is a JSON value by definition.
      value = JSON.parse(text) as JsonValue
    } catch {
      this.#problems.push('the body is not JSON')
      return
    }
    const result = this.#validate(value, schema)
    for (const { instanceLocation, error } of result.errors.slice(-3))
      this.#problems.push(`body ${instanceLocation}: ${error}`)
  }

  #names(names: readonly string[], schema: JsonObject): void {
    const form = follow(this.#document, schema)
    for (const name of listOr(form['required'])) {
      const isThere = names.some((given) => given === name || given.startsWith(`${String(name)}[`))
      if (!isThere) this.#problems.push(`the form has no ${String(name)}`)
    }
  }

  #validate(value: JsonValue, schema: JsonObject) {
    const wrapped = { allOf: [schema] } as Schema
    dereference(wrapped, this.#lookup, BASE, `/inline/${Object.keys(this.#lookup).length}`)
    return validate(value, wrapped, '2020-12', this.#lookup, false)
  }

  #fits(what: string, parameter: JsonObject, given: string | readonly string[]): void {
    const schema = objectOr(parameter['schema'])
    const resolved = follow(this.#document, schema)
    const items = follow(this.#document, resolved['items'])
    const value = typeof given === 'string' ? typed(given, resolved) : given.map((item) => typed(item, items))
    const { valid, errors } = this.#validate(value, schema)
    if (!valid) this.#problems.push(`${what} is ${JSON.stringify(value)}: ${errors.at(-1)?.error ?? ''}`)
  }
}

function typed(text: string, schema: JsonObject): JsonValue {
  const types = Array.isArray(schema['type']) ? schema['type'] : [schema['type']]
  if ((types.includes('integer') || types.includes('number')) && text !== '' && Number.isFinite(Number(text)))
    return Number(text)
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true'
  return text
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

function header({ headers }: WireRequest, name: string): string | undefined {
  const value = headers[name.toLowerCase()]
  return Array.isArray(value) ? value.join(', ') : value
}

function matches(declared: string, type: string): boolean {
  const name = declared.split(';')[0]?.trim().toLowerCase() ?? ''
  return (
    name === type.toLowerCase() ||
    name === '' ||
    (name.includes('*') && new RegExp(`^${name.replace(/[.+]/g, '\\$&').replaceAll('*', '.*')}$`).test(type))
  )
}

function refuse(status: number, problems: readonly string[]): WireAnswer {
  return { status, headers: { 'content-type': 'text/plain' }, text: problems.join('; ') }
}

function answerOf(document: JsonObject, { operation, method, template }: Route, samples: StubSamples): WireAnswer {
  const responses = Object.entries(objectOr(operation['responses']))
  const good = responses.filter(([status]) => /^2/.test(status)).toSorted(([a], [b]) => a.localeCompare(b))
  const chosen = (good.length > 0 ? good : responses.filter(([status]) => status === 'default')).map(
    ([status, response]) => [status, follow(document, response)] as const,
  )
  const [status = '200', response = {}] =
    chosen.find(([, one]) => Object.keys(objectOr(one['content'])).length > 0) ?? chosen[0] ?? []
  const types = Object.keys(objectOr(response['content']))
  const code = /^\d+$/.test(status) ? Number(status) : 200
  const sample = samples.get(`${method} ${template}`)
  if (types.length === 0) return { status: code, headers: {}, text: '' }
  const type = types.find((one) => /json/.test(one)) ?? types[0] ?? ''
  const isJson = /json|\*\/\*/.test(type) || type === ''
  const text = isJson ? JSON.stringify(sample ?? null) : typeof sample === 'string' ? sample : 'sample'
  return {
    status: code,
    headers: { 'content-type': type.includes('*') || type === '' ? 'application/json' : type },
    text,
  }
}
