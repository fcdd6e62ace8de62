// From a layout to what React Flow draws. Everything is derived; nothing on the canvas has a state of its own.
import { type Edge, type Node, Position } from '@xyflow/react'
import { edgePath } from '../graph/edge-path.js'
import type { LaidOutEdge, LaidOutNode, Layout } from '../graph/layout.js'

export type FlowNodeData = {
  readonly node: LaidOutNode
  readonly summary: string
}
export type FlowNode = Node<FlowNodeData>
export type FlowEdge = Edge<{ readonly path: string; readonly isActive: boolean; readonly hasArrow: boolean }>

/** React Flow nodes in reading order, which is also the order of the Tab key. */
export function flowNodes(layout: Layout, summaryOf: (node: LaidOutNode) => string): FlowNode[] {
  return layout.nodes.map((node) => ({
    id: node.id,
    type: node.kind,
    position: { x: node.x, y: node.y },
    width: node.width,
    height: node.height,
    data: { node, summary: summaryOf(node) },
    // Frames lie behind what they frame.
    zIndex: node.kind === 'frame' ? -1 : 0,
    handles: [
      { type: 'target', position: Position.Top, x: node.width / 2, y: 0, width: 1, height: 1 },
      { type: 'source', position: Position.Bottom, x: node.width / 2, y: node.height, width: 1, height: 1 },
    ],
  }))
}

/** React Flow edges with their finished paths. */
export function flowEdges(layout: Layout, isActive: (edge: LaidOutEdge) => boolean): FlowEdge[] {
  const edges = layout.edges.map((edge) => ({
    id: edge.id,
    source: edge.source,
    target: edge.target,
    type: 'flow',
    data: { path: edgePath(edge.points), isActive: isActive(edge), hasArrow: edge.hasArrow },
    selectable: false,
    focusable: false,
  }))
  // What a run went along is drawn last, over the lines that share its way.
  return edges.toSorted((a, b) => Number(a.data.isActive) - Number(b.data.isActive))
}
