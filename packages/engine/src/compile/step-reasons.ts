/** What can be wrong with a step besides its shape, in words. */
import { DURATION_EXAMPLE } from '../contracts/duration.js'
import type { IssueReason } from '../contracts/issue.js'
import { closestName } from '../expression/spelling.js'
import { isPlaceholderId } from './stand-in-steps.js'

export const NESTED_COMPENSATION: IssueReason = {
  code: 'step.nested_compensation',
  message: 'What undoes a step cannot be undone itself.',
}

export const NO_RETRY_HERE: IssueReason = {
  code: 'step.no_retry',
  message: 'Only action steps can be retried. Put the policy on the actions inside.',
}

export const NO_TIMEOUT_HERE: IssueReason = {
  code: 'step.no_timeout',
  message: 'Only action and code steps have a time-out. Put it on the steps inside.',
}

export const NO_ITEM: IssueReason = {
  code: 'reference.no_item',
  message: '"item" exists only inside a forEach step.',
}

export const NO_INDEX: IssueReason = { code: 'reference.no_index', message: '"index" exists only inside a loop.' }

/** What is said of an expression, which may end with a question, as a sentence. */
export function asSentence(message: string): string {
  return message.endsWith('?') ? message : `${message}.`
}

/** A text that stands where a duration is wanted. */
export function notADuration(text: string): IssueReason {
  const message = `"${text}" is not a duration.`
  return { code: 'duration.invalid', message, expected: DURATION_EXAMPLE, details: { text } }
}

/** A reference to a step that may not have run before. @param seen the ids that can be referred to */
export function notYet(stepId: string, seen: ReadonlySet<string>): IssueReason {
  const why = 'it comes later, is in another branch, or is inside a loop'
  const message = `The step "${stepId}" cannot have run here: ${why}.`
  return { code: 'reference.not_yet', message, expected: seenSteps(seen), details: { stepId } }
}

/** A reference to a step that the definition does not have. @param seen the ids that can be referred to */
export function unknownStep(stepId: string, seen: ReadonlySet<string>): IssueReason {
  const close = closestName(stepId, seen)
  const end = close === undefined ? '.' : `; did you mean "${close}"?`
  return {
    code: 'reference.unknown_step',
    message: `There is no step "${stepId}"${end}`,
    expected: seenSteps(seen),
    details: { stepId, ...(close === undefined ? {} : { suggestion: close }) },
  }
}

function seenSteps(steps: ReadonlySet<string>): string {
  const ids = [...steps].filter((id) => !isPlaceholderId(id))
  return ids.length === 0 ? 'data of the trigger, since no step comes before' : `one of ${ids.join(', ')}`
}
