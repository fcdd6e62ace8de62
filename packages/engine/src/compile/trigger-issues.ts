import { DURATION_EXAMPLE, parseDuration } from '../contracts/duration.js'
import type { DefinitionIssue } from '../contracts/issue.js'
import type { ScheduleTrigger, Trigger } from '../contracts/workflow.js'
import { compileExpression } from '../expression/index.js'
import { CRON_EXAMPLE, cronProblem } from './cron.js'

const MIN_SCHEDULE_MS = 60_000

/** What expressions see before there is a run. */
const SEEN_BEFORE_RUN: ReadonlySet<string> = new Set(['trigger', 'customer', 'tenant'])

/** What a schema cannot say of triggers: filters, cron expressions, durations, time zones. */
export function triggerIssues(trigger: Trigger): DefinitionIssue[] {
  switch (trigger.type) {
    case 'event':
      return trigger.filter === undefined ? [] : filterIssues(trigger.filter)
    case 'schedule':
      return scheduleIssues(trigger)
    default:
      return []
  }
}

function filterIssues(filter: string): DefinitionIssue[] {
  const pointer = '/trigger/filter'
  const compiled = compileExpression(filter)
  if (!compiled.ok) {
    return compiled.issues.map(({ message, offset }) => ({ pointer, message: `${message}.`, offset }))
  }
  const unseen = new Set(
    compiled.template.references.map(([root]) => root).filter((root) => !SEEN_BEFORE_RUN.has(root)),
  )
  return [...unseen].map((root) => ({
    pointer,
    message: `"${root}" does not exist yet when a filter decides whether a run starts.`,
    expected: `data of ${[...SEEN_BEFORE_RUN].join(', ')}`,
  }))
}

function scheduleIssues({ cron, every, timeZone }: ScheduleTrigger): DefinitionIssue[] {
  const issues: DefinitionIssue[] = []
  if ((cron === undefined) === (every === undefined)) {
    const message = 'A schedule has either "cron" or "every", and not both.'
    issues.push({ pointer: '/trigger', message, expected: 'cron such as "0 9 * * 1-5", or every such as "15m"' })
  }
  const problem = cron === undefined ? undefined : cronProblem(cron)
  if (problem !== undefined) issues.push({ pointer: '/trigger/cron', message: problem, expected: CRON_EXAMPLE })
  const everyMs = every === undefined ? MIN_SCHEDULE_MS : (parseDuration(every) ?? 0)
  if (everyMs < MIN_SCHEDULE_MS) {
    const message = `"${every}" is not a duration of at least one minute.`
    issues.push({ pointer: '/trigger/every', message, expected: DURATION_EXAMPLE })
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    const message = `There is no time zone "${timeZone}".`
    issues.push({ pointer: '/trigger/timeZone', message, expected: 'a name such as "Europe/Berlin"' })
  }
  return issues
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
