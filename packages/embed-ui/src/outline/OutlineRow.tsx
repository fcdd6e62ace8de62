import type { Step } from '@inlay/engine'
import { StickyNote, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { StepIcon, TriggerIcon } from '../canvas/ConnectorIcon.js'
import { useCanvasState } from '../canvas/canvas-store.js'
import { useCanvasView } from '../canvas/canvas-view.js'
import { StepMenu } from '../canvas/StepMenu.js'
import { type SummaryWords, stepSummary, triggerTitle } from '../canvas/step-looks.js'
import { TitleEditor } from '../canvas/TitleEditor.js'
import { triggerSummary } from '../canvas/trigger-summary.js'
import { issuesOf, TRIGGER_OWNER } from '../document/issues.js'
import { idsWithin } from '../document/sequences.js'
import { useTexts } from '../messages/useTexts.js'
import { useCronText } from '../panels/useCronText.js'
import { VisuallyHidden } from '../ui/VisuallyHidden.js'
import styles from './outline.module.css'

/** The trigger, above all steps. */
export function OutlineTrigger({ words }: { readonly words: SummaryWords }) {
  const view = useCanvasView()
  const { trigger, connectors, issues, selectedId } = view
  const cronText = useCronText()
  const count = view.isEditable ? issuesOf(issues, TRIGGER_OWNER).length : 0
  return (
    <div className={styles['row']} data-selected={selectedId === TRIGGER_OWNER || undefined}>
      <button
        type="button"
        className={styles['face']}
        data-nav={TRIGGER_OWNER}
        aria-pressed={selectedId === TRIGGER_OWNER}
        onClick={() => view.onSelect(TRIGGER_OWNER)}
      >
        <TriggerIcon trigger={trigger} connectors={connectors} />
        <Words
          title={triggerTitle(trigger, connectors, words.t)}
          summary={triggerSummary(trigger, connectors, { t: words.t, cronText })}
        />
      </button>
      <IssueCount count={count} />
    </div>
  )
}

export interface StepRowProps {
  readonly step: Step
  readonly words: SummaryWords
  readonly title: string
  readonly isFolded: boolean
  readonly children: ReactNode
}

/** A step in one line: what it is, what is wrong with it, and what can be done. */
export function StepRow({ step, words, title, isFolded, children }: StepRowProps) {
  const t = useTexts()
  const view = useCanvasView()
  const [isMenuOpen, setIsMenuOpen] = useState(false)
  const isMarked = useCanvasState(({ marked }) => marked.has(step.id))
  const isMoving = useCanvasState(({ moving }) => moving?.ids.includes(step.id) === true)
  const isFound = useCanvasState(({ foundId }) => foundId === step.id)
  const isSelected = view.selectedId === step.id
  const inside = isFolded ? idsWithin(step) : [step.id]
  const issues = view.isEditable ? view.issues.filter(({ owner }) => inside.includes(owner)).length : 0
  const icon = <StepIcon step={step} connectors={view.connectors} />
  return (
    <div
      className={styles['row']}
      data-selected={isSelected || undefined}
      data-marked={isMarked || undefined}
      data-moving={isMoving || undefined}
      data-found={isFound || undefined}
    >
      {children}
      {view.renamingId === step.id ? (
        <span className={styles['face']}>
          {icon}
          <TitleEditor title={title} onDone={(name) => view.onRename(step.id, name)} />
        </span>
      ) : (
        <button
          type="button"
          className={styles['face']}
          data-inlay-part="outline-step"
          data-nav={step.id}
          aria-pressed={isSelected || isMarked}
          onClick={() => view.onSelect(step.id)}
        >
          {icon}
          <Words
            title={title}
            summary={isFolded ? t('fold.inside', { count: inside.length - 1 }) : stepSummary(step, words)}
          />
        </button>
      )}
      {step.note !== undefined && (
        <span className={styles['note']} title={step.note} role="img" aria-label={t('note.said', { note: step.note })}>
          <StickyNote size={14} aria-hidden="true" />
        </span>
      )}
      <IssueCount count={issues} />
      {view.isEditable && (
        <StepMenu
          step={step}
          title={title}
          isOpen={isMenuOpen}
          isReachable
          onOpenChange={setIsMenuOpen}
          onCommand={view.onCommand}
        />
      )}
    </div>
  )
}

function Words({ title, summary }: { readonly title: string; readonly summary: string }) {
  return (
    <span className={styles['words']}>
      <span className={styles['title']} dir="auto">
        {title}
      </span>
      <span className={styles['summary']} dir="auto">
        {summary}
      </span>
    </span>
  )
}

function IssueCount({ count }: { readonly count: number }) {
  const t = useTexts()
  if (count === 0) return null
  const text = t('canvas.issues', { count })
  return (
    <span className={styles['issue']} title={text}>
      <TriangleAlert size={13} aria-hidden="true" />
      <span aria-hidden="true">{count}</span>
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  )
}
