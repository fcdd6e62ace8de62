import type { Step, StepOfType, Trigger } from '@inlay/engine'
import {
  BellRing,
  Boxes,
  CalendarClock,
  Clock,
  Code,
  FileInput,
  GitFork,
  Hand,
  Link,
  Megaphone,
  OctagonX,
  Percent,
  RefreshCw,
  Repeat,
  Reply,
  ShieldCheck,
  Split,
  TimerReset,
  UserCheck,
  Webhook,
  Workflow,
} from 'lucide-react'
import type { ConnectorSummary } from '../data/api-types.js'
import { type LogicKind, logicKind } from '../document/step-types.js'
import { type RootNames, readableText, type StepNames } from '../expressions/readable.js'
import type { Texts } from '../messages/useTexts.js'
import { durationWords } from '../panels/duration.js'

/** Which of the node colours a card has. */
export type NodeFamily = 'trigger' | 'action' | 'logic' | 'code'

export const TRIGGER_ICONS = {
  webhook: Webhook,
  schedule: TimerReset,
  event: BellRing,
  connector: Boxes,
  manual: Hand,
} as const satisfies Record<Trigger['type'], typeof Hand>

export const LOGIC_ICONS = {
  set: FileInput,
  code: Code,
  branch: GitFork,
  parallel: Split,
  forEach: Repeat,
  while: RefreshCw,
  try: ShieldCheck,
  split: Percent,
  stop: OctagonX,
  wait: Clock,
  waitUntil: CalendarClock,
  waitEvent: BellRing,
  approval: UserCheck,
  callback: Link,
  call: Workflow,
  publish: Megaphone,
  respond: Reply,
} as const satisfies Record<LogicKind, typeof Hand>

/** The colour family of a step that is no action. */
export function logicFamily(kind: LogicKind): NodeFamily {
  return kind === 'code' ? 'code' : 'logic'
}

/** What a step is called: its own name, its action's, or its kind's. */
export function stepTitle(step: Step, connectors: readonly ConnectorSummary[], t: Texts): string {
  return step.name ?? kindTitle(step, connectors, t)
}

/** What a step without a name of its own is called. */
export function kindTitle(step: Step, connectors: readonly ConnectorSummary[], t: Texts): string {
  if (step.type !== 'action') return t(`step.${logicKind(step)}`)
  const connector = connectors.find(({ id }) => id === step.connector)
  return connector?.actions.find(({ id }) => id === step.action)?.name ?? `${step.connector}: ${step.action}`
}

/** What a trigger is called: its connector's words, or its kind's. */
export function triggerTitle(trigger: Trigger, connectors: readonly ConnectorSummary[], t: Texts): string {
  if (trigger.type !== 'connector') return t(`trigger.${trigger.type}`)
  const { summary } = findTrigger(trigger, connectors)
  return summary?.name ?? `${trigger.connector}: ${trigger.trigger}`
}

/** The connector of a trigger and what it says of it, as far as they are there. */
export function findTrigger(trigger: Trigger, connectors: readonly ConnectorSummary[]) {
  if (trigger.type !== 'connector') return { connector: undefined, summary: undefined }
  const connector = connectors.find(({ id }) => id === trigger.connector)
  return { connector, summary: connector?.triggers.find(({ id }) => id === trigger.trigger) }
}

/** What kind of step it is, in a line below its name. */
export function stepKindLine(step: Step, connectors: readonly ConnectorSummary[], t: Texts): string {
  if (step.type !== 'action') return t(`step.${logicKind(step)}.text`)
  const connector = connectors.find(({ id }) => id === step.connector)
  const action = connector?.actions.find(({ id }) => id === step.action)
  return `${connector?.name ?? step.connector} · ${action?.name ?? step.action}`
}

export interface SummaryWords {
  readonly t: Texts
  readonly connectors: readonly ConnectorSummary[]
  readonly stepNames: StepNames
  readonly rootNames: RootNames
  /** The name of another workflow. */
  readonly workflowName: (id: string) => string | undefined
}

/** The second line of a step's card: what it does, in a few words. */
export function stepSummary(step: Step, words: SummaryWords): string {
  return SUMMARIES[step.type](step as never, words)
}

type Summaries = { readonly [T in Step['type']]: (step: StepOfType<T>, words: SummaryWords) => string }

const SUMMARIES: Summaries = {
  action: actionSummary,
  set: ({ values }, { t }) => Object.keys(values).join(', ') || t('summary.setEmpty'),
  code: ({ source }, { t }) => firstLine(source) || t('summary.codeEmpty'),
  branch: ({ cases }, { t }) => t('summary.branch', { count: cases.length }),
  parallel: ({ branches, join }, { t }) =>
    t(join === 'any' ? 'summary.parallelAny' : 'summary.parallel', { count: Object.keys(branches).length }),
  forEach: ({ items }, words) => {
    const list = typeof items === 'string' ? readable(items, words) : words.t('summary.fixedList')
    return list === '' ? words.t('summary.forEachEmpty') : words.t('summary.forEach', { items: list })
  },
  while: ({ condition }, words) => {
    const text = readable(condition, words)
    return text === '' ? words.t('summary.whileEmpty') : words.t('summary.while', { condition: text })
  },
  try: ({ catch: handler, finally: always }, { t }) =>
    t(handler === undefined ? 'summary.tryFinally' : always === undefined ? 'summary.try' : 'summary.tryBoth'),
  split: ({ variants }, { t }) => t('summary.split', { count: variants.length }),
  wait: waitSummary,
  call: ({ workflow }, { t, workflowName }) =>
    workflow === '' ? t('summary.callEmpty') : (workflowName(workflow) ?? workflow),
  publish: ({ event }, { t }) => event || t('summary.eventEmpty'),
  respond: ({ status }, { t }) => t('summary.respond', { status: String(status ?? 200) }),
  stop: ({ outcome }, { t }) => t(`summary.stop.${outcome}`),
}

function readable(template: string, { stepNames, rootNames }: SummaryWords): string {
  return readableText(template, stepNames, rootNames)
}

/** The first line of code that is not a remark. */
function firstLine(source: string): string {
  const lines = source.split('\n').map((line) => line.trim())
  return lines.find((line) => line !== '' && !line.startsWith('//')) ?? ''
}

function waitSummary(step: StepOfType<'wait'>, words: SummaryWords): string {
  const { t } = words
  if (step.approval !== undefined) return readable(step.approval.title, words) || t('summary.approvalEmpty')
  if (step.event !== undefined) return step.event.name || t('summary.eventEmpty')
  if (step.callback !== undefined) return t('summary.callback', { time: durationWords(step.callback.timeout, t) })
  if (step.until !== undefined) {
    const moment = typeof step.until === 'string' ? readable(step.until, words) : String(step.until)
    return moment === '' ? t('summary.untilEmpty') : t('summary.until', { time: moment })
  }
  return t('summary.wait', { time: durationWords(step.for ?? '', t) })
}

/** Fields whose value says best what an action does, in order of preference. */
const TELLING_FIELDS = ['url', 'channel', 'to', 'subject', 'text', 'message', 'name']

function actionSummary(step: Step & { readonly type: 'action' }, words: SummaryWords): string {
  const connector = words.connectors.find(({ id }) => id === step.connector)?.name ?? step.connector
  const field = TELLING_FIELDS.find((name) => typeof step.input[name] === 'string' && step.input[name] !== '')
  if (field === undefined) return connector
  const value = readableText(String(step.input[field]), words.stepNames, words.rootNames)
  const method = typeof step.input['method'] === 'string' && field === 'url' ? `${step.input['method']} ` : ''
  return `${connector} · ${method}${value.replace(/^https?:\/\//, '')}`
}
