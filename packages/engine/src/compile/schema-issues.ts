import type { z } from 'zod'
import type { DefinitionIssue } from '../contracts/issue.js'
import { excerpt } from '../expression/failure.js'
import { toPointer, valueAt } from './pointer.js'

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
  const at = (path: readonly PropertyKey[], message: string, expected?: string): DefinitionIssue => {
    const stepId = enclosingStepId(document, path)
    return {
      pointer: toPointer(path),
      message,
      ...(stepId === undefined ? {} : { stepId }),
      ...(expected === undefined ? {} : { expected }),
    }
  }
  if (issue.code !== 'unrecognized_keys') return [at(issue.path, ...wording(document, issue))]
  return issue.keys.map((key) => at([...issue.path, key], unknownField(key)))
}

/** What is said of a field that no schema knows. */
export function unknownField(key: string): string {
  return `"${key}" is not a known field here. Remove it or correct its name.`
}

type Wording = [message: string, expected?: string]

function wording(document: unknown, issue: Exclude<z.core.$ZodIssue, z.core.$ZodIssueUnrecognizedKeys>): Wording {
  const field = fieldName(issue.path)
  const given = valueAt(document, issue.path)
  switch (issue.code) {
    case 'invalid_union':
      return unionWording(issue, field, given)
    case 'invalid_type':
      return [
        given === undefined ? `${field} is missing.` : `${field} is of the wrong kind.`,
        nameOfType(issue.expected),
      ]
    case 'invalid_value':
      return valueWording(issue, field)
    case 'invalid_key':
      return [`The name ${field} does not start with a small letter, or has more than small letters, digits and _.`]
    case 'invalid_format':
      return formatWording(issue.path.at(-1), field)
    case 'too_small':
    case 'too_big':
      return sizeWording(issue, field)
    default:
      return [`${field} is not right: ${issue.message}.`]
  }
}

/** What people call a place: the name of the field, or the position in a list, counted from one. */
function fieldName(path: readonly PropertyKey[]): string {
  const last = path.at(-1) ?? 'definition'
  return typeof last === 'number' ? `Item ${last + 1} of "${String(path.at(-2) ?? 'list')}"` : `"${String(last)}"`
}

function unionWording(issue: z.core.$ZodIssueInvalidUnion, field: string, given: unknown): Wording {
  // Discriminated unions carry their options; the type of zod's issue does not say so.
  const { options } = issue as { options?: readonly unknown[] }
  if (Array.isArray(options)) {
    const known = `one of ${options.join(', ')}`
    if (given === undefined) return [`${field} is missing.`, known]
    return [`There is no type ${excerpt(JSON.stringify(given), 60)} here.`, known]
  }
  if (given === undefined) return [`${field} is missing.`]
  const message = `${field} has a form that is not allowed.`
  return field === '"onError"' ? [message, '"fail", "continue" or { fallback: steps }'] : [message]
}

function formatWording(key: PropertyKey | undefined, field: string): Wording {
  if (key !== 'id') return [`${field} has characters that are not allowed.`, 'small letters, digits and underscores']
  return [
    'An id starts with a small letter and has only small letters, digits and underscores.',
    'an id such as "send_mail"',
  ]
}

/** What is said of a value that is none of those there are. */
export function valueWording({ values }: z.core.$ZodIssueInvalidValue, field: string): Wording {
  const allowed = values.map((value) => JSON.stringify(value)).join(', ')
  return [`${field} has a value that is not allowed.`, `one of ${allowed}`]
}

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' items', record: ' fields' }

/** What is said of a value that is too long, too short, too large or too small. */
export function sizeWording(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, field: string): Wording {
  const unit = UNITS[issue.origin] ?? ''
  const isTooSmall = issue.code === 'too_small'
  const bound = isTooSmall ? issue.minimum : issue.maximum
  if (isTooSmall && unit !== '' && Number(bound) === 1) return [`${field} is empty.`]
  const inclusive = isTooSmall ? 'at least' : 'at most'
  const exclusive = isTooSmall ? 'more than' : 'less than'
  const limit = `${issue.inclusive === false ? exclusive : inclusive} ${bound}${unit}`
  return [`${field} must ${unit === '' ? 'be' : 'have'} ${limit}.`, limit]
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

/** What people call a type of zod. */
export function nameOfType(expected: string): string {
  return TYPE_NAMES[expected] ?? expected
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
