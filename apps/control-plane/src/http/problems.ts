import { isUnexpected, toProblem } from '@inlay/platform/api'
import type { Logger } from '@inlay/platform/telemetry'
import type { ErrorRequestHandler } from 'express'

/** Ends every failed request with a problem document (RFC 9457). Stacks go to the log, never to the caller. */
export function problems(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const requestId = String(response.getHeader('x-request-id') ?? '')
    if (isUnexpected(error)) log.error({ error, requestId }, 'A request failed unexpectedly.')
    if (response.headersSent) {
      next(error)
      return
    }
    const problem = toProblem(error, requestId)
    if (problem.status === 413) response.setHeader('connection', 'close')
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
}
