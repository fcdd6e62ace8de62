import type { ConnectorTriggerState } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { Quoted } from '../problems/ProblemText.js'
import { Badge, Callout, type Tone } from '../ui/Feedback.js'
import { RelativeTime } from '../ui/Time.js'
import styles from './panels.module.css'

const TONES: Readonly<Record<ConnectorTriggerState['status'], Tone>> = {
  starting: 'info',
  active: 'success',
  failing: 'danger',
  stopped: 'danger',
  removing: 'neutral',
}

/** How the trigger of the published version is doing; nothing before it is published, or when it is off. */
export function TriggerStatePanel() {
  const t = useTexts()
  const locale = useLocale()
  const { workflow } = useEditor()
  const state = workflow.trigger.connector
  if (state === null || !workflow.enabled) return null
  const { status, detail, lastPollAt, nextAt } = state
  const isBroken = status === 'failing' || status === 'stopped'
  const explanation = status === 'starting' || status === 'stopped' ? t(`trigger.state.${status}.text`) : undefined
  const next = nextAt === null ? undefined : new Date(nextAt).toLocaleTimeString(locale, { timeStyle: 'short' })
  return (
    <div className={styles['triggerState']} data-inlay-part="trigger-state" data-status={status}>
      <div className={styles['triggerStateLine']}>
        <Badge tone={TONES[status]}>{t(`trigger.state.${status}`)}</Badge>
        {lastPollAt !== null && (
          <span>
            {t('trigger.state.lastPoll')} <RelativeTime at={lastPollAt} />
          </span>
        )}
        {next !== undefined && status !== 'stopped' && (
          <span>{t(isBroken ? 'trigger.state.retry' : 'trigger.state.nextPoll', { time: next })}</span>
        )}
      </div>
      <Explanation isBroken={isBroken} detail={detail} explanation={explanation} />
    </div>
  )
}

interface ExplanationProps {
  readonly isBroken: boolean
  /** In the words of the service or of the connector. */
  readonly detail: string | null
  readonly explanation: string | undefined
}

function Explanation({ isBroken, detail, explanation }: ExplanationProps) {
  if (detail === null && explanation === undefined) return null
  const said = detail !== null && <Quoted>{detail}</Quoted>
  return isBroken ? (
    <Callout tone="danger">
      {explanation} {said}
    </Callout>
  ) : (
    <p className={styles['note']}>{said || explanation}</p>
  )
}
