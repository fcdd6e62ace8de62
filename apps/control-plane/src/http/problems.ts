import { UserError } from '@inlay/engine'
import { isUnexpected, toProblem } from '@inlay/platform/api'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { ControlPlane } from '../compose.js'
import { siteOf } from './site.js'

const RETRY_AFTER_SECONDS = '5'

/** Ends every failed request with a problem document (RFC 9457). Stacks go to the log, never to the caller. */
export function problems({ log, addresses }: Pick<ControlPlane, 'log' | 'addresses'>): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    const requestId = String(response.getHeader('x-request-id') ?? '')
    const error = isClientError(thrown) ? malformed(thrown) : thrown
    if (isUnexpected(error)) log.error({ error, requestId }, 'A request failed unexpectedly.')
    if (response.headersSent) {
      next(error)
      return
    }
    const problem = toProblem(error, { requestId, baseUrl: siteOf(request, addresses).origin })
    // The rest of a body that is too large is not read: the connection ends with the answer.
    if (problem.status === 413) response.setHeader('connection', 'close')
    if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer')
    if (problem.status === 503) response.setHeader('retry-after', RETRY_AFTER_SECONDS)
    if (problem.retryAfterSeconds !== undefined) response.setHeader('retry-after', String(problem.retryAfterSeconds))
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
}

/** The end of the line: nothing answered. */
export function nothingHere(): RequestHandler {
  return ({ method, path }) => {
    throw new UserError('not_found', 'not_found', `There is nothing at ${method} ${path}.`, {
      detail: 'The API is described at /docs.',
    })
  }
}

/** Express marks what it refuses itself, such as an address that cannot be decoded, with a status. */
function isClientError(error: unknown): error is Error {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500
}

function malformed(cause: Error): UserError {
  const detail = 'Its address cannot be read.'
  return new UserError('invalid', 'request.malformed', 'The request cannot be read.', { detail, cause })
}
