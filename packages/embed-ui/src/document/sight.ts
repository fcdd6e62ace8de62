import type { Step, WorkflowDefinition } from '@inlay/engine'
import { slotsOf } from './sequences.js'

/** What the expressions of a step may refer to. */
export interface Sight {
  /** Steps that may have run before, in the order in which they run. */
  readonly steps: readonly Step[]
  /** The loops around the step, outermost first: `item` and `index` are of the innermost. */
  readonly loops: readonly (Step & { readonly type: 'forEach' })[]
}

/** For each step id, what it may refer to. Same rules as the engine's `describeData`. */
export function describeSights(definition: WorkflowDefinition): ReadonlyMap<string, Sight> {
  const sights = new Map<string, Sight>()
  visit(definition.steps, { steps: [], loops: [] }, sights)
  return sights
}

/** @returns the steps in sight after the sequence */
function visit(steps: readonly Step[], sight: Sight, sights: Map<string, Sight>): readonly Step[] {
  let seen = sight.steps
  for (const step of steps) {
    sights.set(step.id, { steps: seen, loops: sight.loops })
    const before = seen
    const added = slotsOf(step).flatMap(({ steps: nested, kind }) => {
      const isLoop = kind === 'body' && step.type === 'forEach'
      const after = visit(nested, { steps: before, loops: isLoop ? [...sight.loops, step] : sight.loops }, sights)
      // What ran inside a loop ran once per item; only the loop's own list is visible outside.
      return isLoop ? [] : after.slice(before.length)
    })
    seen = [...before, ...added, step]
  }
  return seen
}
