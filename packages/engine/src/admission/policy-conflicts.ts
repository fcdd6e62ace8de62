import { allSteps } from '../compile/walk.js'
import { parseDuration } from '../contracts/duration.js'
import type { DefinitionIssue } from '../contracts/issue.js'
import type { WorkflowDefinition } from '../contracts/workflow.js'

/** Policies that cannot be kept: they exclude each other, a step, or themselves. */
export function policyConflicts(definition: WorkflowDefinition): DefinitionIssue[] {
  const { rateLimit, throttle, debounce, batchEvents } = definition
  return [
    ...emptyDuration(rateLimit?.period, '/rateLimit/period'),
    ...emptyDuration(throttle?.period, '/throttle/period'),
    ...emptyDuration(debounce?.period, '/debounce/period'),
    ...emptyDuration(batchEvents?.timeout, '/batchEvents/timeout'),
    ...debounceConflicts(definition),
    ...gatheringConflicts(definition),
  ]
}

function emptyDuration(text: string | undefined, pointer: string): DefinitionIssue[] {
  if (text === undefined || parseDuration(text) !== 0) return []
  const message = `"${text}" is no time at all.`
  return [{ code: 'duration.zero', pointer, message, expected: 'a duration longer than nothing', details: { text } }]
}

function debounceConflicts({ debounce }: WorkflowDefinition): DefinitionIssue[] {
  if (debounce?.timeout === undefined) return []
  const periodMs = parseDuration(debounce.period) ?? 0
  if ((parseDuration(debounce.timeout) ?? periodMs) >= periodMs) return []
  const message = `The run would always start after ${debounce.timeout}, before the period of ${debounce.period} is over.`
  return [
    {
      code: 'policy.debounce_timeout',
      pointer: '/debounce/timeout',
      message,
      expected: `a duration of at least ${debounce.period}`,
      details: { timeout: debounce.timeout, period: debounce.period },
    },
  ]
}

/** A run of gathered triggers starts later, and for several callers. */
function gatheringConflicts({ debounce, batchEvents, steps }: WorkflowDefinition): DefinitionIssue[] {
  if (debounce === undefined && batchEvents === undefined) return []
  const name = batchEvents === undefined ? 'debounce' : 'batchEvents'
  const issues: DefinitionIssue[] = []
  if (debounce !== undefined && batchEvents !== undefined) {
    const message = 'A workflow either debounces its triggers or batches them: leave one of the two out.'
    issues.push({ code: 'policy.debounce_and_batch', pointer: '/batchEvents', message })
  }
  for (const { step, pointer } of allSteps(steps)) {
    if (step.type !== 'respond') continue
    const message = `The caller cannot be answered: with "${name}" the run starts after the caller has gone. Remove this step, or "${name}".`
    issues.push({ code: 'policy.no_caller', pointer, stepId: step.id, message, details: { policy: name } })
  }
  return issues
}
