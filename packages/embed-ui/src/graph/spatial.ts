import type { LaidOutNode } from './layout.js'

export type Direction = 'up' | 'down' | 'left' | 'right'

/** The nearest node in a direction; sideways distance counts double, so that arrows keep to their column. */
export function neighbour(
  nodes: readonly LaidOutNode[],
  fromId: string,
  direction: Direction,
): LaidOutNode | undefined {
  const from = nodes.find(({ id }) => id === fromId)
  if (from === undefined) return undefined
  let best: LaidOutNode | undefined
  let bestCost = Number.POSITIVE_INFINITY
  for (const node of nodes) {
    if (node.id === fromId || !canHaveFocus(node)) continue
    const cost = costTo(from, node, direction)
    if (cost < bestCost) {
      best = node
      bestCost = cost
    }
  }
  return best
}

function canHaveFocus(node: LaidOutNode): boolean {
  return node.kind !== 'frame' && node.kind !== 'end' && !(node.kind === 'add' && node.isFull)
}

function costTo(from: LaidOutNode, to: LaidOutNode, direction: Direction): number {
  const dx = to.x + to.width / 2 - (from.x + from.width / 2)
  const dy = to.y + to.height / 2 - (from.y + from.height / 2)
  const isVertical = direction === 'up' || direction === 'down'
  const along = isVertical ? dy * (direction === 'down' ? 1 : -1) : dx * (direction === 'right' ? 1 : -1)
  if (along <= 4) return Number.POSITIVE_INFINITY
  const aside = Math.abs(isVertical ? dx : dy)
  return along + aside * 2
}
