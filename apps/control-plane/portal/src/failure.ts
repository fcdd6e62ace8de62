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

/** What is said of a failed call: of an answer that is not the API's, or of none, nothing that only programmers can follow. */
export function inWords(thrown: unknown): { readonly title: string; readonly detail: string | undefined } {
  const { message, detail, docsUrl } = toApiError(thrown)
  if (!isPassing(thrown) || docsUrl !== undefined) return { title: message, detail }
  return { title: 'The server did not answer', detail: 'Check your connection, and try again in a moment.' }
}
