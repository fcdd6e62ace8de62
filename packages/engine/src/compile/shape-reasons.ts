/** zod's findings in the words of people who build workflows. */
import type { z } from 'zod'
import type { IssueReason } from '../contracts/issue.js'
import { excerpt } from '../expression/failure.js'

/** A finding about one place. */
export type ShapeFinding = Exclude<z.core.$ZodIssue, z.core.$ZodIssueUnrecognizedKeys>

/** What a finding says of a value. @param at what people call its place, and the value itself */
export function shapeReason(
  finding: ShapeFinding,
  { field, given }: { readonly field: string; readonly given: unknown },
): IssueReason {
  switch (finding.code) {
    case 'invalid_union':
      return unionReason(finding, field, given)
    case 'invalid_type':
      return typeReason(finding, field, given)
    case 'invalid_value':
      return valueReason(finding, field)
    case 'invalid_format':
      return formatReason(finding, field)
    case 'too_small':
    case 'too_big':
      return sizeReason(finding, field)
    case 'not_multiple_of': {
      const { divisor } = finding
      const message = `${field} must be a multiple of ${divisor}.`
      return { code: 'field.not_multiple', message, details: { step: divisor } }
    }
    case 'custom':
      return refusedReason(field, finding.message)
    case 'invalid_key':
    case 'invalid_element':
      return formReason(field)
  }
}

/** What people call a place: the name of the field, or the position in a list, counted from one. */
export function fieldName(path: readonly PropertyKey[]): string {
  const last = path.at(-1) ?? 'definition'
  return typeof last === 'number' ? `Item ${last + 1} of "${String(path.at(-2) ?? 'list')}"` : `"${String(last)}"`
}

/** A field that has to be there. @param expected what belongs there, in words */
export function missingReason(field: string, expected?: string): IssueReason {
  return { code: 'field.missing', message: `${field} is missing.`, ...(expected === undefined ? {} : { expected }) }
}

/** A field that no schema knows. */
export function unknownReason(name: string): IssueReason {
  const message = `"${name}" is not a known field here. Remove it or correct its name.`
  return { code: 'field.unknown', message, details: { name } }
}

/** A value that its schema refuses for a reason of its own. */
export function refusedReason(field: string, why: string): IssueReason {
  const reason = why.replace(/[.]$/, '')
  return { code: 'field.refused', message: `${field} is not right: ${reason}.`, details: { reason } }
}

/** A value of a form that is not allowed, of which nothing more is known. */
export function formReason(field: string, expected?: string): IssueReason {
  const message = `${field} has a form that is not allowed.`
  return { code: 'field.wrong_form', message, ...(expected === undefined ? {} : { expected }) }
}

function unionReason(finding: z.core.$ZodIssueInvalidUnion, field: string, given: unknown): IssueReason {
  // Discriminated unions carry their options; the type of zod's issue does not say so.
  const { options } = finding as { options?: readonly unknown[] }
  if (Array.isArray(options)) {
    const allowed = options.map(String)
    const expected = `one of ${allowed.join(', ')}`
    if (given === undefined) return missingReason(field, expected)
    const type = excerpt(JSON.stringify(given), 60)
    return {
      code: 'step.unknown_type',
      message: `There is no type ${type} here.`,
      expected,
      details: { type, allowed },
    }
  }
  if (given === undefined) return missingReason(field)
  return field === '"onError"' ? formReason(field, '"fail", "continue" or { fallback: steps }') : formReason(field)
}

const TYPE_NAMES: Readonly<Record<string, readonly [type: string, name: string]>> = {
  string: ['text', 'a text'],
  number: ['number', 'a number'],
  int: ['integer', 'a whole number'],
  boolean: ['boolean', 'true or false'],
  array: ['list', 'a list'],
  object: ['object', 'an object'],
  record: ['object', 'an object'],
}

function typeReason({ expected: wanted }: z.core.$ZodIssueInvalidType, field: string, given: unknown): IssueReason {
  const [type, expected] = TYPE_NAMES[wanted] ?? [wanted, wanted]
  if (given === undefined) return missingReason(field, expected)
  return { code: 'field.wrong_type', message: `${field} is of the wrong kind.`, expected, details: { type } }
}

function valueReason({ values }: z.core.$ZodIssueInvalidValue, field: string): IssueReason {
  const expected = `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`
  const details = { allowed: values.map(String) }
  return { code: 'field.not_allowed', message: `${field} has a value that is not allowed.`, expected, details }
}

const FORMAT_NAMES: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  url: 'a web address such as "https://example.com"',
  date: 'a date such as "2026-01-31"',
  datetime: 'a moment such as "2026-01-31T09:00:00Z"',
  time: 'a time of day such as "09:00:00"',
  uuid: 'a UUID',
}

function formatReason({ format }: z.core.$ZodIssueInvalidStringFormat, field: string): IssueReason {
  const name = FORMAT_NAMES[format]
  if (name === undefined)
    return { code: 'field.wrong_format', message: `${field} has a form that is not allowed.`, details: {} }
  return { code: 'field.wrong_format', message: `${field} is not ${name}.`, expected: name, details: { format } }
}

type SizeFinding = z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig

function sizeReason(finding: SizeFinding, field: string): IssueReason {
  const limit = Number(finding.code === 'too_small' ? finding.minimum : finding.maximum)
  if (finding.origin === 'string') return lengthReason(finding, { field, limit, unit: 'characters' })
  if (['array', 'set', 'map', 'record'].includes(finding.origin)) {
    return lengthReason(finding, { field, limit, unit: finding.origin === 'record' ? 'fields' : 'items' })
  }
  const wording = rangeWording(finding)
  const expected = `${wording.words} ${limit}`
  return { code: wording.code, message: `${field} must be ${expected}.`, expected, details: { limit } }
}

interface Length {
  readonly field: string
  readonly limit: number
  readonly unit: 'characters' | 'items' | 'fields'
}

function lengthReason({ code, inclusive }: SizeFinding, { field, limit, unit }: Length): IssueReason {
  const isTooSmall = code === 'too_small'
  if (isTooSmall && limit === 1) return { code: 'field.empty', message: `${field} is empty.` }
  const isText = unit === 'characters'
  const named = isTooSmall ? (isText ? 'short' : 'few') : isText ? 'long' : 'many'
  // Lengths are whole: fewer than five is at most four.
  const most = inclusive === false ? limit + (isTooSmall ? 1 : -1) : limit
  const expected = `${isTooSmall ? 'at least' : 'at most'} ${most} ${unit}`
  return { code: `field.too_${named}`, message: `${field} must have ${expected}.`, expected, details: { limit: most } }
}

function rangeWording({ code, inclusive }: SizeFinding) {
  if (code === 'too_small') {
    return inclusive === false
      ? ({ code: 'field.not_above', words: 'more than' } as const)
      : ({ code: 'field.below_minimum', words: 'at least' } as const)
  }
  return inclusive === false
    ? ({ code: 'field.not_below', words: 'less than' } as const)
    : ({ code: 'field.above_maximum', words: 'at most' } as const)
}
