import { StepError } from '../contracts/errors.js'

/** The error for a call to a service whose circuit is open. */
export function circuitOpen(host: string, retryAfterMs: number): StepError {
  return refusal(
    `Calls to ${host} are held back, since it keeps failing`,
    retryAfterMs,
    'Too many of the last calls failed.',
  )
}

/** The error for a call to a service that has asked for a pause. */
export function askedToPause(host: string, retryAfterMs: number): StepError {
  return refusal(
    `Calls to ${host} are held back, since it asked for a pause`,
    retryAfterMs,
    'It has answered that it is called too often.',
  )
}

/** The error for a call above a rate. */
export function aboveRate(host: string, retryAfterMs: number): StepError {
  const why = 'There are more calls than the limit of this deployment allows.'
  return refusal(`Calls to ${host} are held back, since there are too many`, retryAfterMs, why)
}

/** The error for a call that is ahead of the pace of its connection. */
export function aheadOfPace(host: string, retryAfterMs: number): StepError {
  const why = 'The connection calls more often than the service allows one account.'
  return refusal(`Calls to ${host} are held back, since there are too many`, retryAfterMs, why)
}

function refusal(title: string, retryAfterMs: number, why: string): StepError {
  const seconds = Math.ceil(retryAfterMs / 1000)
  return new StepError('rate_limited', title, {
    detail: `${why} Another attempt makes sense in ${seconds} s. A retry policy on the step waits that long.`,
    retryAfterMs: Math.max(0, Math.ceil(retryAfterMs)),
  })
}
