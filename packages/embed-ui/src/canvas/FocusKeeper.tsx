import { type RefObject, useEffect, useRef } from 'react'
import type { LaidOutNode } from '../graph/layout.js'
import { focusedElement, focusNode, nodeIdOf } from './focus-node.js'

export interface FocusKeeperProps {
  readonly nodes: readonly LaidOutNode[]
  readonly box: RefObject<HTMLDivElement | null>
}

/** When the focused card disappears, focus moves to what is left instead of getting lost. */
export function FocusKeeper({ nodes, box }: FocusKeeperProps) {
  const lastFocused = useRef<string | undefined>(undefined)
  const before = useRef(nodes)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const remember = (event: FocusEvent) => {
      lastFocused.current = nodeIdOf(event.target)
    }
    element.addEventListener('focusin', remember)
    return () => element.removeEventListener('focusin', remember)
  }, [box])
  useEffect(() => {
    const id = lastFocused.current
    const isGone = id !== undefined && !nodes.some((node) => node.id === id)
    const wasAt = before.current.findIndex((node) => node.id === id)
    const known = before.current
    before.current = nodes
    if (!isGone) return
    const isLeft = new Set(nodes.map((node) => node.id))
    const next = known
      .slice(0, Math.max(wasAt, 1))
      .findLast((node) => (node.kind === 'step' || node.kind === 'trigger') && isLeft.has(node.id))
    // React Flow takes the card away in a later commit.
    const frame = requestAnimationFrame(() => {
      const focused = box.current === null ? null : focusedElement(box.current)
      const hasFocus = focused !== null && focused !== document.body
      if (!hasFocus && next !== undefined) focusNode(box.current, next.id)
    })
    return () => cancelAnimationFrame(frame)
  }, [nodes, box])
  return null
}
