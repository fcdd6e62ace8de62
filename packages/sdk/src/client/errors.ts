import { TRPCClientError } from '@trpc/client'

const INLAY_API_ERROR = Symbol.for('inlay.api-error')

/** One thing that is wrong with a request or a definition. */
export interface ApiIssue {
  /** JSON Pointer to the place. */
  readonly pointer: string
  /** For people, in English. */
  readonly message: string
  /** What is wrong, stable and for programs, for example `field.missing`; absent where only the message says it. */
  readonly code?: string
}

/** What the API says of a refusal. */
export interface ApiErrorFields {
  /** Stable and dotted, for example `workflow.not_found`. */
  readonly code: string
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** The address of a page about the code; absent when no answer came. */
  readonly type?: string | undefined
  readonly detail?: string | undefined
  /** What is wrong where, for refused requests and definitions. */
  readonly issues?: readonly ApiIssue[] | undefined
  /** Names the request in the server's log. */
  readonly requestId?: string | undefined
  /** How long the server asks to wait before another try, in milliseconds. */
  readonly retryAfterMs?: number | undefined
}

/** A call that failed. The subclasses say how; `code` says why. */
export class ApiError extends Error {
  readonly [INLAY_API_ERROR] = true
  readonly code: string
  readonly status: number
  /** A page that says why this happens and what to do; undefined when no answer came. */
  readonly docsUrl: string | undefined
  readonly detail: string | undefined
  readonly issues: NonNullable<ApiErrorFields['issues']>
  readonly requestId: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(message: string, fields: ApiErrorFields, cause?: unknown) {
    super(message, { cause })
    this.name = new.target.name
    this.code = fields.code
    this.status = fields.status
    this.docsUrl = fields.type
    this.detail = fields.detail
    this.issues = fields.issues ?? []
    this.requestId = fields.requestId
    this.retryAfterMs = fields.retryAfterMs
  }
}

/** 401: no credentials, or they are not valid any more. */
export class AuthenticationError extends ApiError {}
/** 403: the credentials do not allow this. */
export class PermissionError extends ApiError {}
/** 404 */
export class NotFoundError extends ApiError {}
/** 409: the state has changed in the meantime. */
export class ConflictError extends ApiError {}
/** 400, 413, 415, 422: see `issues`. */
export class ValidationError extends ApiError {}
/** 429: try again later, after `retryAfterMs` when the server says so. */
export class RateLimitError extends ApiError {}
/** 5xx: not the caller's fault. */
export class ServerError extends ApiError {}
/** No answer came: the network, or the server is down. Status 0. */
export class ConnectionError extends ApiError {}
/** No complete answer came in time. Status 0; whether the call was carried out is not known. */
export class TimeoutError extends ApiError {}

/** Whether an error is one of these, even one made by another copy of this package. @param code narrows to one code */
export function isApiError(error: unknown, code?: string): error is ApiError {
  const isOurs = typeof error === 'object' && error !== null && INLAY_API_ERROR in error
  return isOurs && (code === undefined || (error as ApiError).code === code)
}

const CLASSES: Readonly<Record<number, typeof ApiError>> = {
  400: ValidationError,
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  413: ValidationError,
  415: ValidationError,
  422: ValidationError,
  429: RateLimitError,
}

/** The error for an answer that is a refusal. */
export function toRefusal(message: string, fields: ApiErrorFields, cause?: unknown): ApiError {
  const Class = CLASSES[fields.status] ?? (fields.status >= 500 ? ServerError : ApiError)
  return new Class(message, fields, cause)
}

/** Turns what a call ended with into one of the classes above. */
export function toApiError(error: unknown): ApiError {
  if (isApiError(error)) return error
  const isTrpc = error instanceof TRPCClientError
  const cause: unknown = isTrpc ? error.cause : error
  if (isApiError(cause)) return cause
  // The server's error formatter puts these fields here; see the API's documentation.
  const data = isTrpc ? (error.data as (ApiErrorFields & { httpStatus?: number }) | null | undefined) : undefined
  if (!isTrpc || data?.httpStatus === undefined) return toFailure(cause, error)
  // tRPC's HTTP link leaves the response here; its other links have none.
  const retryAfterMs = readRetryAfter(error.meta?.['response'] as Response | undefined)
  return toRefusal(error.message, { ...data, status: data.httpStatus, retryAfterMs }, error)
}

/** Milliseconds that an answer asks to wait: its `Retry-After` is a number of seconds or a date. */
export function readRetryAfter(response: Response | undefined): number | undefined {
  const value = response?.headers.get('retry-after') ?? ''
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now())
}

/** What a call without an answer ended with. */
function toFailure(cause: unknown, error: unknown): ApiError {
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'TimeoutError') {
    const title = 'The control plane did not answer in time. Try again, or raise timeoutMs.'
    return new TimeoutError(title, { code: 'timeout', status: 0 }, error)
  }
  if (name === 'AbortError') return new ApiError('The call was cancelled.', { code: 'cancelled', status: 0 }, error)
  const title = 'The control plane does not answer. Check baseUrl and the network.'
  return new ConnectionError(title, { code: 'network', status: 0 }, error)
}
