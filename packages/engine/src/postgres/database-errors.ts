/** The code of a PostgreSQL or driver error: SQLSTATE, `CONNECTION_…` of the driver, or a system call's name. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

const TRANSIENT_CODES = new Set([
  '40001',
  '40P01',
  '55P03',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
])

/** Whether trying again may help: a lost connection, a restarting server, a deadlock. The outcome may be unknown. */
export function isTransientError(error: unknown): boolean {
  const code = codeOf(error)
  return code.startsWith('08') || code.startsWith('57P') || code.startsWith('CONNECT') || TRANSIENT_CODES.has(code)
}

/** Whether the database refused a value: class 22 (data exception) or 23 (constraint violation). */
export function isDataError(error: unknown): boolean {
  const code = codeOf(error)
  return /^2[23]\w{3}$/.test(code)
}
