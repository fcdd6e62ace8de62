import type { Step, StepType, Trigger } from '@inlay/engine'
import {
  Clock,
  FileInput,
  GitFork,
  Hand,
  OctagonX,
  Play,
  Repeat,
  Reply,
  Split,
  TimerReset,
  Webhook,
} from 'lucide-react'
import type { ConnectorSummary } from '../data/api-types.js'
import { type RootNames, readableText, type StepNames } from '../expressions/readable.js'
import type { Texts } from '../messages/useTexts.js'

/** Which of the node colours a card has. */
export type NodeFamily = 'trigger' | 'action' | 'logic' | 'code'

export const TRIGGER_ICONS = {
  webhook: Webhook,
  schedule: TimerReset,
  event: Play,
  manual: Hand,
} as const satisfies Record<Trigger['type'], typeof Play>

export const LOGIC_ICONS = {
  set: FileInput,
  branch: GitFork,
  parallel: Split,
  forEach: Repeat,
  wait: Clock,
  respond: Reply,
  stop: OctagonX,
} as const satisfies Record<Exclude<StepType, 'action'>, typeof Play>

/** The colour family of a step. */
export function stepFamily(step: Step): NodeFamily {
  return step.type === 'action' ? 'action' : 'logic'
}

/** What a step is called: its own name, its action's, or its kind's. */
export function stepTitle(step: Step, connectors: readonly ConnectorSummary[], t: Texts): string {
  return step.name ?? kindTitle(step, connectors, t)
}

/** What a step without a name of its own is called. */
export function kindTitle(step: Step, connectors: readonly ConnectorSummary[], t: Texts): string {
  if (step.type !== 'action') return t(`step.${step.type}`)
  const connector = connectors.find(({ id }) => id === step.connector)
  return connector?.actions.find(({ id }) => id === step.action)?.name ?? `${step.connector}: ${step.action}`
}

/** What kind of step it is, in a line below its name. */
export function stepKindLine(step: Step, connectors: readonly ConnectorSummary[], t: Texts): string {
  if (step.type !== 'action') return t(`step.${step.type}.text`)
  const connector = connectors.find(({ id }) => id === step.connector)
  const action = connector?.actions.find(({ id }) => id === step.action)
  return `${connector?.name ?? step.connector} · ${action?.name ?? step.action}`
}

export interface SummaryWords {
  readonly t: Texts
  readonly connectors: readonly ConnectorSummary[]
  readonly stepNames: StepNames
  readonly rootNames: RootNames
}

/** The second line of a step's card: what it does, in a few words. */
export function stepSummary(step: Step, words: SummaryWords): string {
  const { t } = words
  const readable = (template: string) => readableText(template, words.stepNames, words.rootNames)
  switch (step.type) {
    case 'action':
      return actionSummary(step, words)
    case 'set': {
      const names = Object.keys(step.values)
      return names.length === 0 ? t('summary.setEmpty') : names.join(', ')
    }
    case 'branch':
      return t('summary.branch', { count: step.cases.length })
    case 'parallel':
      return t('summary.parallel', { count: Object.keys(step.branches).length })
    case 'forEach': {
      const items = typeof step.items === 'string' ? readable(step.items) : t('summary.fixedList')
      return items === '' ? t('summary.forEachEmpty') : t('summary.forEach', { items })
    }
    case 'wait':
      return t('summary.wait', { time: step.for })
    case 'respond':
      return t('summary.respond', { status: String(step.status ?? 200) })
    case 'stop':
      return t(`summary.stop.${step.outcome}`)
  }
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

/** The text of a lane: when it is taken. */
export function laneText(
  step: Step,
  slot: { readonly slot: string; readonly kind: string },
  words: SummaryWords,
): string {
  const { t } = words
  if (slot.kind === 'else') return t('lane.else')
  if (slot.kind === 'fallback') return t('lane.fallback')
  const key = slot.slot.split('/')[1] ?? ''
  if (step.type !== 'branch') return key
  const branchCase = step.cases[Number(key)]
  if (branchCase?.name !== undefined) return branchCase.name
  const condition = readableText(branchCase?.if ?? '', words.stepNames, words.rootNames)
  return condition === '' ? t('lane.caseEmpty') : t('lane.case', { condition })
}
