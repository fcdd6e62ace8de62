import { nestedSequences, type Step, type WorkflowDefinition } from '@inlay/engine'

/** The definition up to a step: what comes after it, and after the blocks around it, is left out. Undefined without such a step. */
export function cutAfter(definition: WorkflowDefinition, stepId: string): WorkflowDefinition | undefined {
  const steps = cutSequence(definition.steps, stepId)
  return steps === undefined ? undefined : { ...definition, steps }
}

function cutSequence(steps: readonly Step[], stepId: string): readonly Step[] | undefined {
  for (const [index, step] of steps.entries()) {
    const cut = step.id === stepId ? step : cutInside(step, stepId)
    if (cut !== undefined) return [...steps.slice(0, index), cut]
  }
  return undefined
}

/** The step with the sequence that holds the wanted one cut short; undefined when none does. */
function cutInside(step: Step, stepId: string): Step | undefined {
  for (const { place, steps, single } of nestedSequences(step)) {
    const cut = single ? undefined : cutSequence(steps, stepId)
    if (cut !== undefined) return withSequence(step, place.slice(1).split('/'), cut)
  }
  return undefined
}

/** A copy with other steps at a place. Names of branches hold neither `/` nor `~`, so that places need no escapes. */
function withSequence(step: Step, path: readonly string[], steps: readonly Step[]): Step {
  const copy = structuredClone(step)
  // The place is one that the step itself named: all on the way to it are objects or lists.
  let target = copy as unknown as Record<string, unknown>
  for (const key of path.slice(0, -1)) target = target[key] as Record<string, unknown>
  target[path.at(-1) ?? ''] = steps
  return copy
}
