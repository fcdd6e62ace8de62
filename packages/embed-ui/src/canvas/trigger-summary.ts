import type { Trigger } from '@inlay/engine'
import type { ConnectorSummary, TriggerSummary } from '../data/api-types.js'
import type { Texts } from '../messages/useTexts.js'
import type { CronText } from '../panels/cron-text.js'
import { durationWords } from '../panels/duration.js'
import { findTrigger } from './step-looks.js'

const MINUTE_MS = 60_000

export interface TriggerWords {
  readonly t: Texts
  readonly cronText: (cron: string) => CronText
}

/** The second line of the trigger's card. */
export function triggerSummary(
  trigger: Trigger,
  connectors: readonly ConnectorSummary[],
  { t, cronText }: TriggerWords,
): string {
  switch (trigger.type) {
    case 'schedule':
      if (trigger.cron !== undefined) return cronText(trigger.cron).text ?? trigger.cron
      return trigger.every === undefined
        ? t('trigger.schedule.text')
        : t('trigger.every', { time: durationWords(trigger.every, t) })
    case 'event':
      return trigger.name || t('summary.eventEmpty')
    case 'connector': {
      const { connector, summary } = findTrigger(trigger, connectors)
      if (connector === undefined || summary === undefined) return t('trigger.connector.text')
      return triggerKindText(summary, connector.name, t)
    }
    default:
      return t(`trigger.${trigger.type}.text`)
  }
}

/** How a trigger hears of something, in plain words. @param app the connector's name */
export function triggerKindText({ kind, intervalMs }: TriggerSummary, app: string, t: Texts): string {
  const minutes = Math.max(1, Math.round((intervalMs ?? MINUTE_MS) / MINUTE_MS))
  return t(`trigger.appKind.${kind}`, { app, time: durationWords(`${minutes}m`, t) })
}
