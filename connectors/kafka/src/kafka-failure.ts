import { type ErrorKind, isInlayError, StepError } from '@inlay/sdk/connector'

/** What kafkajs adds to its errors. */
interface DriverError {
  readonly name?: string
  readonly message?: string
  /** The name of the server's error code. */
  readonly type?: string
  /** Of the operating system or of TLS, on errors of connections. */
  readonly code?: string | number
  /** Of several topics. */
  readonly errors?: readonly unknown[]
}

const BY_TYPE: Readonly<Record<string, ErrorKind>> = {
  SASL_AUTHENTICATION_FAILED: 'authentication',
  UNSUPPORTED_SASL_MECHANISM: 'authentication',
  ILLEGAL_SASL_STATE: 'authentication',
  SECURITY_DISABLED: 'authorization',
  REQUEST_TIMED_OUT: 'timeout',
  // After the codes that the library knows: a client's quota of changes to topics.
  UNKNOWN_89: 'rate_limited',
  CORRUPT_MESSAGE: 'communication',
  LEADER_NOT_AVAILABLE: 'communication',
  NOT_LEADER_FOR_PARTITION: 'communication',
  BROKER_NOT_AVAILABLE: 'communication',
  REPLICA_NOT_AVAILABLE: 'communication',
  NETWORK_EXCEPTION: 'communication',
  GROUP_LOAD_IN_PROGRESS: 'communication',
  GROUP_COORDINATOR_NOT_AVAILABLE: 'communication',
  NOT_COORDINATOR_FOR_GROUP: 'communication',
  NOT_ENOUGH_REPLICAS: 'communication',
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: 'communication',
  NOT_CONTROLLER: 'communication',
  KAFKA_STORAGE_ERROR: 'communication',
  LISTENER_NOT_FOUND: 'communication',
  FENCED_LEADER_EPOCH: 'communication',
  UNKNOWN_LEADER_EPOCH: 'communication',
  OFFSET_NOT_AVAILABLE: 'communication',
}

const TITLES: Readonly<Partial<Record<ErrorKind, string>>> = {
  authentication: 'Kafka did not accept the credentials',
  authorization: 'The user of the connection may not do this in Kafka',
  communication: 'Kafka had a problem',
  timeout: 'Kafka took too long to answer',
  rate_limited: 'Kafka asks to slow down',
  rejected: 'Kafka refused the request',
}

/** Turns what the library throws into the kind that says whether trying again can help, by the name of Kafka's error. */
export function toKafkaFailure(error: unknown): unknown {
  if (isInlayError(error)) return error
  // Whatever the library throws is an error of this shape.
  const given = error as DriverError
  const said = causeOf(given)
  const { message = 'unknown', code, type } = said
  const known = type === undefined ? undefined : nameOf(type, message)
  const kind = kindOf(said, known)
  return new StepError(kind, TITLES[kind] ?? 'Kafka had a problem', {
    detail: message,
    // Without the cause of a refused sign-in, on which the library hangs the connection's own settings.
    ...(kind === 'authentication' ? {} : { cause: error }),
    ...(known === undefined ? {} : { data: { type: known } }),
    // A certificate that does not fit today will not fit in a minute.
    ...(kind === 'communication' && isCertificate(code, message) ? { retryable: false } : {}),
  })
}

/** Whether a server said so, rather than that the connection to it broke. */
export function isSaid(error: unknown): boolean {
  return error instanceof Error && ('type' in error || /SASLAuth|NotSupportApiKey|AggregateError/.test(error.name))
}

function causeOf(error: DriverError): DriverError {
  const [first] = error.errors ?? []
  // Of several topics the first says it: every action names one topic.
  return first === undefined ? error : (first as DriverError)
}

function nameOf(type: string, message: string): string {
  if (type !== 'KAFKAJS_UNKNOWN_ERROR_CODE') return type
  return `UNKNOWN_${/\d+/.exec(message)?.[0] ?? ''}`
}

/** The library calls every end of a connection during the sign-in a failed sign-in. */
const BROKEN = /connection (?:error|closed|timeout)|closed connection|not connected|timed out/i

function kindOf({ name = '', message = '' }: DriverError, type: string | undefined): ErrorKind {
  if (/SASLAuthentication/.test(name)) return BROKEN.test(message) ? 'communication' : 'authentication'
  if (/Timeout/.test(name)) return 'timeout'
  if (/NotSupportApiKey/.test(name)) return 'rejected'
  if (type === undefined) return 'communication'
  return type.endsWith('_AUTHORIZATION_FAILED') ? 'authorization' : (BY_TYPE[type] ?? 'rejected')
}

function isCertificate(code: string | number | undefined, message: string): boolean {
  const known = /CERT|^ERR_TLS_|^ERR_SSL_|^HOSTNAME_MISMATCH$|^INVALID_PURPOSE$/
  return known.test(String(code ?? '')) || /certificate|altnames/i.test(message)
}
