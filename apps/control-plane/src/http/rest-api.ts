import { type JsonValue, UserError } from '@inlay/engine'
import { once, openApiDocument, type RestRoute, restRoutes } from '@inlay/platform/api'
import { parseJson, readRawBody } from '@inlay/platform/triggers'
import express, { type Request, type Response, type Router } from 'express'
import type { ControlPlane } from '../compose.js'
import { measureRequest } from './measure-request.js'
import { createRequestContext } from './request-context.js'
import { siteOf } from './site.js'

/** `/v1`: every procedure with a REST address, and the OpenAPI document. */
export function restApi(plane: ControlPlane): Router {
  const router = express.Router({ caseSensitive: true })
  const document = openApiDocument(plane.config.baseUrl)
  router.get('/openapi.json', (request, response) => {
    const { origin } = siteOf(request, plane.addresses)
    // Whoever reads it at a tenant's domain calls that, and learns of no other.
    const text = JSON.stringify(document).replaceAll(plane.addresses.baseUrl, () => origin)
    response.type('application/json').send(text)
  })
  for (const route of restRoutes()) {
    // The methods of routes are those that a router has, in capitals.
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
    router[method](route.path, (request, response) => answer(plane, route, { request, response }))
  }
  return router
}

interface Exchange {
  readonly request: Request
  readonly response: Response
}

async function answer(plane: ControlPlane, route: RestRoute, { request, response }: Exchange): Promise<void> {
  measureRequest(plane.metrics, response, { route: `/v1${route.path}`, method: route.method })
  const context = await createRequestContext(request, { plane, response })
  const input = await readInput(request)
  // What procedures give is JSON by their output schemas.
  const run = async () => ({ status: route.status, body: (await route.call(context, input)) as JsonValue })
  const { caller, idempotencyKey: key } = context
  const place = `${route.method} ${request.baseUrl}${request.path}`
  const { status, body } =
    route.method === 'POST' && key !== undefined && caller !== null
      ? await once(plane, { caller, route: place, key, input }, run)
      : await run()
  response.status(status).json(body)
}

/** Path parameters, query and body as the one input that a procedure takes. Parameters of the path win. */
async function readInput(request: Request): Promise<Record<string, unknown>> {
  const query = Object.fromEntries(new URL(request.originalUrl, 'http://local').searchParams)
  return { ...query, ...(await readBody(request)), ...request.params }
}

async function readBody(request: Request): Promise<Record<string, unknown>> {
  if (request.method === 'GET') return {}
  const raw = await readRawBody(request)
  if (raw.length === 0) return {}
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) {
    throw new UserError('invalid', 'request.media_type', 'The body must be JSON.', {
      detail: `Send the header content-type: application/json${type === '' ? '' : `, not ${type.slice(0, 100)}`}.`,
    })
  }
  const body = parseJson(raw.toString('utf8'))
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body }
  throw new UserError('invalid', 'request.invalid', 'The body must be a JSON object.')
}
