import { type CSSProperties, useEffect, useMemo, useState } from 'react'
import { StepIcon } from '../canvas/ConnectorIcon.js'
import { stepTitle } from '../canvas/step-looks.js'
import type { StepRun } from '../data/run-types.js'
import { findStep } from '../document/sequences.js'
import { useEditor } from '../hooks/useEditor.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { EmptyState } from '../ui/Feedback.js'
import { StatusIcon, statusTone } from '../ui/RunStatusBadge.js'
import { formatDuration } from '../ui/Time.js'
import { VisuallyHidden } from '../ui/VisuallyHidden.js'
import { iterationLabel } from './outcomes.js'
import { useRunRoom } from './run-room.js'
import { addressKey } from './step-history.js'
import { axisTicks, type TimelineRow, type TimeSpan, timelineOf } from './timeline.js'
import styles from './timeline.module.css'

const MOST_ROWS = 200
const TICKS = 5
const TICK_MS = 1_000

export interface RunTimelineProps {
  /** What is shown: of loops, the items that are chosen. */
  readonly steps: readonly StepRun[]
  readonly selectedId: string | null
  /** Of a step that ran several times, the one time that is selected; undefined for all of them. */
  readonly recordKey: string | undefined
  readonly onSelect: (record: StepRun) => void
}

/** When each step worked and when it waited, one below the other. */
export function RunTimeline({ steps, selectedId, recordKey, onSelect }: RunTimelineProps) {
  const t = useTexts()
  const { run, history } = useRunRoom()
  const nowMs = useNow(run.finishedAt === null)
  const [most, setMost] = useState(MOST_ROWS)
  const startMs = Date.parse(run.startedAt ?? run.createdAt)
  const { rows, lengthMs } = useMemo(
    () => timelineOf({ steps, history, startMs, nowMs }),
    [steps, history, startMs, nowMs],
  )
  if (rows.length === 0) {
    return (
      <div className={styles['timeline']}>
        <EmptyState title={t('timeline.empty')} />
      </div>
    )
  }
  return (
    <div className={styles['timeline']} data-inlay-part="timeline">
      <Axis lengthMs={lengthMs} />
      <ol className={styles['rows']} aria-label={t('timeline.label')}>
        {rows.slice(0, most).map((row) => (
          <Row
            key={addressKey(row.record)}
            row={row}
            lengthMs={lengthMs}
            isSelected={
              recordKey === undefined ? selectedId === row.record.stepId : recordKey === addressKey(row.record)
            }
            onSelect={onSelect}
          />
        ))}
      </ol>
      {rows.length > most && (
        <button type="button" className={styles['more']} onClick={() => setMost(most + MOST_ROWS)}>
          {t('timeline.more', { count: Math.min(MOST_ROWS, rows.length - most) })}
        </button>
      )}
    </div>
  )
}

/** Moves on while something is under way. */
function useNow(isMoving: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    if (!isMoving) return
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [isMoving])
  return nowMs
}

function Axis({ lengthMs }: { readonly lengthMs: number }) {
  const t = useTexts()
  const locale = useLocale()
  return (
    <div className={styles['axis']}>
      <div className={styles['legend']} aria-hidden="true">
        <span data-kind="busy">{t('timeline.busy')}</span>
        <span data-kind="waiting">{t('timeline.waits')}</span>
      </div>
      <div className={styles['ticks']} aria-hidden="true">
        {axisTicks(lengthMs, TICKS).map((ms) => (
          <span key={ms} style={at(ms / lengthMs)}>
            {formatDuration(ms, locale)}
          </span>
        ))}
      </div>
    </div>
  )
}

interface RowProps {
  readonly row: TimelineRow
  readonly lengthMs: number
  readonly isSelected: boolean
  readonly onSelect: (record: StepRun) => void
}

function Row({ row, lengthMs, isSelected, onSelect }: RowProps) {
  const t = useTexts()
  const locale = useLocale()
  const { connectors } = useEditor()
  const { definition } = useRunRoom()
  const { record, depth, fromMs, toMs, spans, waitedMs } = row
  const step = definition && findStep(definition, record.stepId)?.step
  const name = step === undefined ? record.stepId : stepTitle(step, connectors, t)
  const took = formatDuration(toMs - fromMs, locale)
  const isItem = record.iteration !== '0' || depth > 1
  return (
    <li>
      <button type="button" className={styles['row']} aria-pressed={isSelected} onClick={() => onSelect(record)}>
        <span className={styles['name']} style={{ paddingInlineStart: Math.min(depth, 4) * 14 }}>
          <span className={styles['status']} data-tone={statusTone(record.status)}>
            <StatusIcon status={record.status} size={14} />
            <VisuallyHidden>{t(`status.${record.status}`)}</VisuallyHidden>
          </span>
          {step !== undefined && (
            <span className={styles['icon']}>
              <StepIcon step={step} connectors={connectors} />
            </span>
          )}
          <span className={styles['title']} dir="auto">
            {name}
          </span>
          {isItem && <span className={styles['item']}>{iterationLabel(record.iteration)}</span>}
        </span>
        <VisuallyHidden>{t('timeline.began', { time: formatDuration(fromMs, locale) })}</VisuallyHidden>
        <span className={styles['track']}>
          {spans.map((span) => (
            <Bar key={span.fromMs} span={span} lengthMs={lengthMs} tone={statusTone(record.status)} />
          ))}
          <span
            className={styles['took']}
            style={at(toMs / lengthMs)}
            title={waitedMs > 0 ? t('timeline.waited', { time: formatDuration(waitedMs, locale) }) : undefined}
          >
            {took}
          </span>
        </span>
      </button>
    </li>
  )
}

interface BarProps {
  readonly span: TimeSpan
  readonly lengthMs: number
  readonly tone: string
}

function Bar({ span, lengthMs, tone }: BarProps) {
  const width = `${((span.toMs - span.fromMs) / lengthMs) * 100}%`
  return (
    <span
      className={styles['bar']}
      data-kind={span.kind}
      data-tone={tone}
      style={{ ...at(span.fromMs / lengthMs), width }}
    />
  )
}

function at(share: number): CSSProperties {
  return { insetInlineStart: `${share * 100}%` }
}
