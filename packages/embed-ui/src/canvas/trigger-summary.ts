import type { Trigger } from '@inlay/engine'
import type { Texts } from '../messages/useTexts.js'
import { cronText } from '../panels/cron-text.js'
import { durationWords } from '../panels/duration.js'

/** The second line of the trigger's card. */
export function triggerSummary(trigger: Trigger, t: Texts): string {
  switch (trigger.type) {
    case 'schedule':
      if (trigger.cron !== undefined) return cronText(trigger.cron).text ?? trigger.cron
      return trigger.every === undefined
        ? t('trigger.schedule.text')
        : t('trigger.every', { time: durationWords(trigger.every, t) })
    case 'event':
      return trigger.name || t('summary.eventEmpty')
    default:
      return t(`trigger.${trigger.type}.text`)
  }
}
