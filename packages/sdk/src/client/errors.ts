import { TRPCClientError } from '@trpc/client'

const INLAY_API_ERROR = Symbol.for('inlay.api-error')

/** What the API says of a refusal. */
export interface ApiErrorFields {
  /** Stable and dotted, for example `workflow.not_found`. */
  readonly code: string
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly detail?: string | undefined
  /** What is wrong where, for refused requests and definitions. */
  readonly issues?: readonly { readonly pointer: string; readonly message: string }[] | undefined
  /** Names the request in the server's log. */
  readonly requestId?: string | undefined
}

/** A call that the API refused. The subclasses say how; `code` says why. */
export class ApiError extends Error {
  readonly [INLAY_API_ERROR] = true
  readonly code: string
  readonly status: number
  readonly detail: string | undefined
  readonly issues: NonNullable<ApiErrorFields['issues']>
  readonly requestId: string | undefined

  constructor(message: string, fields: ApiErrorFields, cause?: unknown) {
    super(message, { cause })
    this.name = new.target.name
    this.code = fields.code
    this.status = fields.status
    this.detail = fields.detail
    this.issues = fields.issues ?? []
    this.requestId = fields.requestId
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
/** 400, 413, 422: see `issues`. */
export class ValidationError extends ApiError {}
/** 429: try again later. */
export class RateLimitError extends ApiError {}
/** 5xx: not the caller's fault. */
export class ServerError extends ApiError {}
/** No answer came: the network, or the server is down. */
export class ConnectionError extends ApiError {}

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
  422: ValidationError,
  429: RateLimitError,
}

/** Turns what a tRPC client throws into one of the classes above. */
export function toApiError(error: unknown): ApiError {
  if (isApiError(error)) return error
  if (!(error instanceof TRPCClientError))
    return new ConnectionError('The call failed.', { code: 'network', status: 0 }, error)
  // The server's error formatter puts these fields here; see the API's documentation.
  const data = error.data as (ApiErrorFields & { httpStatus?: number }) | null | undefined
  const status = data?.httpStatus ?? 0
  if (data === null || data === undefined || status === 0) {
    return new ConnectionError('The control plane does not answer.', { code: 'network', status: 0 }, error)
  }
  const Class = CLASSES[status] ?? (status >= 500 ? ServerError : ApiError)
  return new Class(error.message, { ...data, status }, error)
}
