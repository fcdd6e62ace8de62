import { policyConflicts } from '../admission/policy-conflicts.js'
import { parseDuration } from '../contracts/duration.js'
import type { DefinitionIssue } from '../contracts/issue.js'
import type { WorkflowDefinition } from '../contracts/workflow.js'
import { compileTemplate } from '../expression/index.js'
import { beforeRunIssues } from './before-run.js'
import { notADuration } from './step-reasons.js'

/** What a schema cannot say of a workflow's time-out and of the policies by which its runs start. */
export function policyIssues(definition: WorkflowDefinition): DefinitionIssue[] {
  const { timeout, concurrency, debounce, batchEvents, rateLimit, throttle } = definition
  return [
    ...durationIssues(timeout, '/timeout'),
    ...keyIssues(concurrency, '/concurrency'),
    ...keyIssues(debounce, '/debounce'),
    ...durationIssues(debounce?.period, '/debounce/period'),
    ...durationIssues(debounce?.timeout, '/debounce/timeout'),
    ...keyIssues(batchEvents, '/batchEvents'),
    ...durationIssues(batchEvents?.timeout, '/batchEvents/timeout'),
    ...keyIssues(rateLimit, '/rateLimit'),
    ...durationIssues(rateLimit?.period, '/rateLimit/period'),
    ...keyIssues(throttle, '/throttle'),
    ...durationIssues(throttle?.period, '/throttle/period'),
    ...policyConflicts(definition),
  ]
}

function keyIssues(policy: { readonly key?: string } | undefined, pointer: string): DefinitionIssue[] {
  if (policy?.key === undefined) return []
  return beforeRunIssues(compileTemplate(policy.key), `${pointer}/key`)
}

function durationIssues(text: string | undefined, pointer: string): DefinitionIssue[] {
  if (text === undefined || parseDuration(text) !== undefined) return []
  return [{ ...notADuration(text), pointer }]
}
