import type { z } from 'zod'
import type { IssueReason } from '../contracts/issue.js'
import { fieldName, formReason, shapeReason, unknownReason } from './shape-reasons.js'

/** zod keeps what was given to itself, and says of it in its message alone whether there was anything. */
const MISSING = /received undefined/

/**
 * What one of zod's findings says, as a code with its facts, where the value itself is not at hand.
 *
 * @param issue of a `ZodError`
 * @returns undefined for what a schema refuses in words of its own
 */
export function findingReason(issue: z.core.$ZodIssue): IssueReason | undefined {
  const field = fieldName(issue.path)
  switch (issue.code) {
    case 'custom':
      return undefined
    case 'unrecognized_keys':
      return unknownReason(issue.keys[0] ?? '')
    case 'invalid_union':
      return formReason(field)
    default:
      return shapeReason(issue, { field, given: MISSING.test(issue.message) ? undefined : null })
  }
}
