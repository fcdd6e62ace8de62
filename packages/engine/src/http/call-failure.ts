import { isInlayError, StepError } from '../contracts/errors.js'

/** What to do, by the code that Node or undici gave its error. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'There is no such name. Check the address for typing errors.',
  EAI_AGAIN: 'The name cannot be looked up at the moment. Try again later.',
  ECONNREFUSED: 'Nothing answers there. Check the port, and that the service is running.',
  ECONNRESET: 'The connection was cut before the answer was complete. The service may have acted on the request.',
  UND_ERR_SOCKET: 'The connection was cut before the answer was complete. The service may have acted on the request.',
  EPIPE: 'The connection was cut before the request was sent completely.',
  ETIMEDOUT: 'The service did not take the connection in time. Try again later.',
  UND_ERR_CONNECT_TIMEOUT: 'The service did not take the connection in time. Try again later.',
  UND_ERR_DESTROYED: 'This process is shutting down. The call is made again elsewhere if it may be repeated.',
  UND_ERR_CLOSED: 'This process is shutting down. The call is made again elsewhere if it may be repeated.',
}

const CERTIFICATE_CODES = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/
const REQUEST_CODES = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH'])

/** Turns whatever a socket or undici made of a failed call into an error that says what to do. */
export function toCallFailure(error: unknown, host: string): Error {
  if (isInlayError(error)) return error
  // undici wraps some errors, and our own refusals among them.
  if (error instanceof Error && isInlayError(error.cause)) return error.cause
  const code = codeOf(error)
  if (REQUEST_CODES.has(code)) {
    const detail = error instanceof Error ? error.message : code
    return new StepError('validation', 'The request is not valid', { detail, cause: error })
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new StepError('limit', `The headers of ${host}'s answer are too large`, {
      detail: 'At most 16 KiB of headers are read.',
      cause: error,
    })
  }
  return unreachable(host, error)
}

/** The error for a service that gave no complete answer. */
export function unreachable(host: string, cause?: unknown): StepError {
  return new StepError('communication', `${host} cannot be reached`, { detail: adviceFor(codeOf(cause)), cause })
}

/** Why a call ended early, as an error with a kind; `reason` is what a signal was aborted with. */
export function toStopReason(reason: unknown, what: string): Error {
  if (isInlayError(reason)) return reason
  if (reason instanceof Error && reason.name === 'TimeoutError') return timeLimit(what, { cause: reason })
  return new StepError('cancelled', `The call to ${what} was cancelled`, { cause: reason })
}

/** The error for a call that took too long. */
export function timeLimit(what: string, { ms, cause }: { readonly ms?: number; readonly cause?: unknown }): StepError {
  const title = ms === undefined ? `${what} took too long` : `${what} took longer than ${ms / 1000} s`
  const detail = 'The service did not answer completely in time. Try again, or raise the time-out.'
  return new StepError('timeout', title, { detail, cause })
}

function adviceFor(code: string): string {
  if (CERTIFICATE_CODES.test(code)) return `Its certificate is not trusted (${code}). The service has to renew it.`
  if (code.startsWith('HPE_')) return 'What answers there does not speak HTTP. Check scheme and port.'
  return ADVICE[code] ?? 'The name has no address, or nothing answers there. Check it for typing errors and try again.'
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
