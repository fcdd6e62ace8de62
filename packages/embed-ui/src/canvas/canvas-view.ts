import type { Step, StepStatus, Trigger } from '@inlay/engine'
import { createContext, useContext } from 'react'
import type { ConnectorSummary, ConnectorTriggerState } from '../data/api-types.js'
import type { PlacedIssue } from '../document/issues.js'
import type { Place } from '../document/sequences.js'

/** How a step went in the run that is shown. */
export interface StepOutcome {
  readonly status: StepStatus
  readonly durationMs: number | null
  readonly attempt: number
  /** How many loop iterations there are of it. */
  readonly count: number
}

/** What a canvas shows and what may be done on it; the same for the builder and for a run. */
export interface CanvasView {
  readonly trigger: Trigger
  /** Of the published version's trigger, when a connector's. */
  readonly triggerState: ConnectorTriggerState | undefined
  readonly connectors: readonly ConnectorSummary[]
  readonly selectedId: string | null
  readonly renamingId: string | null
  readonly issues: readonly PlacedIssue[]
  /** By step id; absent in the builder. */
  readonly outcomes: ReadonlyMap<string, StepOutcome> | undefined
  readonly isEditable: boolean
  readonly onSelect: (id: string) => void
  readonly onAdd: (place: Place, anchor: HTMLElement) => void
  readonly onCommand: (command: StepCommand, step: Step) => void
  readonly onRename: (id: string, name: string | null) => void
}

export type StepCommand = 'rename' | 'duplicate' | 'moveUp' | 'moveDown' | 'delete'

const CanvasContext = createContext<CanvasView | undefined>(undefined)

/** Gives nodes what they draw. */
export const CanvasViewProvider = CanvasContext.Provider

/** What the canvas around shows. @throws Error outside a canvas */
export function useCanvasView(): CanvasView {
  const view = useContext(CanvasContext)
  if (view === undefined) throw new Error('Nodes are drawn inside a canvas only.')
  return view
}
