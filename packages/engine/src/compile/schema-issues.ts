import type { z } from 'zod'
import type { DefinitionIssue, IssueReason } from '../contracts/issue.js'
import { toPointer, valueAt } from './pointer.js'
import { fieldName, type ShapeFinding, shapeReason, unknownReason } from './shape-reasons.js'

/** zod's findings, each with its whole path: those of a union are those of the one form that was meant, where it is clear. */
export function shapeFindings(error: z.ZodError): readonly z.core.$ZodIssue[] {
  return error.issues.flatMap(openUnion)
}

function openUnion(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const meant = issue.errors.filter((errors) =>
    errors.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
  )
  const [errors] = meant
  if (errors === undefined || meant.length > 1) return [issue]
  return errors.flatMap((inner) => openUnion({ ...inner, path: [...issue.path, ...inner.path] }))
}

/** A finding in the words of people who build workflows, with its place in the document it was found in. */
export function schemaIssues(document: unknown, issue: z.core.$ZodIssue): DefinitionIssue[] {
  const at = (path: readonly PropertyKey[], reason: IssueReason): DefinitionIssue => {
    const stepId = enclosingStepId(document, path)
    return { ...reason, pointer: toPointer(path), ...(stepId === undefined ? {} : { stepId }) }
  }
  if (issue.code !== 'unrecognized_keys') return [at(issue.path, reasonOf(document, issue))]
  return issue.keys.map((key) => at([...issue.path, key], unknownReason(key)))
}

function reasonOf(document: unknown, issue: ShapeFinding): IssueReason {
  const last = issue.path.at(-1)
  if (issue.code === 'invalid_key') {
    const message = `The name ${fieldName(issue.path)} does not start with a small letter, or has more than small letters, digits and _.`
    return { code: 'name.malformed', message, details: { name: String(last) } }
  }
  if (issue.code === 'invalid_format' && last === 'id') {
    const message = 'An id starts with a small letter and has only small letters, digits and underscores.'
    return { code: 'id.malformed', message, expected: 'an id such as "send_mail"' }
  }
  return shapeReason(issue, { field: fieldName(issue.path), given: valueAt(document, issue.path) })
}

/** The id of the innermost object on the path that looks like a step. */
function enclosingStepId(document: unknown, path: readonly PropertyKey[]): string | undefined {
  for (let length = path.length; length > 1; length--) {
    const parent = path[length - 2]
    const isStep = typeof path[length - 1] === 'number' && parent !== 'cases'
    const id = isStep ? valueAt(document, [...path.slice(0, length), 'id']) : undefined
    if (typeof id === 'string') return id
  }
  return undefined
}
