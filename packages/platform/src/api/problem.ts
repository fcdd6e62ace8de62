import {
  type DefinitionIssue,
  findingReason,
  isInlayError,
  type StepError,
  type UserError,
  type UserErrorReason,
} from '@inlay/engine'
import { TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { codeOf, isUnavailable } from '../database/index.js'
import { errorAddress } from '../help/index.js'

/** A refusal as callers see it: RFC 9457, with a stable `code`. */
export interface Problem {
  /** The address of a page about the code. */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail?: string
  readonly issues?: readonly ProblemIssue[]
  /** When the same request may succeed, in seconds from now. */
  readonly retryAfterSeconds?: number
  readonly requestId: string
}

export type ProblemIssue = Partial<DefinitionIssue> & Pick<DefinitionIssue, 'pointer' | 'message'>

/** What a problem says of where it happened. */
export interface ProblemPlace {
  readonly requestId: string
  /** The control plane's own address; pages about codes are below it. */
  readonly baseUrl: string
}

type TrpcCode = TRPCError['code']

const REASONS: Readonly<Record<UserErrorReason, { status: number; trpc: TrpcCode }>> = {
  invalid: { status: 400, trpc: 'BAD_REQUEST' },
  unauthenticated: { status: 401, trpc: 'UNAUTHORIZED' },
  denied: { status: 403, trpc: 'FORBIDDEN' },
  not_found: { status: 404, trpc: 'NOT_FOUND' },
  conflict: { status: 409, trpc: 'CONFLICT' },
  too_large: { status: 413, trpc: 'PAYLOAD_TOO_LARGE' },
  unprocessable: { status: 422, trpc: 'UNPROCESSABLE_CONTENT' },
  too_many: { status: 429, trpc: 'TOO_MANY_REQUESTS' },
  unsupported: { status: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE' },
}

const TRPC_PROBLEMS: Readonly<Partial<Record<TrpcCode, { status: number; code: string; title: string }>>> = {
  UNAUTHORIZED: { status: 401, code: 'auth.required', title: 'This needs valid credentials.' },
  FORBIDDEN: { status: 403, code: 'auth.denied', title: 'You may not do this.' },
  NOT_FOUND: { status: 404, code: 'not_found', title: 'There is nothing at this address.' },
  METHOD_NOT_SUPPORTED: { status: 405, code: 'method_not_supported', title: 'This method cannot be used here.' },
  PARSE_ERROR: { status: 400, code: 'request.malformed', title: 'The request cannot be read.' },
  BAD_REQUEST: { status: 400, code: 'request.invalid', title: 'The request is not valid.' },
  PAYLOAD_TOO_LARGE: { status: 413, code: 'request.too_large', title: 'The request is too large.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, code: 'request.media_type', title: 'Send JSON.' },
}

/** Turns whatever was thrown into what the caller may see. The one place where this is decided. */
export function toProblem(error: unknown, place: ProblemPlace): Problem {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error
  if (isUserError(cause)) return fromUserError(cause, place)
  if (isStepError(cause)) return fromStepError(cause, place)
  if (cause instanceof ZodError) return fromZodError(cause, place)
  const fromDatabase = databaseProblem(cause)
  if (fromDatabase !== undefined) return problem(fromDatabase, place)
  if (error instanceof TRPCError) {
    const known = TRPC_PROBLEMS[error.code]
    if (known !== undefined) return problem({ ...known, detail: error.message }, place)
  }
  const title = 'Something went wrong on our side.'
  const detail = `Try again; if it stays, report the request id ${place.requestId}.`
  return problem({ status: 500, code: 'internal', title, detail }, place)
}

/** Whether an error is nobody's fault but ours, and worth a log entry with its stack. */
export function isUnexpected(error: unknown): boolean {
  return toProblem(error, { requestId: '', baseUrl: '' }).status >= 500
}

/** How tRPC calls a problem; clients that know tRPC only go by it. */
export function trpcCodeOf(error: unknown): TrpcCode {
  if (isUserError(error)) return REASONS[error.reason].trpc
  if (isStepError(error)) return 'UNPROCESSABLE_CONTENT'
  if (error instanceof ZodError) return 'BAD_REQUEST'
  return databaseProblem(error)?.trpc ?? 'INTERNAL_SERVER_ERROR'
}

/** Text that PostgreSQL cannot store: U+0000, or bytes that are no UTF-8. */
const UNSTORABLE_TEXT = new Set(['22021', '22P05'])

function databaseProblem(error: unknown): (ProblemFields & { readonly trpc: TrpcCode }) | undefined {
  if (isUnavailable(error)) {
    return {
      status: 503,
      trpc: 'SERVICE_UNAVAILABLE',
      code: 'unavailable',
      title: 'The service cannot reach its database.',
      detail: 'Nothing was changed. Try again in a few seconds.',
    }
  }
  if (!UNSTORABLE_TEXT.has(codeOf(error))) return undefined
  return {
    status: 400,
    trpc: 'BAD_REQUEST',
    code: 'request.malformed',
    title: 'The request holds a character that cannot be stored.',
    detail: 'Leave out U+0000.',
  }
}

function fromUserError(error: UserError, place: ProblemPlace): Problem {
  // By convention the `data` of a refused document is `{ issues }`, and that of a limit says when to try again.
  const { issues, retryAfterMs } = (error.data ?? {}) as UserErrorData
  const { status } = REASONS[error.reason]
  return problem({ status, code: error.code, title: error.message, detail: error.detail, issues, retryAfterMs }, place)
}

interface UserErrorData {
  readonly issues?: readonly ProblemIssue[]
  readonly retryAfterMs?: number
}

function fromStepError(error: StepError, place: ProblemPlace): Problem {
  const { code, message: title, detail, retryAfterMs } = error
  return problem({ status: 422, code, title, detail, retryAfterMs }, place)
}

function fromZodError(error: ZodError, place: ProblemPlace): Problem {
  const issues = error.issues.map((issue) => {
    const pointer = issue.path.map((key) => `/${String(key)}`).join('')
    const { code, details } = findingReason(issue) ?? {}
    return {
      ...(code === undefined ? {} : { code }),
      pointer,
      message: issue.message,
      ...(details === undefined ? {} : { details }),
    }
  })
  const detail = issues
    .map(({ pointer, message }) => `${pointer || 'request'}: ${message}`)
    .slice(0, 5)
    .join('; ')
  return problem({ status: 400, code: 'request.invalid', title: 'The request is not valid.', detail, issues }, place)
}

interface ProblemFields {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail?: string | undefined
  readonly issues?: readonly ProblemIssue[] | undefined
  readonly retryAfterMs?: number | undefined
}

function problem(
  { status, code, title, detail, issues, retryAfterMs }: ProblemFields,
  { requestId, baseUrl }: ProblemPlace,
): Problem {
  return {
    type: errorAddress(baseUrl, code),
    title,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(issues === undefined ? {} : { issues }),
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)) }),
    requestId,
  }
}

function isUserError(error: unknown): error is UserError {
  return isInlayError(error) && 'reason' in error
}

function isStepError(error: unknown): error is StepError {
  return isInlayError(error) && 'kind' in error && 'retryable' in error
}
