import type { Step } from '@inlay/engine'
import { ChevronDown, ChevronRight, StickyNote, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { StepIcon, TriggerIcon } from '../canvas/ConnectorIcon.js'
import { toggleFold, useCanvasState, useCanvasStore } from '../canvas/canvas-store.js'
import { useCanvasView } from '../canvas/canvas-view.js'
import { LaneLabel } from '../canvas/LaneLabel.js'
import { slotText } from '../canvas/place-words.js'
import { StepMenu } from '../canvas/StepMenu.js'
import { type SummaryWords, stepSummary, stepTitle, triggerTitle } from '../canvas/step-looks.js'
import { TitleEditor } from '../canvas/TitleEditor.js'
import { triggerSummary } from '../canvas/trigger-summary.js'
import { issuesOf, TRIGGER_OWNER } from '../document/issues.js'
import { laneCommands } from '../document/lanes.js'
import { idsWithin, type Slot, slotsOf } from '../document/sequences.js'
import { useTexts } from '../messages/useTexts.js'
import { useCronText } from '../panels/useCronText.js'
import { IconButton } from '../ui/Button.js'
import { OutlineSequence } from './OutlineSequence.js'
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

export interface OutlineStepProps {
  readonly step: Step
  readonly words: SummaryWords
  readonly depth: number
}

/** A step with everything inside it. */
export function OutlineStep({ step, words, depth }: OutlineStepProps) {
  const t = useTexts()
  const store = useCanvasStore()
  const slots = slotsOf(step)
  const isFolded = useCanvasState(({ collapsed }) => collapsed.has(step.id))
  const title = stepTitle(step, words.connectors, t)
  return (
    <>
      <StepRow step={step} words={words} title={title} isFolded={slots.length > 0 && isFolded}>
        {slots.length > 0 && (
          <IconButton
            label={t(isFolded ? 'fold.open' : 'fold.close', { name: title })}
            size="small"
            aria-expanded={!isFolded}
            onClick={() => toggleFold(store, step.id)}
          >
            {isFolded ? <ChevronRight size={15} data-mirror /> : <ChevronDown size={15} />}
          </IconButton>
        )}
      </StepRow>
      {slots.length > 0 && !isFolded && (
        <ul className={styles['slots']} aria-label={t('outline.inside', { name: title })}>
          {slots.map((slot) => (
            <OutlineSlot key={slot.slot} step={step} slot={slot} words={words} depth={depth} />
          ))}
        </ul>
      )}
    </>
  )
}

interface OutlineSlotProps extends OutlineStepProps {
  readonly slot: Slot
}

function OutlineSlot({ step, slot, words, depth }: OutlineSlotProps) {
  const name = slotText(step, slot.slot, words)
  const canChange = useCanvasView().edit !== undefined && laneCommands(step, slot).length > 0
  return (
    <li className={styles['slot']} data-kind={slot.kind}>
      {canChange ? (
        <LaneLabel id={`lane:${step.id}/${slot.slot}`} step={step} slot={slot} text={name} isReachable />
      ) : (
        <div className={styles['slotName']}>{name}</div>
      )}
      <OutlineSequence
        steps={slot.steps}
        sequence={{ stepId: step.id, slot: slot.slot }}
        words={words}
        depth={depth + 1}
        isSingle={slot.isSingle}
        label={name}
      />
    </li>
  )
}

interface StepRowProps {
  readonly step: Step
  readonly words: SummaryWords
  readonly title: string
  readonly isFolded: boolean
  readonly children: React.ReactNode
}

function StepRow({ step, words, title, isFolded, children }: StepRowProps) {
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
      <span className={styles['title']}>{title}</span>
      <span className={styles['summary']}>{summary}</span>
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
      <span className={styles['hidden']}>{text}</span>
    </span>
  )
}
