import type { RequestHandler } from 'express'
import type { OriginCheck } from './allowed-origins.js'
import { isOwnPage, originOf } from './request-origin.js'

const METHODS = 'GET, POST, PUT, PATCH, DELETE'
const REQUEST_HEADERS = 'authorization, content-type, idempotency-key, trpc-accept, trpc-batch-mode'
const ANSWER_HEADERS = 'x-request-id, retry-after'
const PREFLIGHT_SECONDS = '600'

/**
 * Lets pages of tenants' allowed origins call with a bearer token. A preflight names no tenant, so any tenant's origin
 * passes here; what a token may do is checked with the request. Cookies are never accepted across origins.
 */
export function crossOrigin({ baseUrl, isAllowed }: { baseUrl: string; isAllowed: OriginCheck }): RequestHandler {
  return async (request, response, next) => {
    const origin = originOf(request)
    if (origin === undefined || isOwnPage(request, baseUrl)) return next()
    response.vary('Origin')
    const allowed = await isAllowed(origin)
    if (allowed) {
      response.setHeader('access-control-allow-origin', origin)
      response.setHeader('access-control-expose-headers', ANSWER_HEADERS)
    }
    if (request.method !== 'OPTIONS') return next()
    if (allowed) {
      response.setHeader('access-control-allow-methods', METHODS)
      response.setHeader('access-control-allow-headers', REQUEST_HEADERS)
      response.setHeader('access-control-max-age', PREFLIGHT_SECONDS)
    }
    response.status(204).end()
  }
}
