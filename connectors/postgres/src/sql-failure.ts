import { type ErrorKind, isInlayError, StepError, type StepErrorOptions } from '@inlay/sdk/connector'

/** What the driver adds to errors of the server and of the connection. */
interface DriverError {
  readonly code?: string
  readonly message?: string
  readonly detail?: string
  readonly constraint_name?: string
}

const BY_STATE: Readonly<Record<string, ErrorKind>> = {
  '28': 'authentication',
  '3D': 'authentication',
  '42501': 'authorization',
  '23': 'rejected',
  '08': 'communication',
  '57014': 'timeout',
  '57': 'communication',
  '40': 'communication',
  '53300': 'rate_limited',
  '53': 'communication',
}

const TITLES: Readonly<Partial<Record<ErrorKind, string>>> = {
  authentication: 'PostgreSQL did not accept the credentials',
  authorization: 'The user of the connection may not do this in PostgreSQL',
  communication: 'PostgreSQL had a problem',
  timeout: 'PostgreSQL took too long for the statement',
  rate_limited: 'PostgreSQL takes no more connections at present',
}

/** Turns what the driver throws into the kind that says whether trying again can help, by SQLSTATE. */
export function toSqlFailure(error: unknown): unknown {
  if (isInlayError(error)) return error
  // Whatever the driver throws is an error of this shape.
  const { code = '', message = 'unknown', detail, constraint_name: constraint } = error as DriverError
  const isSqlState = /^[0-9A-Z]{5}$/.test(code)
  const kind = isSqlState ? (BY_STATE[code] ?? BY_STATE[code.slice(0, 2)] ?? 'rejected') : 'communication'
  const options: StepErrorOptions = {
    // A certificate that does not fit today will not fit in a minute.
    ...(isCertificate(code) ? { retryable: false } : {}),
    detail: detail === undefined ? message : `${message}: ${detail}`,
    cause: error,
    data: { code, ...(constraint === undefined ? {} : { constraint }) },
  }
  return new StepError(kind, TITLES[kind] ?? 'PostgreSQL refused the statement', options)
}

/** The names that OpenSSL and Node give to certificates they refuse. */
function isCertificate(code: string): boolean {
  return /CERT|^ERR_TLS_|^HOSTNAME_MISMATCH$|^INVALID_PURPOSE$/.test(code)
}
