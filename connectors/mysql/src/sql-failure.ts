import { type ErrorKind, isInlayError, StepError } from '@inlay/sdk/connector'

/** What the driver adds to errors of the server and of the connection. */
interface DriverError {
  readonly code?: string
  readonly errno?: number
  readonly sqlState?: string
  readonly message?: string
}

const BY_ERRNO: Readonly<Record<number, ErrorKind>> = {
  1045: 'authentication',
  1130: 'authentication',
  1698: 'authentication',
  1820: 'authentication',
  1862: 'authentication',
  1044: 'authorization',
  1142: 'authorization',
  1143: 'authorization',
  1227: 'authorization',
  1370: 'authorization',
  1040: 'rate_limited',
  1203: 'rate_limited',
  1226: 'rate_limited',
  1969: 'timeout',
  3024: 'timeout',
  1053: 'communication',
  1205: 'communication',
  1213: 'communication',
  1317: 'communication',
  1927: 'communication',
}

const TITLES: Readonly<Partial<Record<ErrorKind, string>>> = {
  authentication: 'MySQL did not accept the credentials',
  authorization: 'The user of the connection may not do this in MySQL',
  communication: 'MySQL had a problem',
  timeout: 'MySQL took too long for the statement',
  rate_limited: 'MySQL takes no more connections at present',
}

/** Turns what the driver throws into the kind that says whether trying again can help, by the server's error number. */
export function toSqlFailure(error: unknown): unknown {
  if (isInlayError(error)) return error
  // Whatever the driver throws is an error of this shape.
  const { code = '', errno = 0, sqlState, message = 'unknown' } = error as DriverError
  // Only the server's own errors have an SQLSTATE; the connection's have numbers of the operating system.
  const kind = sqlState === undefined ? 'communication' : (BY_ERRNO[errno] ?? 'rejected')
  const data = sqlState === undefined ? { code } : { code, errno }
  return new StepError(kind, TITLES[kind] ?? 'MySQL refused the statement', {
    // A certificate that does not fit today will not fit in a minute.
    ...(/CERT|^ERR_TLS_/.test(code) ? { retryable: false } : {}),
    detail: message,
    cause: error,
    data,
  })
}
