import type { z } from 'zod'
import type { DefinitionIssue } from '../contracts/issue.js'

/** zod's findings in the words of people who build workflows, each with its place. */
export function schemaIssues(document: unknown, error: z.ZodError): DefinitionIssue[] {
  return error.issues.flatMap((issue) => translate(document, issue))
}

function translate(document: unknown, issue: z.core.$ZodIssue): DefinitionIssue[] {
  const at = (path: readonly PropertyKey[], message: string, expected?: string): DefinitionIssue => {
    const stepId = enclosingStepId(document, path)
    return {
      pointer: toPointer(path),
      message,
      ...(stepId === undefined ? {} : { stepId }),
      ...(expected === undefined ? {} : { expected }),
    }
  }
  const field = String(issue.path.at(-1) ?? 'definition')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        at([...issue.path, key], `"${key}" is not a known field here. Remove it or correct its name.`),
      )
    case 'invalid_union':
      return [at(issue.path, ...unionMessage(document, issue, field))]
    case 'invalid_type':
      return [at(issue.path, typeMessage(document, issue.path, field), nameOfType(issue.expected))]
    case 'invalid_value': {
      const allowed = issue.values.map((value) => JSON.stringify(value)).join(', ')
      return [at(issue.path, `"${field}" has a value that is not allowed.`, `one of ${allowed}`)]
    }
    case 'invalid_format':
      return [at(issue.path, ...formatMessage(field))]
    default:
      return [at(issue.path, `"${field}" is not right: ${issue.message}.`)]
  }
}

function unionMessage(
  document: unknown,
  issue: z.core.$ZodIssueInvalidUnion,
  field: string,
): [message: string, expected: string] {
  // Discriminated unions carry their options; the type of zod's issue does not say so.
  const { options } = issue as { options?: readonly unknown[] }
  if (field === 'type' && Array.isArray(options)) {
    const given = valueAt(document, issue.path)
    const known = `one of ${options.join(', ')}`
    if (given === undefined) return ['"type" is missing.', known]
    return [`There is no type ${JSON.stringify(given)} here.`, known]
  }
  return [
    `"${field}" has a form that is not allowed.`,
    field === 'onError' ? '"fail", "continue" or { fallback: steps }' : 'another form',
  ]
}

function typeMessage(document: unknown, path: readonly PropertyKey[], field: string): string {
  return valueAt(document, path) === undefined ? `"${field}" is missing.` : `"${field}" is of the wrong kind.`
}

function formatMessage(field: string): [message: string, expected: string] {
  if (field === 'id') {
    return [
      'An id starts with a small letter and has only small letters, digits and underscores.',
      'an id such as "send_mail"',
    ]
  }
  return [`"${field}" has characters that are not allowed.`, 'small letters, digits and underscores']
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

function nameOfType(expected: string): string {
  return TYPE_NAMES[expected] ?? expected
}

/** RFC 6901. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    // Indexing an unknown object by a key from zod's own path.
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
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
