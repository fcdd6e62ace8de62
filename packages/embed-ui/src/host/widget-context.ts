import { createContext } from 'react'

/** What the pages of a widget know of the widget. */
export interface WidgetSurroundings {
  /** Asks the host to close the widget; undefined when it cannot be closed. */
  readonly onClose?: (() => void) | undefined
}

/** Gives the pages of a widget what they know of it. */
export const WidgetContext = createContext<WidgetSurroundings>({})
