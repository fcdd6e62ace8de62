// What commands on steps work with: the document, the canvas, and the ways to tell a person what happened.
import type { Step, WorkflowDefinition } from '@inlay/engine'
import type { CanvasStore } from '../canvas/canvas-store.js'
import type { Place } from '../document/sequences.js'
import type { Texts } from '../messages/useTexts.js'
import type { Builder } from '../state/builder-store.js'
import type { ToastContent } from '../ui/Toast.js'

export interface Workbench {
  readonly builder: Builder
  readonly canvas: CanvasStore
  readonly t: Texts
  readonly toast: (toast: ToastContent) => void
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

/** Takes an edit back, unless something else was done since. */
export function undoAction({ builder, t }: Pick<Workbench, 'builder' | 't'>) {
  const after = builder.store.getState().history.present
  return {
    label: t('toolbar.undo'),
    onSelect: () => {
      if (builder.store.getState().history.present === after) builder.undo()
    },
  }
}
