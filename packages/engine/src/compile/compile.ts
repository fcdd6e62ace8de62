import { DURATION_EXAMPLE, parseDuration } from '../contracts/duration.js'
import type { DefinitionIssue } from '../contracts/issue.js'
import type { Trigger, WorkflowDefinition } from '../contracts/workflow.js'
import { compileExpression } from '../expression/index.js'
import type { Program } from '../run/program.js'
import { DefinitionCompiler } from './compiler.js'
import { workflowSchema } from './schema.js'
import { schemaIssues } from './schema-issues.js'
import { allSteps } from './walk.js'

const MIN_SCHEDULE_MS = 60_000

export type CompileResult =
  | { readonly ok: true; readonly program: Program }
  | { readonly ok: false; readonly issues: readonly DefinitionIssue[] }

/**
 * Checks a definition and prepares it for running. Never throws for bad input: all issues come back at once, those of
 * its shape first, since what has no shape cannot be looked into.
 */
export function compileWorkflow(document: unknown): CompileResult {
  const parsed = workflowSchema.safeParse(document)
  if (!parsed.success) return { ok: false, issues: schemaIssues(document, parsed.error) }
  const definition = parsed.data
  const steps = [...allSteps(definition.steps)]
  const compiler = new DefinitionCompiler(new Set(steps.map(({ step }) => step.id)))
  const compiled = compiler.compile(definition.steps)
  const issues = [...triggerIssues(definition.trigger), ...timeoutIssues(definition), ...compiler.issues]
  if (issues.length > 0) return { ok: false, issues }
  const responds = steps.some(({ step }) => step.type === 'respond')
  return {
    ok: true,
    program: { definition, steps: compiled, responds, timeoutMs: parseDuration(definition.timeout ?? '') },
  }
}

function triggerIssues(trigger: Trigger): DefinitionIssue[] {
  if (trigger.type === 'event' && trigger.filter !== undefined) {
    const compiled = compileExpression(trigger.filter)
    if (!compiled.ok)
      return compiled.issues.map(({ message }) => ({ pointer: '/trigger/filter', message: `${message}.` }))
  }
  if (trigger.type !== 'schedule') return []
  if ((trigger.cron === undefined) === (trigger.every === undefined)) {
    const message = 'A schedule has either "cron" or "every", and not both.'
    return [{ pointer: '/trigger', message, expected: 'cron such as "0 9 * * 1-5", or every such as "15m"' }]
  }
  const everyMs = trigger.every === undefined ? undefined : parseDuration(trigger.every)
  if (trigger.every !== undefined && (everyMs === undefined || everyMs < MIN_SCHEDULE_MS)) {
    const message = `"${trigger.every}" is not a duration of at least one minute.`
    return [{ pointer: '/trigger/every', message, expected: DURATION_EXAMPLE }]
  }
  return trigger.timeZone === undefined || isTimeZone(trigger.timeZone)
    ? []
    : [
        {
          pointer: '/trigger/timeZone',
          message: `There is no time zone "${trigger.timeZone}".`,
          expected: 'a name such as "Europe/Berlin"',
        },
      ]
}

function timeoutIssues({ timeout }: WorkflowDefinition): DefinitionIssue[] {
  if (timeout === undefined || parseDuration(timeout) !== undefined) return []
  return [{ pointer: '/timeout', message: `"${timeout}" is not a duration.`, expected: DURATION_EXAMPLE }]
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
