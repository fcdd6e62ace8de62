import type { WorkflowDefinition } from '@inlay/engine'
import { type RefObject, useMemo, useRef } from 'react'
import type { CanvasStore } from '../canvas/canvas-store.js'
import { focusNode, nodeElement } from '../canvas/focus-node.js'
import { placeWords } from '../canvas/place-words.js'
import { stepTitle } from '../canvas/step-looks.js'
import { useSummaryWords } from '../canvas/useSummaryWords.js'
import type { Place } from '../document/sequences.js'
import { placeId } from '../graph/layout.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder, useDefinition } from '../state/useBuilder.js'
import { useToast } from '../ui/Toast.js'
import type { Workbench } from './workbench.js'

export interface WorkbenchDialogs {
  readonly openAdd: (place: Place, anchor: HTMLElement) => void
  readonly openNote: (id: string) => void
  readonly askReplace: (definition: WorkflowDefinition) => void
}

/** What commands work with, in the room of one builder. The same object as long as the room is there. */
export function useWorkbench(
  room: RefObject<HTMLElement | null>,
  canvas: CanvasStore,
  dialogs: WorkbenchDialogs,
): Workbench {
  const t = useTexts()
  const toast = useToast()
  const builder = useBuilder()
  const { connectors, connections } = useEditor()
  const words = useSummaryWords(useDefinition(), connectors)
  const latest = useRef({ t, toast, words, connections, dialogs })
  latest.current = { t, toast, words, connections, dialogs }
  return useMemo(
    () => ({
      builder,
      canvas,
      t: (key, values) => latest.current.t(key, values),
      toast: (content) => latest.current.toast(content),
      titleOf: (step) => stepTitle(step, latest.current.words.connectors, latest.current.t),
      placeWords: (place) => placeWords(builder.store.getState().history.present, latest.current.words)(place),
      isKnownConnection: (id) => latest.current.connections.some((each) => each.id === id),
      focus: (id) => {
        canvas.setState({ revealId: id })
        focusSoon(room.current, id)
      },
      focusForm: () => focusForm(room.current),
      openAdd: (place) => {
        const anchor = nodeElement(room.current, placeId(place)) ?? room.current
        if (anchor !== null) latest.current.dialogs.openAdd(place, anchor)
      },
      openNote: (id) => latest.current.dialogs.openNote(id),
      askReplace: (definition) => latest.current.dialogs.askReplace(definition),
    }),
    [builder, canvas, room],
  )
}

/** A step that was just made or moved is where the person is: Enter from there leads into its form. */
function focusSoon(room: HTMLElement | null, id: string): void {
  // React Flow draws a card in a commit of its own.
  requestAnimationFrame(() => {
    if (nodeElement(room, id) === null) requestAnimationFrame(() => focusNode(room, id))
    else focusNode(room, id)
  })
}

/** Enter means "let me edit": focus goes to the first field once the panel is drawn. */
function focusForm(room: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const fields = 'fieldset input, fieldset textarea, fieldset select, fieldset button'
    room?.querySelector<HTMLElement>(`[data-inlay-part="step-panel"] :is(${fields})`)?.focus()
  })
}
