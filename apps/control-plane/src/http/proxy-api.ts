import { UserError } from '@inlay/engine'
import type { ApiContext } from '@inlay/platform/api'
import type { ApiKeyCaller } from '@inlay/platform/identity'
import { MAX_PROXY_BYTES, tooManyCalls, toProxyProblem } from '@inlay/platform/proxy'
import { readRawBody } from '@inlay/platform/triggers'
import express, { type ErrorRequestHandler, type Request, type Router } from 'express'
import type { ControlPlane } from '../compose.js'
import { FOREIGN_CONTENT_POLICY } from './foreign-content.js'
import { goneWith } from './gone-with.js'
import { InProgress } from './in-progress.js'
import { measureRequest } from './measure-request.js'
import { callerDenied, requireCaller } from './refusals.js'
import { createRequestContext } from './request-context.js'
import { siteOf } from './site.js'

type ProxyApiDeps = Pick<ControlPlane, 'services' | 'config' | 'addresses' | 'log' | 'metrics' | 'proxy'>

/** Calls of one tenant in this process; with the largest bodies both ways they hold 400 MiB. */
const MAX_IN_PROGRESS = 20

/** `/v1/proxy/{connectionId}/{path}`: calls a connected service with the customer's credentials. */
export function proxyApi(plane: ProxyApiDeps): Router {
  const router = express.Router()
  const inProgress = new InProgress(MAX_IN_PROGRESS, tooManyCalls)
  router.use(async (request, response) => {
    measureRequest(plane.metrics, response, { route: '/v1/proxy', method: request.method })
    const caller = requireKey(await createRequestContext(request, { plane, response }))
    const place = readPlace(request.url)
    // Until the answer is taken: it stays in memory for as long.
    response.once('close', inProgress.enter(caller.scope.tenantId))
    const { headers, method } = request
    const { status, ...answer } = await plane.proxy.call(caller.scope, place.connectionId, {
      ...place,
      method,
      headers,
      base: headers['x-proxy-base']?.toString(),
      body: await readRawBody(request, MAX_PROXY_BYTES),
      signal: goneWith(response),
    })
    response.status(status)
    response.setHeaders(new Map(Object.entries(answer.headers)))
    response.setHeader('content-security-policy', FOREIGN_CONTENT_POLICY)
    response.setHeader('x-proxied', '1')
    response.end(answer.body)
  })
  router.use(failures(plane))
  return router
}

/** Cookies do not count here: no page that a member visits may use what customers have connected. */
function requireKey(context: ApiContext): ApiKeyCaller {
  const caller = requireCaller(context, 'Send an API key as a bearer token.')
  if (caller.kind === 'apiKey' && caller.permissions.includes('connections:proxy')) return caller
  throw callerDenied('an API key with the permission connections:proxy')
}

/** The address as it was sent: the service is to see it as the caller wrote it. */
function readPlace(url: string): { connectionId: string; path: string; query: string } {
  const [, connectionId, path = '', query = ''] = /^\/([\w-]{1,100})(\/[^?]*)?(\?.*)?$/s.exec(url) ?? []
  if (connectionId !== undefined) return { connectionId, path, query }
  throw new UserError('not_found', 'not_found', 'There is no connection at this address.', {
    detail: 'The address is /v1/proxy/{connectionId}/{path of the service}.',
  })
}

/** Failed calls have codes and statuses of their own; what else went wrong is told as everywhere. */
function failures({ log, addresses }: ProxyApiDeps): ErrorRequestHandler {
  return (error: unknown, request: Request, response, next) => {
    const requestId = String(response.getHeader('x-request-id') ?? '')
    const failure = toProxyProblem(error, { requestId, baseUrl: siteOf(request, addresses).origin })
    if (failure === undefined || response.headersSent) {
      next(error)
      return
    }
    const { problem, retryAfterSeconds } = failure
    if (problem.status === 500) log.error({ error, requestId }, 'A connector failed behind the proxy.')
    if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds))
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
}
