// Why an expression gives nothing with the data there is, in the words of whoever builds a workflow.
import type { EvaluationCode, IssueDetail, IssueDetails, ValueKind } from '@inlay/engine'
import type { MessageKey } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'
import { factsAsValues, plainFact } from './facts.js'

/** What is said for a code: a text that the facts fill, or more when one text is not enough. */
type Words = MessageKey | ((facts: IssueDetails, t: Texts) => string)

const WORDS = {
  'evaluation.empty_part': ({ part = '', names }, t) => {
    const text = t('evaluation.emptyPart', { part: plainFact(part) })
    return names === undefined ? text : `${text} ${t('evaluation.names', { names: plainFact(names) })}`
  },
  'evaluation.wrong_kind': ({ wanted, given }, t) => {
    const hint = wanted === 'number' && given === 'text' ? ` ${t('evaluation.toNumber')}` : ''
    return `${t(keyOf(WANTED, wanted) ?? 'issue.wrongKind')} ${got(given, t)}${hint}`
  },
  'evaluation.cannot_add': (facts, t) => `${t('evaluation.add')} ${gotBoth(facts, t)}`,
  'evaluation.cannot_compare': ({ sign = '', ...facts }, t) =>
    `${t('evaluation.compare', { sign: plainFact(sign) })} ${gotBoth(facts, t)}`,
  'evaluation.wrong_key': ({ given }, t) => `${t('evaluation.key')} ${got(given, t)}`,
  'evaluation.not_data': ({ given }, t) => `${t('evaluation.notData')} ${got(given, t)}`,
  'evaluation.no_method': ({ given, name = '' }, t) =>
    `${t('evaluation.noMethod', { name: plainFact(name) })} ${got(given, t)}`,
  'evaluation.division_by_zero': 'evaluation.zero',
  'evaluation.number_too_large': 'issue.numberTooLarge',
  'evaluation.forbidden_name': 'issue.forbiddenName',
  'evaluation.unreadable_text': 'evaluation.unreadable',
  'evaluation.date_mismatch': 'evaluation.dateForm',
  'evaluation.date_out_of_range': 'evaluation.dateRange',
  'evaluation.not_allowed': 'evaluation.allowed',
  'evaluation.unknown_time_zone': 'issue.noZone',
  'evaluation.unknown_locale': 'evaluation.locale',
  'evaluation.below_minimum': 'issue.atLeast',
  'evaluation.out_of_range': 'evaluation.range',
  'evaluation.not_whole': 'issue.needs.wholeNumber',
  'evaluation.wrong_order': 'evaluation.order',
  'evaluation.too_long': counted('issue.tooLong'),
  'evaluation.too_many': counted('issue.tooMany'),
  'evaluation.not_json': 'evaluation.notJson',
  'evaluation.bad_pattern': 'evaluation.badPattern',
  'evaluation.pattern_too_large': 'evaluation.largePattern',
  'evaluation.open_quote': 'evaluation.openQuote',
  'evaluation.nothing_to_find': 'evaluation.nothingToFind',
  'evaluation.no_first_value': 'evaluation.firstValue',
  'evaluation.only_in_runs': 'evaluation.onlyInRuns',
  'evaluation.too_many_steps': 'evaluation.manySteps',
  'evaluation.too_slow': 'evaluation.slow',
  'evaluation.too_large': 'evaluation.large',
  'evaluation.too_deep': 'evaluation.deep',
  'evaluation.failed': 'evaluation.failed',
} as const satisfies Readonly<Record<EvaluationCode, Words>>

/** Codes whose words tell the name of the function themselves, or are about no function. */
const SELF_TOLD: ReadonlySet<EvaluationCode> = new Set([
  'evaluation.no_method',
  'evaluation.forbidden_name',
  'evaluation.nothing_to_find',
  'evaluation.no_first_value',
])

const WANTED = {
  text: 'issue.needs.text',
  number: 'issue.needs.number',
  boolean: 'issue.needs.boolean',
  list: 'issue.needs.list',
  object: 'issue.needs.object',
  function: 'evaluation.needs.function',
} as const satisfies Partial<Record<ValueKind, MessageKey>>

const KINDS = {
  text: 'kind.text',
  number: 'kind.number',
  boolean: 'kind.boolean',
  list: 'kind.anyList',
  object: 'kind.anyObject',
  function: 'kind.function',
  null: 'kind.nothing',
  nothing: 'kind.nothing',
} as const satisfies Record<ValueKind, MessageKey>

/**
 * Why an evaluation ended, by what its error says for programs.
 *
 * @param data of a StepError
 * @returns undefined when it is about anything else, or from an engine that gives no code or one of tomorrow
 */
export function evaluationWords(data: unknown, t: Texts): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { code, details } = data as { readonly code?: unknown; readonly details?: unknown }
  if (!isKnown(code)) return undefined
  // What stands beside a known code was written by the engine, as its contract says.
  const facts = (details ?? {}) as IssueDetails
  const words: Words = WORDS[code]
  const text = typeof words === 'string' ? t(words, factsAsValues(facts)) : words(facts, t)
  const { name } = facts
  return name === undefined || SELF_TOLD.has(code) ? text : t('issue.of', { name: plainFact(name), text })
}

function isKnown(code: unknown): code is EvaluationCode {
  return typeof code === 'string' && Object.hasOwn(WORDS, code)
}

function keyOf<Key extends MessageKey>(table: Readonly<Record<string, Key>>, name: unknown): Key | undefined {
  return typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined
}

function kindWord(kind: unknown, t: Texts): string {
  return t(keyOf(KINDS, kind) ?? 'kind.nothing')
}

function got(given: unknown, t: Texts): string {
  return t('evaluation.got', { kind: kindWord(given, t) })
}

function gotBoth({ left, right }: IssueDetails, t: Texts): string {
  return t('evaluation.gotBoth', { left: kindWord(left, t), right: kindWord(right, t) })
}

function counted(key: MessageKey): (facts: { readonly limit?: IssueDetail }, t: Texts) => string {
  return ({ limit = 0 }, t) => t(key, { count: Number(limit) })
}
