// What the server finds in a draft, in the words of whoever builds it: fields by their titles, steps by their names.
import type { Step } from '@inlay/engine'
import type { ConnectorSummary } from '../data/api-types.js'
import type { PlacedIssue } from '../document/issues.js'
import type { StepNames } from '../expressions/readable.js'
import { type SchemaField, schemaFields, titleOf } from '../forms/schema.js'
import type { MessageKey } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'

/** What words are made with. */
export interface IssueContext {
  readonly step: Step | undefined
  readonly connectors: readonly ConnectorSummary[]
  readonly stepNames: StepNames
  readonly t: Texts
}

type Rule = readonly [
  pattern: RegExp,
  words: (match: RegExpExecArray, context: IssueContext, issue: PlacedIssue) => string,
]

const KINDS: Readonly<Record<string, MessageKey>> = {
  'a text': 'issue.needs.text',
  'a number': 'issue.needs.number',
  'a whole number': 'issue.needs.wholeNumber',
  'true or false': 'issue.needs.boolean',
  'a list': 'issue.needs.list',
  'an object': 'issue.needs.object',
}

/** By what the server says; the first that fits. What fits none is said as it is. */
const RULES: readonly Rule[] = [
  [/^".*" (?:is missing|is empty)\.$/, (_, { t }) => t('form.fillIn')],
  [/is of the wrong kind\.$/, (_, { t }, { expected }) => t(KINDS[expected ?? ''] ?? 'issue.wrongKind')],
  [/has a value that is not allowed\.$/, (_, { t }) => t('issue.notAllowed')],
  [/^".*" must have at most (\d+) characters\.$/, ([, count], { t }) => t('issue.tooLong', { count: Number(count) })],
  [/^".*" must have at least (\d+) characters\.$/, ([, count], { t }) => t('issue.tooShort', { count: Number(count) })],
  [/^".*" must have at most (\d+) items\.$/, ([, count], { t }) => t('issue.tooMany', { count: Number(count) })],
  [/^".*" must have at least (\d+) items\.$/, ([, count], { t }) => t('issue.tooFew', { count: Number(count) })],
  [/^".*" must be at most (\S+)\.$/, ([, most = ''], { t }) => t('issue.atMost', { limit: most })],
  [/^".*" must be at least (\S+)\.$/, ([, least = ''], { t }) => t('issue.atLeast', { limit: least })],
  [/is not a duration\.$/, (_, { t }) => t('issue.duration')],
  [/^"(.*)" is not a known field here\./, ([, name = ''], { t }) => t('issue.unknownField', { name })],
  [/^There is no step "([^"]*)"/, (_, { t }) => t('issue.noStep')],
  [
    /^The step "([^"]*)" cannot have run here/,
    ([, id = ''], { t, stepNames }) => t('issue.notYet', { name: stepNames(id) ?? id }),
  ],
  [/^"item" exists only inside/, (_, { t }) => t('issue.noItem')],
  [/^"index" exists only inside/, (_, { t }) => t('issue.noIndex')],
  [/needs a connection\./, (_, { t }) => t('issue.noAccount')],
  [/^There is no connector "/, (_, { t }) => t('issue.noApp')],
  [/ has no (?:action|trigger) "/, (_, { t }) => t('issue.noMember')],
  [/ has no version .* here\.$/, (_, { t }) => t('issue.noVersion')],
  [/not offered here/, (_, { t }) => t('issue.notOffered')],
  [/^The (?:id) "[^"]*" is used twice/, (_, { t }) => t('issue.usedTwice')],
  [
    /^(?:The name .* does not start|An id starts)|has characters that are not allowed\.$/,
    (_, { t }) => t('issue.badName'),
  ],
  [/^(?:There is no type .* here|".*" has a form that is not allowed)\.$/, (_, { t }) => t('issue.notAllowed')],
  [/^What undoes a step cannot/, (_, { t }) => t('issue.undoUndo')],
  [/^Only action steps can be retried/, (_, { t }) => t('issue.retryOnly')],
  [/^Only action and code steps have/, (_, { t }) => t('issue.timeoutOnly')],
  [/^No variant has a weight/, (_, { t }) => t('issue.noWeight')],
  [/^A wait step needs to say|^It says .* and /, (_, { t }) => t('issue.waitKind')],
  [/^Only approvals and callbacks have steps/, (_, { t }) => t('issue.waitSteps')],
  [/^A parallel step needs/, (_, { t }) => t('issue.noBranch')],
  [/^A try step needs/, (_, { t }) => t('issue.tryNeeds')],
  [/is not a duration of at least one minute\.$/, (_, { t }) => t('issue.minute')],
  [/^There is no time zone "/, (_, { t }) => t('issue.noZone')],
  [/^A schedule has either/, (_, { t }) => t('issue.scheduleOne')],
  [/^This schedule starts too often/, (_, { t }) => t('issue.tooOften')],
  [/a cron expression has five\.$/, (_, { t }) => t('issue.cronParts')],
  [/^".*" is no (?:minute|hour|day of month|month|day of week): /, (_, { t }) => t('issue.cronPart')],
  [/never comes: no such day exists\.$/, (_, { t }) => t('issue.cronNever')],
  [/^A setting of a trigger cannot hold/, (_, { t }) => t('issue.noExpression')],
  [/does not exist before a run has started\.$/, (_, { t }) => t('issue.beforeRun')],
  [
    /^A(?:n automation| definition) may have (\d+) steps/,
    ([, limit = ''], { t }) => t('issue.tooManySteps', { limit }),
  ],
  [/^Blocks may be nested (\d+) deep/, ([, limit = ''], { t }) => t('issue.tooDeep', { limit })],
  [/^There are (\d+) more problems/, ([, limit = ''], { t }) => t('issue.more', { limit })],
  [/^The expression is empty\.$/, (_, { t }) => t('issue.emptyExpression')],
  [/^This \{\{ has no \}\}/, (_, { t }) => t('issue.openBraces')],
  [/^(?:The expression ends too early|Unexpected .*|Unterminated .*)\.$/, (_, { t }) => t('issue.brokenExpression')],
  [/^There is no (?:function|method) "([^"]*)"/, ([, name = ''], { t }) => t('issue.noFunction', { name })],
  [/^"([^"]*)" is not known here; /, ([, name = ''], { t }) => t('issue.unknownName', { name })],
  [/^".*" is not right: (.*?)\.?$/s, ([, why = ''], { t }) => t('issue.notRight', { why })],
]

/** An issue in plain words, beside its field. */
export function issueWords(issue: PlacedIssue, context: IssueContext): string {
  for (const [pattern, words] of RULES) {
    const match = pattern.exec(issue.message)
    if (match !== null) return words(match, context, issue)
  }
  // Only of expressions is the very sign known at which something is wrong.
  return issue.isExpression === true
    ? context.t('issue.expression', { why: issue.message.replace(/\.$/, '') })
    : issue.message
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
export function fieldTitle({ field }: PlacedIssue, { step, connectors, t }: IssueContext): string | undefined {
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
export function isLoose({ field }: PlacedIssue, { step, connectors }: IssueContext): boolean {
  if (field === '' || /^\/(connector|action|version|trigger|branches|variants|cases|else|name|note|type)$/.test(field))
    return true
  const name = /^\/input\/([^/]+)/.exec(field)?.[1]
  if (step?.type !== 'action' || name === undefined) return false
  return !fieldsOf(step, connectors).some((each) => each.name === name)
}
