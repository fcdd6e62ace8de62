import { StepError } from '../contracts/errors.js'

/** A signal that fires when time is up or an outer signal does; `clear` must be called when the work is done. */
export interface Deadline {
  readonly signal: AbortSignal
  clear(): void
}

/** @param what named in the message, for example `https://example.com` */
export function createDeadline(ms: number, what: string, outer?: AbortSignal): Deadline {
  const controller = new AbortController()
  const onOuterAbort = (): void => controller.abort(outer?.reason)
  const timer = setTimeout(() => {
    const detail = 'The service did not answer completely in time. Try again, or raise the time-out.'
    controller.abort(new StepError('timeout', `${what} took longer than ${ms / 1000} s`, { detail }))
  }, ms)
  if (outer?.aborted === true) onOuterAbort()
  outer?.addEventListener('abort', onOuterAbort)
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', onOuterAbort)
    },
  }
}
