import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useDirection, useTexts } from '../messages/useTexts.js'
import { statusTone } from '../ui/RunStatusBadge.js'
import { type ChangeKind, type StepOutcome, useCanvasView } from './canvas-view.js'
import styles from './StepCard.module.css'

export interface CardFaceProps {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly icon: ReactNode
  readonly family: 'trigger' | 'step'
  readonly isSelected: boolean
  /** @default false */
  readonly isMarked?: boolean
  /** @default false */
  readonly isFound?: boolean
  readonly issueCount: number
  readonly outcome?: StepOutcome | undefined
  /** @default false */
  readonly isDimmed?: boolean
  /** What became of it, where two versions are compared. */
  readonly change?: ChangeKind
  readonly note?: string
  readonly titleEditor?: ReactNode
  readonly marks?: ReactNode
  readonly actions?: ReactNode
}

/** A card: icon, two lines, and marks beside them. All of it is one button; what is more lies over it. */
export function CardFace(props: CardFaceProps) {
  const { id, title, summary, icon, family, isSelected, isMarked = false, issueCount, outcome } = props
  const t = useTexts()
  const { onSelect } = useCanvasView()
  // The drawing around it is always laid out from the left.
  const direction = useDirection()
  return (
    <div
      className={styles['card']}
      dir={direction}
      data-inlay-part={family === 'trigger' ? 'trigger-card' : 'step-card'}
      data-step-id={id}
      data-selected={isSelected || undefined}
      data-marked={isMarked || undefined}
      data-found={props.isFound === true || undefined}
      data-invalid={issueCount > 0 || undefined}
      data-status={outcome?.status}
      data-tone={outcome === undefined ? undefined : statusTone(outcome.status)}
      data-dimmed={props.isDimmed === true || undefined}
      data-change={props.change}
    >
      <button
        type="button"
        className={styles['face']}
        data-nav={id}
        aria-pressed={isSelected || isMarked}
        aria-label={useLabel(props)}
        onClick={() => onSelect(id)}
      />
      {icon}
      <span className={styles['words']}>
        {props.titleEditor ?? (
          <span className={styles['title']} dir="auto">
            {title}
          </span>
        )}
        <span className={styles['summary']} dir="auto">
          {summary}
        </span>
      </span>
      {issueCount > 0 && (
        <span className={styles['issue']} title={t('canvas.issues', { count: issueCount })}>
          <TriangleAlert size={13} aria-hidden="true" />
          {issueCount}
        </span>
      )}
      {props.change !== undefined && <span className={styles['change']}>{t(`diff.${props.change}`)}</span>}
      {props.marks}
      {props.actions}
    </div>
  )
}

/** Everything that a card shows, in words. */
function useLabel({ title, summary, issueCount, outcome, change, note }: CardFaceProps): string {
  const t = useTexts()
  const parts = [
    title,
    summary,
    issueCount > 0 ? t('canvas.issues', { count: issueCount }) : '',
    outcome === undefined ? '' : t(`status.${outcome.status}`),
    change === undefined ? '' : t(`diff.${change}`),
    note === undefined ? '' : t('note.said', { note }),
  ]
  return parts.filter((part) => part !== '').join('. ')
}
