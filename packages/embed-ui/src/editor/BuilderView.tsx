import type { Trigger } from '@inlay/engine'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import type { CanvasView, StepCommand } from '../canvas/canvas-view.js'
import { FlowCanvas } from '../canvas/FlowCanvas.js'
import { focusNode } from '../canvas/focus-node.js'
import { AddStepMenu } from '../catalog/AddStepMenu.js'
import type { Workflow } from '../data/api-types.js'
import { newStepId, renameStep } from '../document/edit.js'
import { TRIGGER_OWNER } from '../document/issues.js'
import { duplicateStep, insertStep, moveStep, neighbourPlace, removeStep } from '../document/move-steps.js'
import { idWords, makeStep, type NewStep } from '../document/new-step.js'
import { findStep, type Place } from '../document/sequences.js'
import { AddStepProvider } from '../hooks/useAddStep.js'
import { useEditor } from '../hooks/useEditor.js'
import { StepPanel } from '../panels/StepPanel.js'
import type { Builder } from '../state/builder-store.js'
import { useBuilder, useBuilderState, useDefinition, useShownIssues } from '../state/useBuilder.js'
import styles from './editor.module.css'

interface OpenAdd {
  readonly place: Place
  readonly anchor: HTMLElement
}

/** The canvas with its step panel. */
export function BuilderView() {
  const builder = useBuilder()
  const definition = useDefinition()
  const { connectors, workflow, isReadOnly } = useEditor()
  const { selectedId, renamingId } = useBuilderState((state) => state)
  const issues = useShownIssues()
  const [adding, setAdding] = useState<OpenAdd>()
  const room = useRef<HTMLDivElement>(null)
  const view = useMemo(
    (): CanvasView => ({
      trigger: definition.trigger,
      triggerState: liveTriggerState(workflow, definition.trigger),
      connectors,
      selectedId,
      renamingId,
      issues,
      outcomes: undefined,
      isEditable: !isReadOnly,
      onSelect: builder.select,
      onAdd: (place, anchor) => setAdding({ place, anchor }),
      onCommand: (command, step) => runCommand(builder, command, { id: step.id, room: room.current }),
      onRename: (id, name) => {
        builder.startRename(null)
        if (name !== null) builder.edit((old) => renameStep(old, id, name))
        focusCard(room.current, id)
      },
    }),
    [definition.trigger, workflow, connectors, selectedId, renamingId, issues, isReadOnly, builder],
  )
  const choose = (wanted: NewStep) => {
    if (adding === undefined) return
    const id = newStepId(definition, idWords(wanted))
    builder.edit((old) => insertStep(old, adding.place, makeStep(wanted, id)), { select: id, isFresh: true })
    setAdding(undefined)
    focusCard(room.current, id)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of everything inside
    <div ref={room} className={styles['room']} onKeyDown={(event) => roomKeys(event, builder, room.current)}>
      <FlowCanvas
        definition={definition}
        view={view}
        onKey={(event, nodeId) => canvasKeys(event, { nodeId, builder, room: room.current, isReadOnly })}
      />
      <AddStepMenu anchor={adding?.anchor ?? null} onChoose={choose} onClose={() => setAdding(undefined)} />
      <AddStepProvider value={view.onAdd}>
        <StepPanel />
      </AddStepProvider>
    </div>
  )
}

/** The state tells of the published trigger: it says nothing once the draft has another one. */
function liveTriggerState({ enabled, trigger }: Workflow, draft: Trigger) {
  return enabled && draft.type === 'connector' ? (trigger.connector ?? undefined) : undefined
}

/** Carries out a command on a step. */
function runCommand(
  builder: Builder,
  command: StepCommand,
  { id, room }: { readonly id: string; readonly room: HTMLElement | null },
): void {
  switch (command) {
    case 'rename':
      builder.startRename(id)
      break
    case 'duplicate': {
      const copy = duplicateStep(builder.store.getState().history.present, id)
      if (copy.id === undefined) break
      builder.edit(() => copy.definition, { select: copy.id })
      focusCard(room, copy.id)
      break
    }
    case 'moveUp':
    case 'moveDown':
      builder.edit((old) => {
        const place = neighbourPlace(old, id, command === 'moveUp' ? -1 : 1)
        return place === undefined ? old : moveStep(old, id, place)
      })
      break
    case 'delete':
      builder.edit((old) => removeStep(old, id))
      break
  }
}

/** Undo, redo and save, wherever the focus is in the view; text fields keep their own undo. Escape leaves the panel. */
function roomKeys(event: KeyboardEvent, builder: Builder, room: HTMLElement | null): void {
  const { selectedId } = builder.store.getState()
  // A menu or picker that was open has taken the key for itself.
  if (event.key === 'Escape' && selectedId !== null && !event.defaultPrevented) {
    builder.select(null)
    focusCard(room, selectedId)
  }
  if (!(event.ctrlKey || event.metaKey)) return
  const key = event.key.toLowerCase()
  const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select') !== null
  if (key === 's') void builder.flush()
  else if (key === 'z' && !isTyping) {
    if (event.shiftKey) builder.redo()
    else builder.undo()
  } else if (key === 'y' && !isTyping) builder.redo()
  else return
  event.preventDefault()
}

interface CanvasKeyContext {
  readonly nodeId: string | undefined
  readonly builder: Builder
  readonly room: HTMLElement | null
  readonly isReadOnly: boolean
}

/** Keys on a focused card. */
function canvasKeys(event: KeyboardEvent, { nodeId, builder, room, isReadOnly }: CanvasKeyContext): void {
  if (nodeId === undefined) return
  const definition = builder.store.getState().history.present
  const isStep = findStep(definition, nodeId) !== undefined
  if (event.key === 'Enter' && (isStep || nodeId === TRIGGER_OWNER)) {
    builder.select(nodeId)
    focusPanel(room)
    event.preventDefault()
    return
  }
  const command = isStep && !isReadOnly ? commandOf(event) : undefined
  if (command === undefined) return
  event.preventDefault()
  runCommand(builder, command, { id: nodeId, room })
}

function commandOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): StepCommand | undefined {
  if (key === 'Delete' || key === 'Backspace') return 'delete'
  if (key === 'F2') return 'rename'
  if ((ctrlKey || metaKey) && key.toLowerCase() === 'd') return 'duplicate'
  if (altKey && key === 'ArrowUp') return 'moveUp'
  return altKey && key === 'ArrowDown' ? 'moveDown' : undefined
}

/** A step that was just made or named is where the person is: Enter from there leads into its form. */
function focusCard(room: HTMLElement | null, id: string): void {
  requestAnimationFrame(() => focusNode(room, id))
}

/** Enter means "let me edit": focus goes to the first field once the panel is drawn. */
function focusPanel(room: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const fields = 'fieldset input, fieldset textarea, fieldset select, fieldset button'
    room?.querySelector<HTMLElement>(`[data-inlay-part="step-panel"] :is(${fields})`)?.focus()
  })
}
