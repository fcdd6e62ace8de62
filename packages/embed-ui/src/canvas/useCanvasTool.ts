import { useReactFlow } from '@xyflow/react'
import { type RefObject, useEffect, useRef } from 'react'

/** What a tool works with. */
export interface ToolParts<Options> {
  /** The canvas itself. */
  readonly element: HTMLElement
  /** As they are now: a tool listens on from one drawing to the next. */
  readonly latest: RefObject<Options>
  readonly flow: ReturnType<typeof useReactFlow>
}

/** Something that people do on the canvas by pointer. */
export interface CanvasTool {
  /** @returns a function that ends listening */
  listen(): () => void
}

/**
 * Lets a tool listen for as long as the canvas is there.
 *
 * @param make the same function each time
 */
export function useCanvasTool<Options extends { readonly box: RefObject<HTMLElement | null> }>(
  options: Options,
  make: (parts: ToolParts<Options>) => CanvasTool,
): void {
  const { box } = options
  const flow = useReactFlow()
  const latest = useRef(options)
  latest.current = options
  useEffect(
    () => (box.current === null ? undefined : make({ element: box.current, latest, flow }).listen()),
    [box, flow, make],
  )
}
