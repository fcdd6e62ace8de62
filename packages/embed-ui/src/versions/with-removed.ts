import type { Step, WorkflowDefinition } from '@inlay/engine'
import { insertStep } from '../document/move-steps.js'
import { findStep, isSameSequence, type Place, slotsOf, walkSteps, withSlot } from '../document/sequences.js'

/** The newer definition with the steps that are gone where they stood, so that both can be drawn as one. */
export function withRemoved(before: WorkflowDefinition, after: WorkflowDefinition): WorkflowDefinition {
  const kept = new Set([...walkSteps(after)].map(({ step }) => step.id))
  let merged = after
  for (const { step, place, ancestors } of walkSteps(before)) {
    // What stood in a step that is gone comes back with it.
    if (kept.has(step.id) || ancestors.some((id) => !kept.has(id)) || !hasSlot(merged, place)) continue
    merged = insertStep(merged, { ...place, index: indexFor(before, merged, place) }, withoutKept(step, kept))
  }
  return merged
}

function hasSlot(definition: WorkflowDefinition, { stepId, slot }: Place): boolean {
  if (stepId === null) return true
  const owner = findStep(definition, stepId)?.step
  return owner !== undefined && slotsOf(owner).some((each) => each.slot === slot)
}

/** After the nearest step before it that is still there. */
function indexFor(before: WorkflowDefinition, merged: WorkflowDefinition, place: Place): number {
  const earlier = [...walkSteps(before)]
    .filter((found) => isSameSequence(found.place, place) && found.place.index < place.index)
    .map(({ step }) => findStep(merged, step.id)?.place)
    .findLast((found) => found !== undefined && isSameSequence(found, place))
  return earlier === undefined ? 0 : earlier.index + 1
}

/** The step without those inside it that stand elsewhere now. */
function withoutKept(step: Step, kept: ReadonlySet<string>): Step {
  return slotsOf(step).reduce((rest, { slot, steps }) => {
    const gone = steps.filter(({ id }) => !kept.has(id)).map((inside) => withoutKept(inside, kept))
    return withSlot(rest, slot, gone)
  }, step)
}
