import { type JsonValue, UserError } from '@inlay/engine'
import { once, openApiDocument, type RestRoute, restRoutes } from '@inlay/platform/api'
import { parseJson, readRawBody } from '@inlay/platform/triggers'
import express, { type Request, type Response, type Router } from 'express'
import type { ControlPlane } from '../compose.js'
import { createRequestContext } from './request-context.js'

/** `/v1`: every procedure with a REST address, and the OpenAPI document. */
export function restApi(plane: ControlPlane): Router {
  const router = express.Router({ caseSensitive: true })
  const document = openApiDocument(plane.config.baseUrl)
  router.get('/openapi.json', (_request, response) => void response.json(document))
  for (const route of restRoutes()) {
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
    router[method](route.path, (request, response) => handle(plane, route, { request, response }))
  }
  router.use(() => {
    throw new UserError('not_found', 'not_found', 'There is nothing at this address.', {
      detail: 'The API is described at /docs.',
    })
  })
  return router
}

interface Exchange {
  readonly request: Request
  readonly response: Response
}

async function handle(plane: ControlPlane, route: RestRoute, { request, response }: Exchange): Promise<void> {
  const context = await createRequestContext(request, response, {
    services: plane.services,
    baseUrl: plane.config.baseUrl,
  })
  const input = await readInput(request)
  // What procedures give is JSON by their output schemas.
  const run = async () => ({ status: route.status, body: (await route.call(context, input)) as JsonValue })
  const key = request.headers['idempotency-key']
  const keyed = route.method === 'POST' && typeof key === 'string' && key !== '' && context.caller !== null
  const caller = context.caller
  const answer =
    keyed && caller !== null
      ? await once(
          plane.database,
          { caller, route: `${route.method} ${request.baseUrl}${request.path}`, key, input },
          run,
        )
      : await run()
  response.status(answer.status).json(answer.body)
}

/** Path parameters, query and body as the one input that a procedure takes. Parameters of the path win. */
async function readInput(request: Request): Promise<Record<string, unknown>> {
  const query = Object.fromEntries(new URL(request.originalUrl, 'http://local').searchParams)
  return { ...query, ...(await readBody(request)), ...request.params }
}

async function readBody(request: Request): Promise<Record<string, unknown>> {
  if (request.method === 'GET' || request.method === 'DELETE') return {}
  const raw = await readRawBody(request)
  if (raw.length === 0) return {}
  const body = parseJson(raw.toString('utf8'))
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body }
  throw new UserError('invalid', 'request.invalid', 'The body must be a JSON object.')
}
