import { dereference, type Schema, validate } from '@cfworker/json-schema'
import type { JsonObject, JsonValue } from '@inlay/engine'
import { isObject, listOr, objectOr, textOr } from '../json.js'
import { follow, type Route } from './stub-routes.js'
import { BASE, type ReadableDocument, type SchemaLookup } from './stub-schemas.js'
import { header, isOfType, type WireRequest } from './wire.js'

const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' }

/** Looks for what is wrong with one request for an operation. */
export class RequestCheck {
  readonly #document: JsonObject
  readonly #lookup: SchemaLookup
  readonly #route: Route
  readonly #problems: string[] = []

  constructor({ document, lookup }: ReadableDocument, route: Route) {
    this.#document = document
    this.#lookup = lookup
    this.#route = route
  }

  /** In words; those of credentials begin with `auth`. */
  problems(request: WireRequest): string[] {
    const [path = '', search = ''] = request.url.split(/\?(.*)/s)
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
    const declared = Object.entries(content).find(([name]) => isOfType(name, type))
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
