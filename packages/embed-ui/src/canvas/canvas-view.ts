import type { Step, StepStatus, Trigger } from '@inlay/engine'
import { createContext, useContext } from 'react'
import type { ConnectorSummary, ConnectorTriggerState } from '../data/api-types.js'
import type { PlacedIssue } from '../document/issues.js'
import type { LaneCommand } from '../document/lanes.js'
import type { Place, Slot } from '../document/sequences.js'

/** How a step went in the run that is shown. */
export interface StepOutcome {
  readonly status: StepStatus
  readonly durationMs: number | null
  readonly attempt: number
  /** How many loop iterations there are of it. */
  readonly count: number
  /** ISO 8601: when it goes on; only of a step that waits for a time. */
  readonly wakeAt?: string | undefined
}

/** What became of a step between two versions. */
export type ChangeKind = 'added' | 'removed' | 'changed' | 'moved'

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
  /** By step id, where two versions are compared. @default nothing is compared */
  readonly changes?: ReadonlyMap<string, ChangeKind>
  /** Ids of steps that pinned data stands in for in tests. @default none */
  readonly pinned?: ReadonlySet<string>
  readonly isEditable: boolean
  readonly onSelect: (id: string) => void
  readonly onAdd: (place: Place, anchor: HTMLElement) => void
  readonly onCommand: (command: StepCommand, step: Step) => void
  readonly onRename: (id: string, name: string | null) => void
  /** What else can be done where the document may be changed. @default nothing */
  readonly edit?: CanvasEdit
}

/** What can be done on a canvas where the document may be changed. */
interface CanvasEdit {
  /** Steps were taken up to be moved. */
  readonly onTakeUp: (ids: readonly string[], by: 'pointer' | 'keys') => void
  /** Puts the steps that are being moved down; without a place they stay where they were. */
  readonly onPutDown: (place: Place | undefined) => void
  readonly onLane: (command: LaneCommand, step: Step, slot: Slot) => void
  readonly onRenameLane: (step: Step, slot: Slot, name: string) => void
}

/** What can be done with a step. */
export type StepCommand =
  | 'open'
  | 'rename'
  | 'note'
  | 'addAfter'
  | 'duplicate'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'moveTo'
  | 'moveUp'
  | 'moveDown'
  | 'moveLeft'
  | 'moveRight'
  | 'fold'
  | 'delete'

const CanvasContext = createContext<CanvasView | undefined>(undefined)

/** Gives nodes what they draw. */
export const CanvasViewProvider = CanvasContext.Provider

/** What the canvas around shows. @throws Error outside a canvas */
export function useCanvasView(): CanvasView {
  const view = useContext(CanvasContext)
  if (view === undefined) throw new Error('Nodes are drawn inside a canvas only.')
  return view
}
