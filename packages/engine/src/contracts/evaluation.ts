import type { FactsOf } from './issue.js'

/**
 * Why an expression gave nothing, by the names of the facts in `details`; `?` marks one that may be absent. Codes are
 * stable: programs and translations go by them, never by messages. What is named `given`, `left`, `right` or `wanted` is
 * one of `VALUE_KINDS`.
 */
export const EVALUATION_CODES = {
  'evaluation.empty_part': ['part', 'names?'],
  'evaluation.wrong_kind': ['wanted', 'given', 'name?'],
  'evaluation.cannot_add': ['left', 'right'],
  'evaluation.cannot_compare': ['sign', 'left', 'right'],
  'evaluation.wrong_key': ['given'],
  'evaluation.not_data': ['given'],
  'evaluation.no_method': ['name', 'given'],
  'evaluation.division_by_zero': [],
  'evaluation.number_too_large': [],
  'evaluation.forbidden_name': ['name'],
  'evaluation.unreadable_text': ['text', 'example', 'name?'],
  'evaluation.date_mismatch': ['text', 'format'],
  'evaluation.date_out_of_range': [],
  'evaluation.not_allowed': ['given', 'allowed', 'name?'],
  'evaluation.unknown_time_zone': ['timeZone'],
  'evaluation.unknown_locale': ['locale'],
  'evaluation.below_minimum': ['limit', 'name'],
  'evaluation.out_of_range': ['least', 'most', 'name'],
  'evaluation.not_whole': ['name'],
  'evaluation.wrong_order': ['name'],
  'evaluation.too_long': ['limit'],
  'evaluation.too_many': ['limit'],
  'evaluation.not_json': ['reason?'],
  'evaluation.bad_pattern': ['reason'],
  'evaluation.pattern_too_large': [],
  'evaluation.open_quote': [],
  'evaluation.nothing_to_find': ['name'],
  'evaluation.no_first_value': ['name'],
  'evaluation.only_in_runs': [],
  'evaluation.too_many_steps': [],
  'evaluation.too_slow': ['limit'],
  'evaluation.too_large': ['limit?'],
  'evaluation.too_deep': [],
  'evaluation.failed': [],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** One of `EVALUATION_CODES`. */
export type EvaluationCode = keyof typeof EVALUATION_CODES

/** What values are, as the details of an evaluation name them. */
export const VALUE_KINDS = ['text', 'number', 'boolean', 'list', 'object', 'function', 'null', 'nothing'] as const

/** One of `VALUE_KINDS`. */
export type ValueKind = (typeof VALUE_KINDS)[number]

type NameOf<C extends EvaluationCode> = (typeof EVALUATION_CODES)[C][number]

/**
 * Why an expression gave nothing: each code with the facts that belong to it. Code and details are in the `data` of the
 * StepError (kind `expression` or `limit`) that the evaluation ends with.
 */
export type EvaluationReason = {
  [C in EvaluationCode]: {
    readonly code: C
    /** What happened, as one short line. */
    readonly message: string
    /** What to do about it, as sentences. */
    readonly hint?: string | undefined
  } & ([NameOf<C>] extends [never] ? { readonly details?: never } : { readonly details: FactsOf<NameOf<C>> })
}[EvaluationCode]
