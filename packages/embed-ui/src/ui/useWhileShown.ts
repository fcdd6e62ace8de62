import { useCallback, useEffect, useRef } from 'react'

/**
 * A callback that does nothing once its component is gone. What was begun in a dialog, and ends after somebody has closed it,
 * must not close or open another one.
 */
export function useWhileShown<Arguments extends readonly unknown[]>(
  callback: (...given: Arguments) => void,
): (...given: Arguments) => void {
  const latest = useRef<typeof callback>(undefined)
  useEffect(() => {
    latest.current = callback
    return () => {
      latest.current = undefined
    }
  })
  return useCallback((...given: Arguments) => latest.current?.(...given), [])
}
