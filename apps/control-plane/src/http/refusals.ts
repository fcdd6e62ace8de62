/** Refusals of callers where no procedure answers; procedures refuse with the same codes. */
import { UserError } from '@inlay/engine'
import type { ApiContext } from '@inlay/platform/api'
import type { Caller } from '@inlay/platform/identity'

/** @param advice which credentials count here */
export function credentialsRequired(advice: string): UserError {
  return new UserError('unauthenticated', 'auth.required', 'This needs valid credentials.', { detail: advice })
}

/** @param needed what the caller lacks, as in "the permission runs:read" */
export function callerDenied(needed: string): UserError {
  return new UserError('denied', 'auth.denied', 'You may not do this.', { detail: `This needs ${needed}.` })
}

/**
 * Who calls.
 *
 * @param advice which credentials count here
 * @throws UserError `auth.required`, or why credentials that are known do not count
 */
export function requireCaller({ caller, refusal }: ApiContext, advice: string): Caller {
  if (refusal !== undefined) throw refusal
  if (caller === null) throw credentialsRequired(advice)
  return caller
}
