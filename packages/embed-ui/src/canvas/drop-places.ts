// Where steps that are being moved may go.
import type { WorkflowDefinition } from '@inlay/engine'
import { mayMoveTo, outermost } from '../document/move-steps.js'
import { type LaidOutNode, type Layout, layOut } from '../graph/layout.js'

/** Ids of the pluses where steps may be put. */
export function dropPlaces(
  definition: WorkflowDefinition,
  ids: Iterable<string>,
  collapsed: ReadonlySet<string>,
): ReadonlySet<string> {
  const moved = outermost(definition, ids)
  const { nodes } = layOut(definition, collapsed)
  const isOpen = (node: LaidOutNode) => node.kind === 'add' && !node.isFull && mayMoveTo(moved, node.place)
  return new Set(nodes.filter(isOpen).map(({ id }) => id))
}

/** The open plus that is nearest to a point of the canvas, if one is within reach. */
export function nearestPlace(
  layout: Layout,
  places: ReadonlySet<string>,
  { x, y, reach }: { readonly x: number; readonly y: number; readonly reach: number },
): LaidOutNode | undefined {
  let best: LaidOutNode | undefined
  let bestDistance = reach
  for (const node of layout.nodes) {
    if (!places.has(node.id)) continue
    const distance = Math.hypot(node.x + node.width / 2 - x, node.y + node.height / 2 - y)
    if (distance >= bestDistance) continue
    best = node
    bestDistance = distance
  }
  return best
}
