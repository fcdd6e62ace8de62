import { useCallback, useEffect, useRef } from 'react'

/**
 * Tells when the focus has left, but not in the middle of a press: a field that shrinks under the finger would move what
 * is below it away, and the press would reach nothing.
 */
export function useCalmBlur(onLeft: () => void) {
  const latest = useRef(onLeft)
  latest.current = onLeft
  const isPressed = useRef(false)
  const hasLeft = useRef(false)
  const stop = useRef<() => void>(() => undefined)
  useEffect(() => () => stop.current(), [])
  const onFocus = useCallback(() => {
    stop.current()
    hasLeft.current = false
    const press = () => {
      isPressed.current = true
    }
    const release = () => {
      isPressed.current = false
      // The click that belongs to the press comes after this.
      setTimeout(() => hasLeft.current && finish())
    }
    const finish = () => {
      stop.current()
      latest.current()
    }
    document.addEventListener('pointerdown', press, true)
    document.addEventListener('pointerup', release, true)
    document.addEventListener('pointercancel', release, true)
    stop.current = () => {
      isPressed.current = false
      document.removeEventListener('pointerdown', press, true)
      document.removeEventListener('pointerup', release, true)
      document.removeEventListener('pointercancel', release, true)
    }
  }, [])
  const onBlur = useCallback(() => {
    hasLeft.current = true
    if (isPressed.current) return
    stop.current()
    latest.current()
  }, [])
  return { onFocus, onBlur }
}
