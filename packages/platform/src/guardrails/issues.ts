import {
  allSteps,
  type DefinitionIssue,
  type IssueReason,
  parseDuration,
  type Step,
  type WorkflowDefinition,
} from '@inlay/engine'
import { Cron } from 'croner'
import type { Guardrails } from './schema.js'

const MINUTE_MS = 60_000
/** Moments of a schedule that are looked at: enough to meet the closest two of a day. */
const LOOKED_AT = 100

/** Whether a connector is offered. */
export function isOffered({ connectors: { allow, deny } }: Pick<Guardrails, 'connectors'>, id: string): boolean {
  return (allow === undefined || allow.includes(id)) && deny?.includes(id) !== true
}

/** An issue for everything in a definition that is not offered, in words for those who are not offered it. */
export function guardrailIssues(definition: WorkflowDefinition, rules: Guardrails): DefinitionIssue[] {
  const steps = [...allSteps(definition.steps)]
  return [
    ...triggerIssues(definition, rules),
    ...steps.flatMap(({ step, pointer }) => stepIssues(step, pointer, rules)),
    ...sizeIssues(steps, rules),
  ]
}

function triggerIssues({ trigger }: WorkflowDefinition, rules: Guardrails): DefinitionIssue[] {
  if (trigger.type === 'connector' && !isOffered(rules, trigger.connector)) {
    return [{ ...notOffered(trigger.connector), pointer: '/trigger/connector' }]
  }
  const { minScheduleMinutes: least } = rules
  if (trigger.type !== 'schedule' || least === null) return []
  const pauseMs = trigger.cron === undefined ? parseDuration(trigger.every ?? '') : shortestPauseMs(trigger.cron)
  if (pauseMs === undefined || pauseMs >= least * MINUTE_MS) return []
  const message = `This schedule starts too often: here automations start every ${minutes(least)} at most.`
  const pointer = trigger.cron === undefined ? '/trigger/every' : '/trigger/cron'
  return [{ code: 'schedule.too_often', pointer, message, details: { minutes: least } }]
}

function stepIssues(step: Step, pointer: string, rules: Guardrails): DefinitionIssue[] {
  const { id: stepId } = step
  if (step.type === 'action' && !isOffered(rules, step.connector)) {
    return [{ ...notOffered(step.connector), pointer: `${pointer}/connector`, stepId }]
  }
  if (isTypeOffered(step.type, rules)) return []
  const message = 'Steps of this kind are not offered here: remove it, or ask whoever administers this product.'
  return [{ code: 'step.not_offered', pointer: `${pointer}/type`, stepId, message, details: { type: step.type } }]
}

function isTypeOffered(type: Step['type'], { stepTypes, allowCode }: Guardrails): boolean {
  if (type === 'code' && !allowCode) return false
  return stepTypes === null || stepTypes.includes(type)
}

function sizeIssues(steps: readonly { step: Step; pointer: string }[], { maxSteps }: Guardrails): DefinitionIssue[] {
  const first = maxSteps === null ? undefined : steps[maxSteps]
  if (first === undefined) return []
  const message = `An automation may have ${maxSteps} steps here, and this one has ${steps.length}: remove some.`
  const { pointer, step } = first
  return [{ code: 'step.too_many', pointer, stepId: step.id, message, details: { limit: maxSteps ?? 0 } }]
}

function notOffered(connector: string): IssueReason {
  const message = `The app "${connector}" is not offered here: use another one, or ask whoever administers this product.`
  return { code: 'connector.not_offered', message, details: { connector } }
}

function minutes(count: number): string {
  return count === 1 ? 'minute' : `${count} minutes`
}

/** The shortest pause between two moments of a cron expression; undefined for what other checks have refused. */
function shortestPauseMs(cron: string): number | undefined {
  try {
    const runs = new Cron(cron, { paused: true, timezone: 'UTC' }).nextRuns(LOOKED_AT).map((run) => run.getTime())
    const pauses = runs.slice(1).map((run, index) => run - (runs[index] ?? run))
    return pauses.length === 0 ? undefined : Math.min(...pauses)
  } catch {
    return undefined
  }
}
