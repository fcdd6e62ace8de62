import { type DefinitionIssue, type IssueReason, parseDuration, type Trigger } from '@inlay/engine'
import { Cron } from 'croner'

/** When a schedule fires next after a moment, or null when it never does. Wall-clock times follow the time zone's rules. */
export function nextFireAt(trigger: Trigger, after: Date): Date | null {
  if (trigger.type !== 'schedule') return null
  if (trigger.cron !== undefined) return nextCron(trigger.cron, trigger.timeZone ?? 'UTC', after)
  const everyMs = parseDuration(trigger.every ?? '')
  return everyMs === undefined ? null : new Date(after.getTime() + everyMs)
}

/** The next moment of a cron expression in a time zone; null when there is none or the expression is not valid. */
export function nextCron(cron: string, timeZone: string, after: Date): Date | null {
  try {
    return new Cron(cron, { timezone: timeZone, paused: true }).nextRun(after)
  } catch {
    return null
  }
}

/** The next moment of a fixed interval on its own grid, skipping what was missed. */
export function nextInterval(previous: Date, everyMs: number, after: Date): Date {
  const missed = Math.max(0, Math.floor((after.getTime() - previous.getTime()) / everyMs))
  return new Date(previous.getTime() + (missed + 1) * everyMs)
}

/** What is wrong with a schedule's cron expression, which the compiler does not look into. */
export function scheduleIssues(trigger: Trigger): DefinitionIssue[] {
  if (trigger.type !== 'schedule' || trigger.cron === undefined) return []
  const { cron } = trigger
  const expected = 'minute, hour, day of month, month and day of week, such as "0 9 * * 1-5"'
  const refusal = refusalOf(cron)
  if (refusal !== undefined) return [{ ...refusal, pointer: '/trigger/cron', expected }]
  if (nextCron(cron, trigger.timeZone ?? 'UTC', new Date()) !== null) return []
  const message = `"${cron}" never comes: no such day exists.`
  return [{ code: 'schedule.never', pointer: '/trigger/cron', message, expected, details: { cron } }]
}

function refusalOf(cron: string): IssueReason | undefined {
  try {
    new Cron(cron, { paused: true, mode: '5-part' })
    return undefined
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : 'it cannot be read'
    const reason = why.replace(/\.$/, '')
    const message = `"${cron}" is not a cron expression: ${reason}.`
    return { code: 'schedule.cron_unreadable', message, details: { reason } }
  }
}
