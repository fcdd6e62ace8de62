// What the server finds in a draft, in the words of whoever builds it: fields by their titles, steps by their names.
import type { IssueCode, IssueReason, Step } from '@inlay/engine'
import type { ConnectorSummary } from '../data/api-types.js'
import type { FieldIssue, PlacedIssue } from '../document/issues.js'
import type { StepNames } from '../expressions/readable.js'
import { type SchemaField, schemaFields, titleOf } from '../forms/schema.js'
import type { MessageKey } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'
import { factsAsValues, plainFact } from './facts.js'

/** What words are made with. */
export interface IssueContext {
  readonly step: Step | undefined
  readonly connectors: readonly ConnectorSummary[]
  readonly stepNames: StepNames
  readonly t: Texts
}

type Facts = PlacedIssue['details']

/** What is said for a code: a text that the facts fill, or more when one text is not enough. */
type Words = MessageKey | ((facts: Facts, context: WordsContext) => string)

type WordsContext = Pick<IssueContext, 'stepNames' | 't'>

/** What is said for each code. Lists of facts are joined; a text takes of the facts what it names. */
const WORDS = {
  'document.not_json': 'issue.notJson',
  'document.too_deep': 'issue.dataTooDeep',
  'document.too_large': 'issue.tooMuchData',
  'document.more_issues': ({ count = 0 }, { t }) => t('issue.more', { limit: plainFact(count) }),
  'field.missing': 'form.fillIn',
  'field.empty': 'form.fillIn',
  'field.unknown': 'issue.unknownField',
  'field.wrong_type': ({ type }, { t }) => t(oneOf(TYPES, type) ?? 'issue.wrongKind'),
  'field.wrong_form': 'issue.wrongKind',
  'field.wrong_format': ({ format }, { t }) => t(oneOf(FORMATS, format) ?? 'issue.format.other'),
  'field.not_allowed': 'issue.notAllowed',
  'field.too_long': counted('issue.tooLong'),
  'field.too_short': counted('issue.tooShort'),
  'field.too_many': counted('issue.tooMany'),
  'field.too_few': counted('issue.tooFew'),
  'field.above_maximum': 'issue.atMost',
  'field.below_minimum': 'issue.atLeast',
  'field.not_below': 'issue.lessThan',
  'field.not_above': 'issue.moreThan',
  'field.not_multiple': 'issue.multipleOf',
  'field.refused': ({ reason = '' }, { t }) => t('issue.notRight', { why: plainFact(reason) }),
  'name.malformed': 'issue.badName',
  'name.forbidden': 'issue.forbiddenName',
  'id.malformed': 'issue.badName',
  'id.taken': 'issue.usedTwice',
  'duration.invalid': 'issue.duration',
  'duration.zero': 'issue.noTime',
  'step.unknown_type': 'issue.notAllowed',
  'step.not_offered': 'issue.notOffered',
  'step.nested_too_deep': 'issue.tooDeep',
  'step.too_many': 'issue.tooManySteps',
  'step.no_retry': 'issue.retryOnly',
  'step.no_timeout': 'issue.timeoutOnly',
  'step.nested_compensation': 'issue.undoUndo',
  'parallel.no_branch': 'issue.noBranch',
  'split.no_weight': 'issue.noWeight',
  'try.no_handler': 'issue.tryNeeds',
  'wait.not_one_kind': 'issue.waitKind',
  'wait.no_steps': 'issue.waitSteps',
  'expression.empty': 'issue.emptyExpression',
  'expression.not_closed': 'issue.openBraces',
  'expression.ends_early': 'issue.brokenExpression',
  'expression.unexpected': 'issue.brokenExpression',
  'expression.syntax': 'issue.brokenExpression',
  'expression.several': 'issue.oneExpression',
  'expression.too_long': counted('issue.tooLong'),
  'expression.too_deep': 'issue.nestedExpression',
  'expression.unknown_name': suggesting('issue.unknownName'),
  'expression.unknown_function': suggesting('issue.noFunction'),
  'expression.wrong_arguments': 'issue.callAs',
  'expression.not_callable': 'issue.notCallable',
  'expression.misplaced_function': 'issue.functionHere',
  'expression.assignment': 'issue.assignment',
  'expression.pattern_literal': 'issue.pattern',
  'expression.number_too_large': 'issue.numberTooLarge',
  'expression.unsupported': 'issue.unsupported',
  'reference.unknown_step': 'issue.noStep',
  'reference.not_yet': ({ stepId = '' }, { t, stepNames }) => {
    const id = String(stepId)
    return t('issue.notYet', { name: stepNames(id) ?? id })
  },
  'reference.no_item': 'issue.noItem',
  'reference.no_index': 'issue.noIndex',
  'reference.before_run': 'issue.beforeRun',
  'trigger.expression': 'issue.noExpression',
  'schedule.not_one_kind': 'issue.scheduleOne',
  'schedule.cron_parts': 'issue.cronParts',
  'schedule.cron_part': 'issue.cronPart',
  'schedule.cron_unreadable': 'issue.cronPart',
  'schedule.never': 'issue.cronNever',
  'schedule.too_short': 'issue.minute',
  'schedule.too_often': 'issue.tooOften',
  'schedule.unknown_time_zone': 'issue.noZone',
  'policy.debounce_timeout': 'issue.debounceTimeout',
  'policy.debounce_and_batch': 'issue.debounceOrBatch',
  'policy.no_caller': 'issue.noCaller',
  'connector.unknown': 'issue.noApp',
  'connector.unknown_version': 'issue.noVersion',
  'connector.unknown_action': 'issue.noMember',
  'connector.unknown_trigger': 'issue.noMember',
  'connector.not_loaded': 'issue.appBroken',
  'connector.switched_off': 'issue.notOffered',
  'connector.not_offered': 'issue.notOffered',
  'connection.missing': 'issue.noAccount',
  'connection.lacks_permissions': 'issue.permissions',
  'file.gone': 'issue.fileGone',
} as const satisfies Readonly<Record<IssueCode, Words>>

const TYPES = {
  text: 'issue.needs.text',
  number: 'issue.needs.number',
  integer: 'issue.needs.wholeNumber',
  boolean: 'issue.needs.boolean',
  list: 'issue.needs.list',
  object: 'issue.needs.object',
} as const satisfies Readonly<Record<string, MessageKey>>

const FORMATS = {
  email: 'issue.format.email',
  url: 'issue.format.url',
  date: 'issue.format.date',
  datetime: 'issue.format.moment',
} as const satisfies Readonly<Record<string, MessageKey>>

/** What is wrong with an expression while it is written, in plain words. */
export function expressionWords({ code, details = {}, message }: IssueReason, t: Texts): string {
  return issueWords({ code, details, message }, { t, stepNames: () => undefined })
}

/** An issue in plain words, beside its field. */
export function issueWords(
  { code, details, message }: Pick<PlacedIssue, 'code' | 'details' | 'message'>,
  context: WordsContext,
): string {
  // A newer server may find what these words do not know yet, and an older one gives no code: its own words are quoted.
  const words: Words | undefined = oneOf(WORDS, code)
  if (words === undefined) return context.t('issue.notRight', { why: message.replace(/[.]$/, '') })
  return typeof words === 'string' ? context.t(words, factsAsValues(details)) : words(details, context)
}

/** Whether there are words for a code: a newer server may have others, and an older one gives none. */
export function isWorded(code: unknown): code is IssueCode {
  return oneOf(WORDS, code) !== undefined
}

function oneOf<Value>(table: Readonly<Record<string, Value>>, name: unknown): Value | undefined {
  return typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined
}

/** Words that go by how many may be there. */
function counted(key: MessageKey): Words {
  return ({ limit = 0 }, { t }) => t(key, { count: Number(limit) })
}

/** Words that end with what was probably meant. */
function suggesting(key: MessageKey): Words {
  return (facts, { t }) => {
    const { suggestion } = facts
    const text = t(key, factsAsValues(facts))
    return suggestion === undefined ? text : `${text} ${t('issue.didYouMean', { name: plainFact(suggestion) })}`
  }
}

/** What fields are called in the forms, by the end of their pointer; longer ends first. */
const FIELD_NAMES: readonly (readonly [ending: RegExp, name: MessageKey])[] = [
  [/\/approval\/title$/, 'approval.title'],
  [/\/approval\/message$/, 'approval.message'],
  [/\/approval\/assignees/, 'approval.assignees'],
  [/\/event\/name$/, 'wait.event'],
  [/\/event\/match/, 'wait.match'],
  [/\/(if|condition|filter)$/, 'condition.label'],
  [/\/items$/, 'forEach.items'],
  [/\/workflow$/, 'call.workflow'],
  [/\/event$/, 'publish.event'],
  [/\/payload/, 'publish.payload'],
  [/\/source$/, 'code.source'],
  [/\/for$/, 'wait.for'],
  [/\/until$/, 'wait.until'],
  [/\/timeout$/, 'wait.timeout'],
  [/\/cron$/, 'schedule.cronLabel'],
  [/\/every$/, 'schedule.interval'],
  [/^\/name$/, 'trigger.event'],
  [/\/connection$/, 'issue.account'],
  [/\/status$/, 'respond.status'],
  [/\/body/, 'respond.body'],
  [/\/headers/, 'respond.headers'],
  [/\/retry/, 'settings.retry'],
]

/** What people call the field that an issue is about; undefined for the step as a whole. */
export function fieldTitle({ field }: FieldIssue, { step, connectors, t }: IssueContext): string | undefined {
  if (field === '') return undefined
  const parts = field.split('/').slice(1)
  if (step?.type === 'action' && parts[0] === 'input') return inputTitle(parts.slice(1), fieldsOf(step, connectors))
  if (parts[0] === 'values' || (step?.type === 'code' && parts[0] === 'input')) return parts[1]
  const known = FIELD_NAMES.find(([ending]) => ending.test(field))
  return known === undefined ? titleOf(parts.findLast((part) => !/^\d+$/.test(part)) ?? '') : t(known[1])
}

function fieldsOf(step: Step & { type: 'action' }, connectors: readonly ConnectorSummary[]): readonly SchemaField[] {
  const connector = connectors.find(({ id }) => id === step.connector)
  return schemaFields(connector?.actions.find(({ id }) => id === step.action)?.inputSchema ?? {})
}

function inputTitle([name = '', ...rest]: readonly string[], fields: readonly SchemaField[]): string {
  const title = fields.find((field) => field.name === name)?.title ?? titleOf(name)
  const inner = rest.map((part) => (/^\d+$/.test(part) ? `#${Number(part) + 1}` : titleOf(part)))
  return [title, ...inner].join(' › ')
}

/** Whether no form has the field, so that the issue has to be said above it. */
export function isLoose({ field }: FieldIssue, { step, connectors }: IssueContext): boolean {
  if (field === '' || /^\/(connector|action|version|trigger|branches|variants|cases|else|name|note|type)$/.test(field))
    return true
  const name = /^\/input\/([^/]+)/.exec(field)?.[1]
  if (step?.type !== 'action' || name === undefined) return false
  return !fieldsOf(step, connectors).some((each) => each.name === name)
}
