// What happens again when a run is replayed, told before it is.
import type { Step, WorkflowDefinition } from '@inlay/engine'
import type { StepRun } from '../data/run-types.js'
import { type FoundStep, idsWithin, isSameSequence, slotsOf, walkSteps } from '../document/sequences.js'
import { readLoops } from './loops.js'

export interface ReplayPlan {
  /** The step that the API is told: the outermost loop around the one that was asked for, or itself. */
  readonly from: Step
  /** Whether the step asked for is inside that loop. */
  readonly isLoop: boolean
  /** Steps that may run again, without blocks that only hold others. */
  readonly again: readonly Step[]
}

/** Steps that do something outside: that is done again. */
const OUTSIDE: ReadonlySet<Step['type']> = new Set(['action', 'call', 'publish', 'respond'])

/** Whether a step does something outside of the run. */
export function reachesOutside({ type }: Step): boolean {
  return OUTSIDE.has(type)
}

/** A new run from a step on. Undefined when there is no such step. */
export function planFrom(definition: WorkflowDefinition, stepId: string): ReplayPlan | undefined {
  const loopId = readLoops(definition).around.get(stepId)?.[0]
  const all = [...walkSteps(definition)]
  const start = all.find(({ step }) => step.id === (loopId ?? stepId))
  if (start === undefined) return undefined
  const begun = new Set(idsWithin(start.step))
  // What follows the step in its own sequence, and what follows each block around it.
  for (let at: FoundStep | undefined = start; at !== undefined; at = blockAround(at, all)) {
    for (const follower of followersOf(at, all)) for (const id of idsWithin(follower.step)) begun.add(id)
  }
  const again = all.map(({ step }) => step).filter(({ id }) => begun.has(id))
  return { from: start.step, isLoop: loopId !== undefined, again: leaves(again) }
}

function followersOf({ place }: FoundStep, all: readonly FoundStep[]): readonly FoundStep[] {
  return all.filter(({ place: other }) => isSameSequence(other, place) && other.index > place.index)
}

function blockAround({ place }: FoundStep, all: readonly FoundStep[]): FoundStep | undefined {
  return all.find(({ step }) => step.id === place.stepId)
}

/** All of a workflow. */
export function planAll(definition: WorkflowDefinition): readonly Step[] {
  return leaves([...walkSteps(definition)].map(({ step }) => step))
}

/** The rest of a run that goes on: what has not succeeded. */
export function planRest(definition: WorkflowDefinition, steps: readonly StepRun[]): readonly Step[] {
  const done = new Set(
    steps.filter(({ status }) => status === 'succeeded' || status === 'skipped').map(({ stepId }) => stepId),
  )
  const broken = new Set(
    steps.filter(({ status }) => status === 'failed' || status === 'cancelled').map(({ stepId }) => stepId),
  )
  return planAll(definition).filter(({ id }) => broken.has(id) || !done.has(id))
}

function leaves(steps: readonly Step[]): readonly Step[] {
  return steps.filter((step) => reachesOutside(step) || slotsOf(step).every((slot) => slot.steps.length === 0))
}
