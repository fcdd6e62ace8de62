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
    const inside = visitInside(step, { steps: before, loops: sight.loops }, sights)
    const own = step.type === 'while' ? [...before, ...step.steps] : before
    sights.set(step.id, { steps: own, loops: sight.loops })
    seen = [...before, ...inside, step]
  }
  return seen
}

/** @returns the steps inside that are in sight after the step */
function visitInside(step: Step, { steps: before, loops }: Sight, sights: Map<string, Sight>): readonly Step[] {
  const added: Step[] = []
  for (const { steps, isLoop, isFollowing, isSingle } of slotsOf(step)) {
    const start = isFollowing ? [...before, ...added, step] : before
    const after = visit(steps, { steps: start, loops: isLoop && isLoopStep(step) ? [...loops, step] : loops }, sights)
    // What ran inside a loop ran many times, and what undoes a step runs when nothing comes after it.
    if (!isLoop && !isSingle) added.push(...after.slice(start.length))
  }
  return added
}

function isLoopStep(step: Step): step is Loop {
  return step.type === 'forEach' || step.type === 'while'
}
