import { InlayError } from '@inlay/engine'

/** The database is not as this program needs it; the message says what to do. The process should not start. */
export class DatabaseSetupError extends InlayError {
  constructor(code: string, title: string, detail: string) {
    super(code, title, { detail })
  }
}

const UNAVAILABLE_CODES = new Set(['53300', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'])

/** Whether an error says that PostgreSQL or Redis cannot be reached now, rather than that a request was wrong. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error)
  return code.startsWith('08') || code.startsWith('57P') || code.startsWith('CONNECT') || UNAVAILABLE_CODES.has(code)
}

/** Whether a row was refused because one with the same key exists. */
export function isDuplicate(error: unknown): boolean {
  return codeOf(error) === '23505'
}

/** SQLSTATE, the driver's or the system's code of an error; empty when it has none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  // Connecting to a name with several addresses fails with all their errors at once.
  if (error instanceof AggregateError && error.errors.length > 0 && !('code' in error && error.code)) {
    return codeOf(error.errors[0])
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
