import { type ErrorKind, isInlayError, type StepError, UserError } from '@inlay/engine'
import { type Problem, type ProblemPlace, toProblem } from '../api/problem.js'
import { errorAddress } from '../help/index.js'

/** @param why as a sentence */
export function badPath(why: string): UserError {
  const detail = `${why} Send the path of the service's API, below its base address.`
  return new UserError('invalid', 'proxy.path', 'The path cannot be passed on.', { detail })
}

export function badMethod(method: string, known: readonly string[]): UserError {
  return new UserError('invalid', 'proxy.method', `The method ${method.slice(0, 20)} cannot be passed on.`, {
    detail: `Use one of ${known.join(', ')}.`,
  })
}

export function noApi(connectorName: string): UserError {
  return new UserError('unprocessable', 'proxy.no_api', `${connectorName} has no HTTP API to call.`, {
    detail: 'Only connections of connectors that name an API can be called through the proxy.',
  })
}

/** @param origins where the connector's credentials may go */
export function foreignBase(origins: readonly string[]): UserError {
  return new UserError('denied', 'proxy.base', 'The credentials of this connection may not be sent there.', {
    detail: `The header x-proxy-base can be one of ${origins.join(', ')}.`,
  })
}

/** @param limit calls that may be in progress */
export function tooManyCalls(limit: number): UserError {
  return new UserError('too_many', 'proxy.too_many', 'Too many calls are in progress.', {
    detail: `At most ${limit} calls of a tenant go through the proxy at once. Wait for one to end.`,
  })
}

/** How failures of a call through the proxy are told. Codes and statuses are stable. */
const FAILURES: Readonly<Record<ErrorKind, { readonly status: number; readonly code: string }>> = {
  validation: { status: 400, code: 'proxy.invalid' },
  expression: { status: 500, code: 'internal' },
  bug: { status: 500, code: 'proxy.connector_failed' },
  authentication: { status: 422, code: 'proxy.reconnect_needed' },
  authorization: { status: 422, code: 'proxy.not_permitted' },
  rejected: { status: 422, code: 'proxy.refused' },
  timeout: { status: 504, code: 'proxy.timeout' },
  rate_limited: { status: 429, code: 'proxy.held_back' },
  communication: { status: 502, code: 'proxy.unreachable' },
  limit: { status: 502, code: 'proxy.answer_too_large' },
  cancelled: { status: 503, code: 'proxy.cancelled' },
}

/** A failed call through the proxy as its caller sees it. */
export interface ProxyProblem {
  readonly problem: Problem
  /** Seconds after which another try makes sense. */
  readonly retryAfterSeconds?: number
}

/** Undefined for what is no failure of a call, and is told of as everywhere else. */
export function toProxyProblem(error: unknown, place: ProblemPlace): ProxyProblem | undefined {
  if (!isInlayError(error) || !('kind' in error)) return undefined
  // Errors with a code of this kind are step errors, also those of another copy of the engine.
  const { kind, retryAfterMs } = error as StepError
  const { status, code } = FAILURES[kind]
  const problem = { ...toProblem(error, place), status, code, type: errorAddress(place.baseUrl, code) }
  return retryAfterMs === undefined ? { problem } : { problem, retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }
}
