import { useEffect } from 'react'

/** Keeps the Escape key from closing a dialog while that would lose what cannot be had again. */
export function useEscapeHeld(isHeld: boolean): void {
  useEffect(() => {
    if (!isHeld) return
    const hold = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') event.preventDefault()
    }
    // Before the browser asks the dialog to close: it can be refused that only once.
    document.addEventListener('keydown', hold, { capture: true })
    return () => document.removeEventListener('keydown', hold, { capture: true })
  }, [isHeld])
}
