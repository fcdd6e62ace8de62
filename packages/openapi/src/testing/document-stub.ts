/**
 * Stands in for the service that a document describes. It reads the document by itself, not through the importer: a
 * mistake there must not hide itself here.
 */
import type { JsonObject, JsonValue } from '@inlay/engine'
import { objectOr } from '../json.js'
import { RequestCheck } from './request-check.js'
import { follow, type Route, routeFor, routesOf } from './stub-routes.js'
import { readSchemas } from './stub-schemas.js'
import type { WireAnswer, WireRequest } from './wire.js'

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

/** A stub for an OpenAPI 3 document: answers what it was given for each operation, once a request is right. */
export function createDocumentStub(given: JsonObject, samples: StubSamples): DocumentStub {
  const readable = readSchemas(given)
  const { document } = readable
  const routes = routesOf(document)
  const calls: WireCall[] = []
  return {
    calls,
    handle: (request) => {
      const route = routeFor(document, routes, request)
      if (route === undefined) return refuse(404, [`${request.method} ${request.url} is none of the document's`])
      const problems = new RequestCheck(readable, route).problems(request)
      calls.push({ operation: `${route.method} ${route.template}`, problems })
      if (problems.length === 0) return answerOf(document, route, samples)
      return refuse(problems.some((problem) => problem.startsWith('auth')) ? 401 : 400, problems)
    },
  }
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
