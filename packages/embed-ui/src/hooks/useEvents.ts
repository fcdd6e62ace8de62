import { createContext, useCallback, useContext } from 'react'
import type { EventHub, InlayEventData, InlayEventName } from '../host/events.js'

const EventsContext = createContext<EventHub | undefined>(undefined)

/** Gives its children the hub that events are told to. */
export const EventsProvider = EventsContext.Provider

/** Tells the host of an event. */
export type Emit = <Name extends InlayEventName>(name: Name, data: InlayEventData[Name]) => void

/** The hub of events around; undefined where nobody listens. */
export function useEventHub(): EventHub | undefined {
  return useContext(EventsContext)
}

/** A function that tells the host of events; silent where nobody listens. */
export function useEmit(): Emit {
  const hub = useContext(EventsContext)
  return useCallback((name, data) => hub?.emit(name, data), [hub])
}
