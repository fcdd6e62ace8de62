import type { LaidOutEdge, LaidOutNode, Layout } from '../graph/layout.js'
import type { StepOutcome } from './canvas-view.js'

/** Which edges a run went along: those into steps that ran, and those that led from them to the next plus. */
export function activeEdges(
  layout: Layout,
  outcomes: ReadonlyMap<string, StepOutcome> | undefined,
): ReadonlySet<string> {
  if (outcomes === undefined) return new Set()
  const nodes = new Map(layout.nodes.map((node) => [node.id, node]))
  const incoming = new Map<string, LaidOutEdge[]>()
  for (const edge of layout.edges) incoming.set(edge.target, [...(incoming.get(edge.target) ?? []), edge])
  const active = new Set<string>()
  const trace = (nodeId: string): void => {
    const edges = incoming.get(nodeId) ?? []
    // Where several lanes meet, only those in which something ran were taken.
    const taken =
      edges.length === 1 ? edges : edges.filter(({ source }) => hasRun(nodes.get(source), outcomes, incoming))
    for (const edge of taken.length === 0 ? edges.slice(0, 1) : taken) {
      if (active.has(edge.id)) continue
      active.add(edge.id)
      trace(edge.source)
    }
  }
  for (const [stepId, { status }] of outcomes) if (status !== 'skipped') trace(stepId)
  return active
}

/** Whether the last step before a plus ran. */
function hasRun(
  node: LaidOutNode | undefined,
  outcomes: ReadonlyMap<string, StepOutcome>,
  incoming: ReadonlyMap<string, readonly LaidOutEdge[]>,
): boolean {
  if (node === undefined) return false
  if (node.kind === 'step') return outcomes.has(node.id)
  if (node.kind !== 'add') return false
  return (incoming.get(node.id) ?? []).some(({ source }) => outcomes.has(source))
}
