import type { ForEachStep, Step, WhileStep, WorkflowDefinition } from '@inlay/engine'
import { slotsOf } from './sequences.js'

export type Loop = ForEachStep | WhileStep

/** What the expressions of a step may refer to. */
export interface Sight {
  /** Steps that may have run before, in the order in which they run. */
  readonly steps: readonly Step[]
  /** The loops around the step, outermost first: `item` and `index` are of the innermost. */
  readonly loops: readonly Loop[]
}

/**
 * For each step id, what it may refer to. Same rules as the engine's `describeData`; a `while` step also sees its own
 * steps, because its condition does.
 */
export function describeSights(definition: WorkflowDefinition): ReadonlyMap<string, Sight> {
  const sights = new Map<string, Sight>()
  visit(definition.steps, { steps: [], loops: [] }, sights)
  return sights
}

/** @returns the steps in sight after the sequence */
function visit(steps: readonly Step[], sight: Sight, sights: Map<string, Sight>): readonly Step[] {
  let seen = sight.steps
  for (const step of steps) {
    const before = seen
    const added: Step[] = []
    for (const { steps: nested, isLoop, isFollowing } of slotsOf(step)) {
      const start = isFollowing ? [...before, ...added, step] : before
      const loops = isLoop && isLoopStep(step) ? [...sight.loops, step] : sight.loops
      const after = visit(nested, { steps: start, loops }, sights)
      // What ran inside a loop ran many times; only the loop's own result is visible outside.
      if (!isLoop) added.push(...after.slice(start.length))
    }
    const own = step.type === 'while' ? [...before, ...step.steps] : before
    sights.set(step.id, { steps: own, loops: sight.loops })
    seen = [...before, ...added, step]
  }
  return seen
}

function isLoopStep(step: Step): step is Loop {
  return step.type === 'forEach' || step.type === 'while'
}
