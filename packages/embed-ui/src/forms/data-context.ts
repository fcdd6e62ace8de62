import type { Trigger } from '@inlay/engine'
import { createContext, useContext } from 'react'
import type { StepIconProps } from '../canvas/ConnectorIcon.js'
import type { SummaryWords } from '../canvas/step-looks.js'
import type { DataGroup } from '../expressions/data-tree.js'

/** What the fields of a step may refer to. */
export interface FieldData {
  readonly groups: readonly DataGroup[]
  readonly words: SummaryWords
  readonly trigger: Trigger
  readonly connectors: StepIconProps['connectors']
}

const FieldDataContext = createContext<FieldData | undefined>(undefined)

/** Gives fields the data of earlier steps. */
export const FieldDataProvider = FieldDataContext.Provider

/** The data that a field may use; undefined where no step is being edited. */
export function useFieldData(): FieldData | undefined {
  return useContext(FieldDataContext)
}
