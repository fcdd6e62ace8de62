import type { Step, WorkflowDefinition } from '../contracts/workflow.js'
import { nestedSequences } from './walk.js'

/** What the expressions of a step may refer to. */
export interface StepSight {
  /** Ids of the steps that may have run before, in the order in which they run. */
  readonly steps: readonly string[]
  /** Whether `index` is there and, in the steps of a `forEach`, `item`. */
  readonly inLoop: boolean
}

/** For each step of a definition, the steps that it may refer to; `describe` says what they give as well. */
export function describeData(definition: WorkflowDefinition): ReadonlyMap<string, StepSight> {
  const sights = new Map<string, StepSight>()
  visit(definition.steps, { steps: [], inLoop: false }, sights)
  return sights
}

/** @returns ids in sight after the sequence */
function visit(steps: readonly Step[], sight: StepSight, sights: Map<string, StepSight>): readonly string[] {
  let seen = sight.steps
  for (const step of steps) {
    sights.set(step.id, { steps: seen, inLoop: sight.inLoop })
    const before = seen
    const added: string[] = []
    for (const nested of nestedSequences(step)) {
      const start = nested.fallback ? [...before, ...added, step.id] : before
      const after = visit(nested.steps, { steps: start, inLoop: sight.inLoop || nested.loop }, sights)
      // What runs once per item stays inside, as does what undoes a step.
      if (!nested.loop && !nested.single) added.push(...after.slice(start.length))
    }
    seen = [...before, ...added, step.id]
  }
  return seen
}
