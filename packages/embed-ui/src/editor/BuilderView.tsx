import type { Trigger } from '@inlay/engine'
import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { CanvasStoreProvider, canvasStoreOf, keepMarks, unfold } from '../canvas/canvas-store.js'
import type { CanvasView } from '../canvas/canvas-view.js'
import { FlowCanvas } from '../canvas/FlowCanvas.js'
import { SelectionBar } from '../canvas/SelectionBar.js'
import { AddStepMenu } from '../catalog/AddStepMenu.js'
import { useClipboardEvents } from '../clipboard/useClipboardEvents.js'
import type { Workflow } from '../data/api-types.js'
import { newStepId, renameStep, updateStep } from '../document/edit.js'
import { changeLane, renameLane } from '../document/lanes.js'
import { insertStep } from '../document/move-steps.js'
import { idWords, makeStep, type NewStep } from '../document/new-step.js'
import { findStep } from '../document/sequences.js'
import { AddStepProvider } from '../hooks/useAddStep.js'
import { useEditor } from '../hooks/useEditor.js'
import type { OutlineProps } from '../outline/Outline.js'
import { StepPanel } from '../panels/StepPanel.js'
import { useHotkeys } from '../shortcuts/useHotkeys.js'
import { useBuilder, useBuilderState, useDefinition, useShownIssues } from '../state/useBuilder.js'
import { usePinned } from '../step-test/usePins.js'
import { fetched } from '../ui/fetched.js'
import styles from './editor.module.css'
import type { EditorFeatures } from './editor-features.js'
import { pressInRoom, type RoomKeys } from './room-keys.js'
import { putDown, runCommand, takeUp } from './step-commands.js'
import { useBuilderDialogs } from './useBuilderDialogs.js'
import { useLayoutMode } from './useLayoutMode.js'
import { useWorkbench } from './useWorkbench.js'
import { tellDone, type Workbench } from './workbench.js'

const Outline = fetched<OutlineProps>(
  async () => (await import('../outline/Outline.js')).Outline,
  <div className={styles['room']} />,
)

export interface BuilderViewProps {
  readonly features: EditorFeatures
  /** Opens the dialog to test. */
  readonly onTest: () => void
  /** Opens the dialog to publish. */
  readonly onPublish: () => void
}

/** The canvas, or the outline in its place, with the step panel. */
export function BuilderView({ features, onTest, onPublish }: BuilderViewProps) {
  const definition = useDefinition()
  const hotkeys = useHotkeys()
  const { client, workflow, isReadOnly, can } = useEditor()
  const canvas = canvasStoreOf(client, workflow.id)
  const room = useRef<HTMLDivElement>(null)
  const [mode, setMode] = useLayoutMode(room, canvas)
  const dialogs = useBuilderDialogs()
  const bench = useWorkbench(room, canvas, dialogs)
  const view = useBuilderCanvasView(bench, dialogs.openAdd)
  useClipboardEvents(room, bench, !isReadOnly)
  useEffect(() => keepMarks(canvas, definition), [canvas, definition])
  useSelection(bench)
  const keys: RoomKeys = {
    bench,
    view,
    onTest: can('runs:start') && features.testing !== false ? onTest : undefined,
    onPublish: can('workflows:publish') && !isReadOnly && features.publish !== false ? onPublish : undefined,
    hotkeys,
    isReadOnly,
    openShortcuts: dialogs.openShortcuts,
    openCommands: dialogs.openCommands,
    toggleOutline: () => setMode(mode === 'outline' ? 'canvas' : 'outline'),
  }
  const shown = { definition, view, store: canvas }
  return (
    <CanvasStoreProvider value={canvas}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of everything inside */}
      <div ref={room} className={styles['room']} onKeyDown={(event) => pressInRoom(event, keys)}>
        {mode === 'outline' ? (
          <Outline {...shown} />
        ) : (
          <FlowCanvas {...shown}>
            <SelectionBar definition={definition} onCommand={(command, id) => runCommand(bench, command, id)} />
          </FlowCanvas>
        )}
        <AddMenu bench={bench} adding={dialogs.adding} onClose={dialogs.closeAdd} />
        <AddStepProvider value={view.onAdd}>
          <StepPanel />
        </AddStepProvider>
        {dialogs.draw(bench, keys)}
      </div>
    </CanvasStoreProvider>
  )
}

/** A step that was selected from elsewhere is shown, also inside collapsed blocks; several marked steps have no form. */
function useSelection({ builder, canvas }: Workbench): void {
  const selectedId = useBuilderState((state) => state.selectedId)
  const isMarking = useStore(canvas, ({ marked }) => marked.size > 1)
  useEffect(() => {
    if (isMarking) builder.select(null)
  }, [builder, isMarking])
  useEffect(() => {
    if (selectedId === null) return
    const found = findStep(builder.store.getState().history.present, selectedId)
    if (found !== undefined) unfold(canvas, found.ancestors)
  }, [builder, canvas, selectedId])
}

/** What the canvas shows of the open workflow, and what may be done on it. */
function useBuilderCanvasView(bench: Workbench, openAdd: CanvasView['onAdd']): CanvasView {
  const builder = useBuilder()
  const trigger = useBuilderState(({ history }) => history.present.trigger)
  const { connectors, workflow, isReadOnly } = useEditor()
  const selectedId = useBuilderState((state) => state.selectedId)
  const renamingId = useBuilderState((state) => state.renamingId)
  const issues = useShownIssues()
  const pinned = usePinned()
  const actions = useMemo(() => viewActions(bench), [bench])
  return useMemo(
    () => ({
      trigger,
      triggerState: liveTriggerState(workflow, trigger),
      connectors,
      selectedId,
      renamingId,
      issues,
      pinned,
      outcomes: undefined,
      isEditable: !isReadOnly,
      onSelect: builder.select,
      onAdd: openAdd,
      onCommand: actions.onCommand,
      onRename: actions.onRename,
      ...(isReadOnly ? {} : { edit: actions.edit }),
    }),
    [trigger, workflow, connectors, selectedId, renamingId, issues, pinned, isReadOnly, builder, openAdd, actions],
  )
}

function viewActions(bench: Workbench): Required<Pick<CanvasView, 'onCommand' | 'onRename' | 'edit'>> {
  const { builder, focus, t } = bench
  return {
    onCommand: (command, step) => runCommand(bench, command, step.id),
    onRename: (id, name) => {
      builder.startRename(null)
      if (name !== null) builder.edit((old) => renameStep(old, id, name))
      focus(id)
    },
    edit: {
      onTakeUp: (ids, by) => takeUp(bench, ids, by),
      onPutDown: (place) => putDown(bench, place),
      onLane: (command, step, slot) => {
        builder.edit((old) => updateStep(old, step.id, (now) => changeLane(now, slot, command)))
        if (command === 'delete') tellDone(bench, { tone: 'success', title: t('lane.deleted') })
      },
      onRenameLane: (step, slot, name) =>
        builder.edit((old) => updateStep(old, step.id, (now) => renameLane(now, slot, name))),
    },
  }
}

/** The state tells of the published trigger: it says nothing once the draft has another one. */
function liveTriggerState({ enabled, trigger }: Workflow, draft: Trigger) {
  return enabled && draft.type === 'connector' ? (trigger.connector ?? undefined) : undefined
}

interface AddMenuProps {
  readonly bench: Workbench
  readonly adding: ReturnType<typeof useBuilderDialogs>['adding']
  readonly onClose: () => void
}

function AddMenu({ bench, adding, onClose }: AddMenuProps) {
  const { builder, focus } = bench
  const choose = (wanted: NewStep) => {
    if (adding === undefined) return
    const id = newStepId(builder.store.getState().history.present, idWords(wanted))
    builder.edit((old) => insertStep(old, adding.place, makeStep(wanted, id)), { select: id, isFresh: true })
    onClose()
    focus(id)
  }
  return <AddStepMenu anchor={adding?.anchor ?? null} onChoose={choose} onClose={onClose} />
}
