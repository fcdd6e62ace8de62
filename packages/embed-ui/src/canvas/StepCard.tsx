import type { Step } from '@inlay/engine'
import { useMemo, useState } from 'react'
import type { ConnectorTriggerState } from '../data/api-types.js'
import { issuesOf, TRIGGER_OWNER } from '../document/issues.js'
import { idsWithin, isBlock } from '../document/sequences.js'
import { useTexts } from '../messages/useTexts.js'
import { VisuallyHidden } from '../ui/VisuallyHidden.js'
import { CardFace } from './CardFace.js'
import { StepIcon, TriggerIcon } from './ConnectorIcon.js'
import { useCanvasState, useCanvasStore } from './canvas-store.js'
import { type CanvasView, type ChangeKind, type StepOutcome, useCanvasView } from './canvas-view.js'
import { FoldButton, FoldStrip } from './Fold.js'
import { NoteMark } from './NoteMark.js'
import { OutcomeMark } from './OutcomeMark.js'
import { PinMark } from './PinMark.js'
import styles from './StepCard.module.css'
import { StepMenu } from './StepMenu.js'
import { stepTitle, triggerTitle } from './step-looks.js'
import { TitleEditor } from './TitleEditor.js'

/** The card of the trigger. */
export function TriggerCard({ summary }: { readonly summary: string }) {
  const t = useTexts()
  const view = useCanvasView()
  const { trigger, connectors, triggerState } = view
  const issueCount = view.isEditable ? issuesOf(view.issues, TRIGGER_OWNER).length : 0
  return (
    <CardFace
      id={TRIGGER_OWNER}
      title={triggerTitle(trigger, connectors, t)}
      summary={summary}
      icon={<TriggerIcon trigger={trigger} connectors={connectors} />}
      family="trigger"
      isSelected={view.selectedId === TRIGGER_OWNER}
      issueCount={issueCount}
      marks={triggerState === undefined ? undefined : <TriggerStateMark state={triggerState} />}
    />
  )
}

/** Whether the service tells of what happens, as a dot with words for those who point at it or cannot see it. */
function TriggerStateMark({ state }: { readonly state: ConnectorTriggerState }) {
  const t = useTexts()
  const words = t(`trigger.state.${state.status}`)
  return (
    <span className={styles['state']} data-state={state.status} title={state.detail ?? words}>
      <span className={styles['stateDot']} aria-hidden="true" />
      {state.status === 'active' ? <VisuallyHidden>{words}</VisuallyHidden> : <span>{words}</span>}
    </span>
  )
}

export interface StepCardProps {
  readonly step: Step
  readonly summary: string
  /** How many steps are inside, of a collapsed block. */
  readonly folded: number | undefined
}

/** The card of a step; of a collapsed block, with what is inside in a line below. */
export function StepCard({ step, summary, folded }: StepCardProps) {
  const t = useTexts()
  const view = useCanvasView()
  const store = useCanvasStore()
  const { isMoving, ...marked } = useMarking(step.id)
  const { outcome, issueCount } = useHealth(step, folded !== undefined)
  const [isMenuOpen, setIsMenuOpen] = useState(false)
  const [isWarm, setIsWarm] = useState(false)
  const title = stepTitle(step, view.connectors, t)
  const isRenaming = view.renamingId === step.id
  const isSelected = view.selectedId === step.id
  const change = view.changes?.get(step.id)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu also opens by its button and by the keyboard
    <div
      className={styles['stack']}
      data-moving={isMoving || undefined}
      onPointerEnter={() => setIsWarm(true)}
      onFocus={() => setIsWarm(true)}
      onContextMenu={(event) => {
        if (!view.isEditable || isRenaming) return
        event.preventDefault()
        setIsMenuOpen(true)
      }}
    >
      <CardFace
        id={step.id}
        title={title}
        summary={summary}
        icon={<StepIcon step={step} connectors={view.connectors} />}
        family="step"
        isSelected={isSelected}
        {...marked}
        issueCount={issueCount}
        outcome={outcome}
        isDimmed={standsBack(view, { outcome, change })}
        {...(change === undefined ? {} : { change })}
        {...(step.note === undefined ? {} : { note: step.note })}
        {...(isRenaming
          ? { titleEditor: <TitleEditor title={title} onDone={(name) => view.onRename(step.id, name)} /> }
          : {})}
        marks={<StepMarks step={step} outcome={outcome} />}
        actions={
          <span className={styles['menu']}>
            {isBlock(step) && folded === undefined && <FoldButton step={step} title={title} />}
            {view.isEditable && !isRenaming && (isWarm || isSelected) && (
              <StepMenu
                {...{ step, title }}
                isOpen={isMenuOpen}
                onOpenChange={setIsMenuOpen}
                onCommand={view.onCommand}
              />
            )}
          </span>
        }
      />
      {folded !== undefined && <FoldStrip step={step} count={folded} store={store} />}
    </div>
  )
}

/** What somebody does with the step on the canvas. */
function useMarking(id: string) {
  return {
    isMarked: useCanvasState(({ marked }) => marked.has(id)),
    isMoving: useCanvasState(({ moving }) => moving?.ids.includes(id) === true),
    isFound: useCanvasState(({ foundId }) => foundId === id),
  }
}

/** How the step went and how many problems it has; of a collapsed block, with all that is inside. */
function useHealth(step: Step, isFolded: boolean) {
  const { outcomes, issues, isEditable } = useCanvasView()
  const inside = useMemo(() => (isFolded ? idsWithin(step) : [step.id]), [step, isFolded])
  return {
    outcome: worstOutcome(inside, outcomes) ?? outcomes?.get(step.id),
    issueCount: isEditable ? issues.filter(({ owner }) => inside.includes(owner)).length : 0,
  }
}

interface StepMarksProps {
  readonly step: Step
  readonly outcome: StepOutcome | undefined
}

function StepMarks({ step, outcome }: StepMarksProps) {
  const { pinned, isEditable, onCommand } = useCanvasView()
  return (
    <>
      {step.note !== undefined && (
        <NoteMark note={step.note} onOpen={() => onCommand('note', step)} isEditable={isEditable} />
      )}
      {pinned?.has(step.id) === true && <PinMark />}
      {outcome !== undefined && <OutcomeMark outcome={outcome} />}
    </>
  )
}

/** What took no part in a run, or did not change, leaves the foreground to the rest. */
function standsBack(
  { outcomes, changes }: CanvasView,
  { outcome, change }: { readonly outcome: StepOutcome | undefined; readonly change: ChangeKind | undefined },
): boolean {
  return (outcomes !== undefined && outcome === undefined) || (changes !== undefined && change === undefined)
}

/** Worst first. */
const SEVERITY = ['failed', 'cancelled', 'retrying', 'waiting', 'running'] as const

/** How the steps of a collapsed block went: as badly as the worst of them. */
function worstOutcome(
  ids: readonly string[],
  outcomes: ReadonlyMap<string, StepOutcome> | undefined,
): StepOutcome | undefined {
  if (outcomes === undefined || ids.length === 1) return undefined
  const all = ids.flatMap((id) => outcomes.get(id) ?? [])
  for (const status of SEVERITY) {
    const found = all.find((each) => each.status === status)
    if (found !== undefined) return found
  }
  return undefined
}
