import { DURATION_EXAMPLE, parseDuration } from '../contracts/duration.js'
import type { DefinitionIssue } from '../contracts/issue.js'
import type { JsonValue } from '../contracts/json.js'
import type { ScheduleTrigger, Trigger } from '../contracts/workflow.js'
import { compileExpression } from '../expression/index.js'
import { beforeRunIssues } from './before-run.js'
import { CRON_EXAMPLE, cronProblem } from './cron.js'
import { toPointer } from './pointer.js'

const MIN_SCHEDULE_MS = 60_000

/** What a schema cannot say of triggers: filters, cron expressions, durations, time zones. */
export function triggerIssues(trigger: Trigger): DefinitionIssue[] {
  switch (trigger.type) {
    case 'event':
      return trigger.filter === undefined ? [] : beforeRunIssues(compileExpression(trigger.filter), '/trigger/filter')
    case 'schedule':
      return scheduleIssues(trigger)
    case 'connector':
      return expressionsIn(trigger.input, '/trigger/input')
    case 'webhook':
    case 'manual':
      return []
  }
}

/** An expression would be taken as text, and nobody would be told. */
function expressionsIn(value: JsonValue, pointer: string): DefinitionIssue[] {
  if (typeof value === 'string') {
    if (!value.includes('{{')) return []
    const message = 'A setting of a trigger cannot hold an expression: nothing has happened yet that it could use.'
    return [{ code: 'trigger.expression', pointer, message, expected: 'a value without {{ }}' }]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => expressionsIn(child, pointer + toPointer([key])))
}

function scheduleIssues({ cron, every, timeZone }: ScheduleTrigger): DefinitionIssue[] {
  const issues: DefinitionIssue[] = []
  if ((cron === undefined) === (every === undefined)) {
    const message = 'A schedule has either "cron" or "every", and not both.'
    const expected = 'cron such as "0 9 * * 1-5", or every such as "15m"'
    issues.push({ code: 'schedule.not_one_kind', pointer: '/trigger', message, expected })
  }
  const problem = cron === undefined ? undefined : cronProblem(cron)
  if (problem !== undefined) issues.push({ ...problem, pointer: '/trigger/cron', expected: CRON_EXAMPLE })
  if (every !== undefined && (parseDuration(every) ?? 0) < MIN_SCHEDULE_MS) {
    const message = `"${every}" is not a duration of at least one minute.`
    const details = { text: every }
    issues.push({ code: 'schedule.too_short', pointer: '/trigger/every', message, expected: DURATION_EXAMPLE, details })
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    const message = `There is no time zone "${timeZone}".`
    const expected = 'a name such as "Europe/Berlin"'
    const pointer = '/trigger/timeZone'
    issues.push({ code: 'schedule.unknown_time_zone', pointer, message, expected, details: { timeZone } })
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
