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
  const { status, durationMs, attempt, count } = outcome
  const facts = [durationMs !== null && formatDuration(durationMs, locale), count > 1 && `×${count}`].filter(Boolean)
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
