// From a layout to what React Flow draws. Everything is derived; nothing on the canvas has a state of its own.
import type { Node } from '@xyflow/react'
import type { LaidOutNode, Layout } from '../graph/layout.js'

export type FlowNodeData = {
  /** Absent of the lines. */
  readonly node?: LaidOutNode
  readonly summary?: string
  /** Of the lines alone: what they connect, and which of them a run went along. */
  readonly lines?: { readonly layout: Layout; readonly active: ReadonlySet<string> }
}
export type FlowNode = Node<FlowNodeData>

/** React Flow nodes in reading order, which is also the order of the Tab key. */
export function flowNodes(
  layout: Layout,
  active: ReadonlySet<string>,
  summaryOf: (node: LaidOutNode) => string,
): FlowNode[] {
  const nodes = layout.nodes.map((node) => ({
    id: node.id,
    type: node.kind,
    position: { x: node.x, y: node.y },
    width: node.width,
    height: node.height,
    data: { node, summary: summaryOf(node) },
    // Frames lie behind what they frame.
    zIndex: node.kind === 'frame' ? -2 : 0,
  }))
  // Lines are a node too, so that they never are ahead of the cards by a frame.
  const lines: FlowNode = {
    id: '$lines',
    type: 'lines',
    position: { x: 0, y: 0 },
    width: layout.width,
    height: layout.height,
    data: { lines: { layout, active } },
    zIndex: -1,
  }
  return [lines, ...nodes]
}
