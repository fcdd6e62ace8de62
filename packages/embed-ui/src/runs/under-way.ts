// Which steps a run is at. The journal tells of a step when it has ended, so of one that is under way it says nothing.
import type { Step, WorkflowDefinition } from '@inlay/engine'
import type { StepOutcome } from '../canvas/canvas-view.js'
import { type Slot, slotsOf } from '../document/sequences.js'

type Outcomes = ReadonlyMap<string, StepOutcome>

const UNDER_WAY: StepOutcome = { status: 'running', durationMs: null, attempt: 1, count: 1 }

/** The outcomes of a running run, with the steps that it must be at as running. */
export function withUnderWay(definition: WorkflowDefinition, outcomes: Outcomes): Outcomes {
  const current = currentSteps(definition.steps, outcomes)
  return new Map([...outcomes, ...current.filter((id) => !outcomes.has(id)).map((id) => [id, UNDER_WAY] as const)])
}

/** The step after the last one that something is known of, and what is under way inside it. */
function currentSteps(steps: readonly Step[], outcomes: Outcomes): readonly string[] {
  const last = steps.findLastIndex((step) => isBegun(step, outcomes))
  const lastStep = steps[last]
  const isOver = lastStep !== undefined && hasEnded(outcomes.get(lastStep.id))
  const step = isOver || lastStep === undefined ? steps[last + 1] : lastStep
  return step === undefined ? [] : [step.id, ...insideOf(step, outcomes)]
}

function insideOf(step: Step, outcomes: Outcomes): readonly string[] {
  const slots = slotsOf(step)
  // The rounds of a loop and what has not begun cannot be told apart from outside; branches that run together all can.
  const entered = slots.filter(
    ({ steps, kind, isLoop }) =>
      !isLoop && (kind === 'branch' || kind === 'attempt' || steps.some((each) => isBegun(each, outcomes))),
  )
  const latest = step.type === 'parallel' ? entered : entered.slice(-1)
  return latest.flatMap(({ steps }: Slot) => currentSteps(steps, outcomes))
}

function isBegun(step: Step, outcomes: Outcomes): boolean {
  if (outcomes.has(step.id)) return true
  return slotsOf(step).some(({ steps }) => steps.some((each) => isBegun(each, outcomes)))
}

function hasEnded(outcome: StepOutcome | undefined): boolean {
  return outcome !== undefined && !['running', 'waiting', 'retrying'].includes(outcome.status)
}
