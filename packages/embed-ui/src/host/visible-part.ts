/** The part of a frame that the person sees, in pixels from its top. */
export interface VisiblePart {
  readonly top: number
  readonly height: number
}

/** Tells which part of an element is in view, now and whenever that changes. @returns a function that ends it */
export function watchVisiblePart(element: Element, tell: (part: VisiblePart) => void): () => void {
  let frame = 0
  let last = ''
  const look = (): void => {
    frame = 0
    const { top, height } = element.getBoundingClientRect()
    const from = Math.max(0, -top)
    const part = { top: from, height: Math.max(0, Math.min(height, innerHeight - top) - from) }
    const text = JSON.stringify(part)
    if (text !== last) tell(part)
    last = text
  }
  const later = (): void => {
    if (frame === 0) frame = requestAnimationFrame(look)
  }
  const observer = new ResizeObserver(later)
  observer.observe(element)
  // Captured: any element around may be the one that scrolls.
  addEventListener('scroll', later, { capture: true, passive: true })
  addEventListener('resize', later, { passive: true })
  return () => {
    cancelAnimationFrame(frame)
    observer.disconnect()
    removeEventListener('scroll', later, { capture: true })
    removeEventListener('resize', later)
  }
}
