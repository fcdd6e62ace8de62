import { RotateCw } from 'lucide-react'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { StatusIcon } from '../ui/RunStatusBadge.js'
import { formatDuration } from '../ui/Time.js'
import type { StepOutcome } from './canvas-view.js'
import styles from './StepCard.module.css'

/** How a step went: its status, how long it took and how often it was tried. */
export function OutcomeMark({ outcome }: { readonly outcome: StepOutcome }) {
  const t = useTexts()
  const locale = useLocale()
  const { status, durationMs, attempt, count, wakeAt } = outcome
  const facts = [
    wakeAt !== undefined && t('runView.until', { time: shortTime(wakeAt, locale) }),
    durationMs !== null && formatDuration(durationMs, locale),
    count > 1 && `×${count}`,
  ].filter(Boolean)
  return (
    <span className={styles['outcome']} title={t(`status.${status}`)}>
      <span className={styles['marks']}>
        {attempt > 1 && (
          <span className={styles['attempts']} title={t('run.attempts', { count: attempt })}>
            <RotateCw size={11} aria-hidden="true" />
            {attempt}
          </span>
        )}
        <StatusIcon status={status} size={17} />
      </span>
      {facts.length > 0 && <span className={styles['facts']}>{facts.join(' · ')}</span>}
    </span>
  )
}

const DAY_MS = 24 * 60 * 60_000

/** The time of day, or the day where that is not soon. */
function shortTime(at: string, locale: string): string {
  const date = new Date(at)
  const isSoon = Math.abs(date.getTime() - Date.now()) < DAY_MS
  return date.toLocaleString(locale, isSoon ? { timeStyle: 'short' } : { month: 'short', day: 'numeric' })
}
