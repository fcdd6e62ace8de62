import { isApiError, toApiError } from '@inlay/sdk/client'

/** Whether a call failed by a lost connection or a struggling server, which passes: a refusal stays one. */
export function isPassing(thrown: unknown): boolean {
  const error = toApiError(thrown)
  return isApiError(error) && (error.status === 0 || error.status >= 500)
}

/** Whether a call was refused because nobody is signed in any more. */
export function isSignedOut(thrown: unknown): boolean {
  return toApiError(thrown).status === 401
}
