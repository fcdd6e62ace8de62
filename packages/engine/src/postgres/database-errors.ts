/** The code of a PostgreSQL or driver error: SQLSTATE, `CONNECTION_…` of the driver, or a system call's name. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/** Serialization failure, deadlock, lock not available, cancelled statement, read-only server (a failover under way). */
const TRANSIENT_STATES = new Set(['40001', '40P01', '55P03', '57014', '25006'])
const TRANSIENT_SYSTEM_ERRORS = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])

/**
 * Whether trying again may help: a lost connection (class 08, `CONNECT…` of the driver), too few resources (53), a
 * restarting server (57P), a deadlock. The outcome may be unknown.
 */
export function isTransientError(error: unknown): boolean {
  const code = codeOf(error)
  return /^(08|53|57P|CONNECT)/.test(code) || TRANSIENT_STATES.has(code) || TRANSIENT_SYSTEM_ERRORS.has(code)
}

/** Whether the database refused a value: cardinality (21), data (22), a constraint (23), a limit such as a row's size (54). */
export function isEntryError(error: unknown): boolean {
  return /^(21|22|23|54)\w{3}$/.test(codeOf(error))
}

/** Whether a row stands already where one was to be inserted. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === '23505'
}
