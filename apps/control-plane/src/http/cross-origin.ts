import type { RequestHandler } from 'express'
import type { IsAllowedOrigin } from './allowed-origins.js'

const METHODS = 'GET, POST, PUT, PATCH, DELETE'
const HEADERS = 'authorization, content-type, idempotency-key, trpc-accept'
const PREFLIGHT_SECONDS = '600'

/** Lets pages of tenants' allowed origins call with a bearer token. Cookies are never accepted across origins. */
export function crossOrigin(isAllowed: IsAllowedOrigin): RequestHandler {
  return async (request, response, next) => {
    const { origin } = request.headers
    if (origin === undefined) return next()
    response.vary('Origin')
    if (await isAllowed(origin)) {
      response.setHeader('access-control-allow-origin', origin)
      response.setHeader('access-control-expose-headers', 'x-request-id, retry-after')
      if (request.method === 'OPTIONS') {
        response.setHeader('access-control-allow-methods', METHODS)
        response.setHeader('access-control-allow-headers', HEADERS)
        response.setHeader('access-control-max-age', PREFLIGHT_SECONDS)
        response.status(204).end()
        return
      }
    }
    next()
  }
}
