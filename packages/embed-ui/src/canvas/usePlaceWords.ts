import { createContext, useContext } from 'react'
import type { Place } from '../document/sequences.js'

/** Says where a place is: after which step, or in which lane. */
export type PlaceWords = (place: Place) => string

const PlaceWordsContext = createContext<PlaceWords>(() => '')

/** Gives its children words for places. */
export const PlaceWordsProvider = PlaceWordsContext.Provider

/** Words for places of the workflow around. */
export function usePlaceWords(): PlaceWords {
  return useContext(PlaceWordsContext)
}
