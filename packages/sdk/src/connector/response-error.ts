import {
  type ErrorKind,
  type HttpResponse,
  isInlayError,
  type JsonObject,
  parseRetryAfter,
  StepError,
} from '@inlay/engine'
import { z } from 'zod'

const KIND_OF_STATUS: Readonly<Record<number, ErrorKind>> = {
  401: 'authentication',
  403: 'authorization',
  408: 'communication',
  425: 'communication',
  429: 'rate_limited',
}

const ADVICE: Readonly<Partial<Record<ErrorKind, string>>> = {
  authentication: 'The credentials were not accepted. Renew the connection.',
  authorization: 'The account may not do this. Check its permissions in the service.',
  rate_limited: 'The service asks to slow down. A retry policy on the step waits as long as it asks.',
  communication: 'The service has a problem of its own. A retry policy on the step tries again later.',
}

/** What a service tells of a refusal in its own way; what is left out is read from the status and `retry-after`. */
export interface ToldRefusal {
  readonly kind?: ErrorKind | undefined
  readonly title?: string | undefined
  readonly detail?: string | undefined
  /** Kept beside the status. */
  readonly data?: JsonObject
  readonly retryAfterMs?: number | undefined
  /** For services that know better than the kind whether the same request may succeed. @default by the kind */
  readonly retryable?: boolean | undefined
}

/** The error for an answer whose status is not 2xx: its kind decides whether a retry makes sense. */
export function responseError(service: string, response: HttpResponse, told: ToldRefusal = {}): StepError {
  const { status } = response
  const kind = told.kind ?? kindOfStatus(status)
  const retryAfterMs = told.retryAfterMs ?? parseRetryAfter(response.headers['retry-after'], Date.now())
  return new StepError(kind, told.title ?? `${service} answered with status ${status}`, {
    detail: told.detail ?? usualDetail(response),
    data: { status, ...told.data },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(told.retryable === undefined ? {} : { retryable: told.retryable }),
  })
}

function kindOfStatus(status: number): ErrorKind {
  return KIND_OF_STATUS[status] ?? (status >= 500 ? 'communication' : 'rejected')
}

function usualDetail({ status, text }: HttpResponse): string {
  const said = text.trim() === '' ? '' : ` It said: ${text.trim().slice(0, 500)}`
  return `${ADVICE[kindOfStatus(status)] ?? 'The service refused the request.'}${said}`
}

/** The JSON of an answer, for reading what a service says of a refusal; undefined when it is none, such as a proxy's page. */
export function jsonOf(response: HttpResponse): unknown {
  try {
    return response.json()
  } catch {
    return undefined
  }
}

const answered = z.object({ status: z.number() })

/** Whether an error says that the service answered with one of these statuses. */
export function hasStatus(error: unknown, ...statuses: readonly number[]): boolean {
  if (!isInlayError(error)) return false
  const { status } = answered.safeParse(error.data).data ?? {}
  return status !== undefined && statuses.includes(status)
}
