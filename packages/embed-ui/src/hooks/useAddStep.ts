import { createContext, useContext } from 'react'
import type { Place } from '../document/sequences.js'

/** Opens the menu of steps beside an element; what is chosen is put in at the place. */
export type AddStep = (place: Place, anchor: HTMLElement) => void

const AddStepContext = createContext<AddStep | undefined>(undefined)

/** Gives its children the menu of steps. */
export const AddStepProvider = AddStepContext.Provider

/** The menu of steps; undefined where nothing can be added. */
export function useAddStep(): AddStep | undefined {
  return useContext(AddStepContext)
}
