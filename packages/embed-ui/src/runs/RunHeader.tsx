import { ArrowLeft, CornerDownRight, CornerLeftUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Run } from '../data/run-types.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { SaveAsTest } from '../stored-tests/SaveAsTest.js'
import { Button, IconButton } from '../ui/Button.js'
import { Badge } from '../ui/Feedback.js'
import { RunStatusBadge } from '../ui/RunStatusBadge.js'
import { Duration, formatDuration, RelativeTime } from '../ui/Time.js'
import { VisuallyHidden } from '../ui/VisuallyHidden.js'
import { RunActions } from './RunActions.js'
import { MoreMenu, ShareMenu } from './RunMenus.js'
import { useRunRoom } from './run-room.js'
import styles from './runs.module.css'

export interface RunHeaderProps {
  readonly onBack: (() => void) | undefined
  /** Given where nothing around says which workflow ran: then the run is headed by its name. */
  readonly onOpenWorkflow: ((workflowId: string) => void) | undefined
}

/** Which run it is, how it stands, where it came from, and what can be done with it. */
export function RunHeader({ onBack, onOpenWorkflow }: RunHeaderProps) {
  const t = useTexts()
  const { run } = useRunRoom()
  return (
    <div className={styles['runHead']}>
      {onBack !== undefined && (
        <IconButton label={t('runs.title')} size="small" onClick={onBack}>
          <ArrowLeft size={16} className={styles['mirrored']} />
        </IconButton>
      )}
      {onOpenWorkflow !== undefined && (
        <h1 className={styles['runName']}>
          <button type="button" onClick={() => onOpenWorkflow(run.workflowId)}>
            {run.workflowName}
          </button>
        </h1>
      )}
      <RunStatusBadge status={run.status} />
      <span className={styles['runFacts']}>
        {run.versionNumber === null ? (
          <Badge>{t('runs.test')}</Badge>
        ) : (
          <span>{t('runs.versionNumber', { number: run.versionNumber })}</span>
        )}
        <RelativeTime at={run.createdAt} />
        <RunClock run={run} />
        <Kin />
      </span>
      <span className={styles['runTools']}>
        <RunActions />
        <SaveAsTest run={run} />
        <ShareMenu />
        <MoreMenu />
      </span>
      <EndNews status={run.status} />
    </div>
  )
}

/** The runs that this one comes from. */
function Kin() {
  const t = useTexts()
  const { run, onOpen } = useRunRoom()
  const { originRunId, parent } = run
  return (
    <>
      {originRunId !== null && (
        <Button variant="ghost" size="small" icon={<CornerLeftUp size={14} />} onClick={() => onOpen(originRunId)}>
          {t('runView.origin')}
        </Button>
      )}
      {parent !== null && (
        <Button variant="ghost" size="small" icon={<CornerDownRight size={14} />} onClick={() => onOpen(parent.runId)}>
          {t('runView.parent')}
        </Button>
      )}
    </>
  )
}

const TICK_MS = 1_000

/** How long the run took, takes by now, or rests. */
function RunClock({ run }: { readonly run: Run }) {
  const t = useTexts()
  const locale = useLocale()
  const { status, durationMs, startedAt, createdAt, wakeAt } = run
  if (durationMs !== null) return <Duration ms={durationMs} />
  if (status === 'running' || status === 'pending') return <Elapsed since={startedAt ?? createdAt} />
  if (status !== 'waiting') return null
  if (wakeAt === null) return <span>{t('runView.waits')}</span>
  return <span>{t('runView.waitsUntil', { time: new Date(wakeAt).toLocaleString(locale, SHORT) })}</span>
}

const SHORT = { dateStyle: 'short', timeStyle: 'short' } as const

function Elapsed({ since }: { readonly since: string }) {
  const t = useTexts()
  const locale = useLocale()
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.floor((nowMs - Date.parse(since)) / TICK_MS))
  return (
    <span className={styles['elapsed']}>
      {t('runView.elapsed', { time: formatDuration(Math.max(1, seconds) * TICK_MS, locale) })}
    </span>
  )
}

const TOLD = ['succeeded', 'failed', 'cancelled', 'waiting', 'suspended'] as const

/** Says it when a run that is watched ends or rests. */
function EndNews({ status }: Pick<Run, 'status'>) {
  const t = useTexts()
  const first = useRef(status)
  const told = status === first.current ? undefined : TOLD.find((each) => each === status)
  return <VisuallyHidden role="status">{told !== undefined && t(`runView.now${told}`)}</VisuallyHidden>
}
