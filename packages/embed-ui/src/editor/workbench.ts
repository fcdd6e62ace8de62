// What commands on steps work with: the document, the canvas, and the ways to tell a person what happened.
import type { Step, WorkflowDefinition } from '@inlay/engine'
import type { CanvasStore } from '../canvas/canvas-store.js'
import type { Place } from '../document/sequences.js'
import type { Texts } from '../messages/useTexts.js'
import type { Builder } from '../state/builder-store.js'
import type { ShowToast, ToastContent } from '../ui/Toast.js'

export interface Workbench {
  readonly builder: Builder
  readonly canvas: CanvasStore
  readonly t: Texts
  readonly toast: ShowToast
  /** What a step is called. */
  readonly titleOf: (step: Step) => string
  /** Where a place is, in words. */
  readonly placeWords: (place: Place) => string
  /** Whether a connection is one of this customer's. */
  readonly isKnownConnection: (id: string) => boolean
  /** Moves the focus to a step, once it is drawn. */
  readonly focus: (id: string) => void
  /** Moves the focus into the form of the selected step. */
  readonly focusForm: () => void
  /** Opens the menu of steps for a place. */
  readonly openAdd: (place: Place) => void
  readonly openNote: (id: string) => void
  /** Asks before a whole workflow takes the place of this one. */
  readonly askReplace: (definition: WorkflowDefinition) => void
}

/** The document as it is now. */
export function present({ builder }: Workbench): WorkflowDefinition {
  return builder.store.getState().history.present
}

/** Says what was just done, with the way back, until something else is done and the way back is another one. */
export function tellDone({ builder, t, toast }: Pick<Workbench, 'builder' | 't' | 'toast'>, done: ToastContent): void {
  const { store } = builder
  const after = store.getState().history.present
  const dismiss = toast({ ...done, action: { label: t('toolbar.undo'), onSelect: builder.undo } })
  const stop = store.subscribe(({ history }) => {
    if (history.present === after) return
    stop()
    dismiss()
  })
}
