import { type ErrorKind, type HttpResponse, parseRetryAfter, StepError } from '@inlay/engine'

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

/** The error for an answer whose status is not 2xx: its kind decides whether a retry makes sense. */
export function responseError(service: string, response: HttpResponse): StepError {
  const kind = KIND_OF_STATUS[response.status] ?? (response.status >= 500 ? 'communication' : 'rejected')
  const said = response.text.trim() === '' ? '' : ` It said: ${response.text.trim().slice(0, 500)}`
  const retryAfterMs = parseRetryAfter(response.headers['retry-after'], Date.now())
  return new StepError(kind, `${service} answered with status ${response.status}`, {
    detail: `${ADVICE[kind] ?? 'The service refused the request.'}${said}`,
    data: { status: response.status },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}
