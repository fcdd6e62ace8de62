// Sample data as expressions see it, to show what they would give.
import type { JsonObject, JsonValue } from '@inlay/engine'
import type { ExpressionScope } from '@inlay/engine/expression'
import type { DataGroup, DataNode } from './data-tree.js'

/** The data of earlier steps as an expression of the step would see it; what is not known yet is empty. */
export function sampleScope(groups: readonly DataGroup[]): ExpressionScope {
  const steps: Record<string, { output: JsonValue; status: string }> = {}
  let trigger: JsonValue = null
  let loop: { item?: JsonValue; index?: number } = {}
  for (const { kind, id, root, isReal } of groups) {
    const value = sampleOf(root)
    if (kind === 'trigger') trigger = value
    else if (kind === 'step') steps[id] = { output: value, status: isReal ? 'succeeded' : 'skipped' }
    else if (kind === 'item') loop = root.path[0] === 'item' ? { item: value, index: 0 } : { index: 0 }
  }
  const run: JsonObject = { id: 'run_test', mode: 'test', createdAt: new Date().toISOString() }
  return { trigger, steps, ...loop, vars: {}, run, customer: {}, tenant: {} }
}

/** The sample of a node, or what its known fields make up. */
function sampleOf({ sample, children, type }: DataNode): JsonValue {
  if (sample !== undefined) return sample
  if (type === 'list') return children.map(sampleOf)
  if (children.length === 0) return null
  return Object.fromEntries(children.map((child) => [child.label, sampleOf(child)]))
}
