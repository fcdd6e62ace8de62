import { createContext, useContext } from 'react'

const PortalContext = createContext<HTMLElement | null>(null)

/** Where popovers, menus and tooltips are placed, so that they inherit the theme's variables. */
export function usePortalContainer(): HTMLElement | null {
  return useContext(PortalContext)
}

/** Gives its children another place for popovers, for example inside a dialog's top layer. */
export const PortalContainer = PortalContext.Provider
