import { type ErrorKind, isInlayError, StepError } from '@inlay/sdk/connector'

/** What the driver adds to its errors. */
interface DriverError {
  readonly name?: string
  readonly message?: string
  /** Of the server; of the operating system or of TLS, on errors of connections. */
  readonly code?: number | string
  readonly codeName?: string
  readonly errInfo?: Validation
  /** Of several documents, in the order given. */
  readonly writeErrors?: readonly { readonly errInfo?: Validation }[]
  readonly cause?: unknown
  /** How many documents of several were inserted before one was refused. */
  readonly insertedCount?: number
}

/** Why a document does not fit the rules of its collection. */
interface Validation {
  readonly details?: unknown
}

const BY_CODE: Readonly<Record<number, ErrorKind>> = {
  18: 'authentication',
  // Atlas says so of users and passwords that it does not know.
  8000: 'authentication',
  13: 'authorization',
  50: 'timeout',
  262: 'timeout',
  // Azure Cosmos DB, and MongoDB from version 8.
  16500: 'rate_limited',
  462: 'rate_limited',
  // No primary, or one that steps down.
  91: 'communication',
  133: 'communication',
  189: 'communication',
  10107: 'communication',
  11600: 'communication',
  11602: 'communication',
  13435: 'communication',
  13436: 'communication',
  // A conflict of two writes.
  112: 'communication',
}

const TITLES: Readonly<Partial<Record<ErrorKind, string>>> = {
  authentication: 'MongoDB did not accept the credentials',
  authorization: 'The user of the connection may not do this in MongoDB',
  communication: 'MongoDB had a problem',
  timeout: 'MongoDB took too long to answer',
  rate_limited: 'MongoDB asks to slow down',
  rejected: 'MongoDB refused the request',
}

/** Turns what the driver throws into the kind that says whether trying again can help, by the server's error code. */
export function toMongoFailure(error: unknown): unknown {
  if (isInlayError(error)) return error
  // Whatever the driver throws is an error of this shape.
  const given = error as DriverError
  const { message = 'unknown', code, codeName, insertedCount } = given
  const kind = kindOf(given)
  const retryAfterMs = /RetryAfterMs=(\d+)/.exec(message)?.[1]
  return new StepError(kind, TITLES[kind] ?? 'MongoDB had a problem', {
    detail: detailOf(given),
    cause: error,
    data: {
      ...(code === undefined ? {} : { code }),
      ...(codeName === undefined ? {} : { codeName }),
      ...(insertedCount === undefined ? {} : { insertedCount }),
    },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs: Number(retryAfterMs) }),
    // A certificate that does not fit today will not fit in a minute.
    ...(kind === 'communication' && isCertificate(given) ? { retryable: false } : {}),
  })
}

function kindOf({ name = '', code, message = '' }: DriverError): ErrorKind {
  if (/NetworkTimeout|OperationTimeout/.test(name)) return 'timeout'
  if (/Network|ServerSelection|PoolClear|TopologyClosed/.test(name)) return 'communication'
  if (typeof code === 'number') return BY_CODE[code] ?? 'rejected'
  if (/InvalidArgument|Parse|BSON|Compatibility|APIError/.test(name)) return 'rejected'
  return /auth/i.test(message) && /MissingCredentials|Kerberos|Runtime/.test(name) ? 'authentication' : 'communication'
}

function detailOf({ message = 'unknown', errInfo, writeErrors }: DriverError): string {
  const details = (errInfo ?? writeErrors?.[0]?.errInfo)?.details
  return details === undefined ? message : `${message}: ${JSON.stringify(details).slice(0, 1000)}`
}

function isCertificate(error: DriverError): boolean {
  const known = /CERT|^ERR_TLS_|^ERR_SSL_|^HOSTNAME_MISMATCH$|^INVALID_PURPOSE$/
  let at: unknown = error
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth++) {
    // Errors of this shape, each the cause of the one before.
    const { code, message = '', cause }: DriverError = at
    if (known.test(String(code ?? '')) || /certificate|altnames/i.test(message)) return true
    at = cause
  }
  return false
}
