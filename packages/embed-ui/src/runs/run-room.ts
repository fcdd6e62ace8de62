import type { WorkflowDefinition } from '@inlay/engine'
import { createContext, useContext } from 'react'
import type { Run, RunHistoryItem, StepRun } from '../data/run-types.js'

/** What a person asks for and is told about before it happens. */
export type RunRequest =
  | { readonly kind: 'redrive' | 'rerun' | 'edit' | 'cancel' | 'suspend' }
  | { readonly kind: 'fork'; readonly stepId: string }

/** The run that is looked at, and where its parts lead. */
export interface RunRoom {
  readonly run: Run
  /** Where the widget shows it. */
  readonly path: string
  readonly steps: readonly StepRun[]
  readonly history: readonly RunHistoryItem[]
  /** Of the version that ran; undefined when it cannot be read. */
  readonly definition: WorkflowDefinition | undefined
  /** Opens another run. */
  readonly onOpen: (runId: string) => void
  /** Opens a step in the builder, at one of its fields. Absent where there is no builder. */
  readonly onFix: ((stepId: string, field: string | undefined) => void) | undefined
  readonly ask: (request: RunRequest) => void
}

const RoomContext = createContext<RunRoom | undefined>(undefined)

/** Gives its children the run that is looked at. */
export const RunRoomProvider = RoomContext.Provider

/** The run that is looked at. @throws Error outside a run */
export function useRunRoom(): RunRoom {
  const room = useContext(RoomContext)
  if (room === undefined) throw new Error('This component works inside a run only.')
  return room
}
