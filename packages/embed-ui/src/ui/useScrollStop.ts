import { type RefObject, useEffect, useState } from 'react'

/**
 * Whether a box holds more than it shows and nothing that takes the focus: then it has to take it itself, so that it can
 * be scrolled by the keyboard (WCAG 2.1.1).
 */
export function useScrollStop(box: RefObject<HTMLElement | null>): boolean {
  const [isStop, setStop] = useState(false)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const look = (): void => {
      const focusable = element.querySelector('button, input, select, textarea, a[href], [tabindex="0"]')
      setStop(element.scrollHeight > element.clientHeight && focusable === null)
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return isStop
}
