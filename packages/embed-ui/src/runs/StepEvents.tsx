import type { StepRun } from '../data/run-types.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import panelStyles from '../panels/panels.module.css'
import { FailureLine } from '../problems/FailureLine.js'
import { failureWords } from '../problems/failure-words.js'
import { Quoted } from '../problems/ProblemText.js'
import { type AnyStatus, StatusIcon, statusTone } from '../ui/RunStatusBadge.js'
import { formatMoment } from '../ui/Time.js'
import { useRunRoom } from './run-room.js'
import styles from './runs.module.css'
import { addressKey, failedAttempts, historyByStep } from './step-history.js'

/** What happened to a step one after the other, and what each attempt failed with. */
export function StepEvents({ record }: { readonly record: StepRun }) {
  const t = useTexts()
  const locale = useLocale()
  const { history } = useRunRoom()
  const items = historyByStep(history).get(addressKey(record)) ?? []
  if (items.length === 0) return <p className={panelStyles['note']}>{t('runView.historyNone')}</p>
  const errors = new Map(failedAttempts(items).map((attempt) => [attempt.at, attempt]))
  return (
    <ol className={styles['events']}>
      {items.map(({ at, what, step }, index) => {
        const error = errors.get(at)?.error
        const detail = error && failureWords(error, t).said?.detail
        const status = statusOf(what)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: what happened stays where it is
          <li key={index} data-tone={statusTone(status)}>
            <StatusIcon status={status === 'running' ? 'pending' : status} size={14} />
            <div>
              <span className={styles['eventHead']}>
                <strong>{isKnown(what) ? t(`runView.event.${what}`) : what}</strong>
                {step !== null && record.attempt > 1 && <span>{t('runView.attempt', { number: step.attempt })}</span>}
                <time dateTime={at} title={new Date(at).toLocaleString(locale)}>
                  {formatMoment(at, Date.now(), locale)}
                </time>
              </span>
              {error !== undefined && (
                <p>
                  <FailureLine error={error} />
                  {detail !== undefined && (
                    <span className={styles['eventDetail']}>
                      <Quoted>{detail}</Quoted>
                    </span>
                  )}
                </p>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

const KNOWN = [
  'running',
  'waiting',
  'retrying',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
  'forgotten',
  'answered',
] as const

function isKnown(what: string): what is (typeof KNOWN)[number] {
  return KNOWN.some((each) => each === what)
}

function statusOf(what: string): AnyStatus {
  return isKnown(what) && what !== 'answered' ? what : 'succeeded'
}
