// Edits of a definition. Pure: each gives a new document that shares what it did not touch, or the same one when
// there is nothing to do.
import type { Step, Trigger, WorkflowDefinition } from '@inlay/engine'
import { findStep, idsWithin, type Place, slotsOf, withSlot } from './sequences.js'
import { freshId, renameStepId, STEP_ID_PATTERN, usedIds, withFreshIds } from './step-ids.js'

/** A step put in at a place. An id that is taken is replaced by a fresh one; so are those of the steps inside it. */
export function insertStep(definition: WorkflowDefinition, place: Place, step: Step): WorkflowDefinition {
  const taken = usedIds(definition)
  const isTaken = idsWithin(step).some((id) => taken.has(id))
  const fresh = isTaken ? withFreshIds(step, taken) : step
  return changeSequence(definition, place, (steps) => steps.toSpliced(clamp(place.index, steps.length), 0, fresh))
}

/** The definition without a step and all inside it. */
export function removeStep(definition: WorkflowDefinition, id: string): WorkflowDefinition {
  const found = findStep(definition, id)
  if (found === undefined) return definition
  return changeSequence(definition, found.place, (steps) => steps.filter((step) => step.id !== id))
}

/** A step changed by a function, which may change anything but its id. */
export function updateStep(
  definition: WorkflowDefinition,
  id: string,
  change: (step: Step) => Step,
): WorkflowDefinition {
  const found = findStep(definition, id)
  if (found === undefined) return definition
  return changeSequence(definition, found.place, (steps) => {
    const next = change(found.step)
    return next === found.step ? steps : steps.map((step) => (step.id === id ? { ...next, id } : step))
  })
}

/** A step moved to a place, which is read in the document as it is before the move. Not into itself. */
export function moveStep(definition: WorkflowDefinition, id: string, place: Place): WorkflowDefinition {
  const found = findStep(definition, id)
  if (found === undefined || (place.stepId !== null && idsWithin(found.step).includes(place.stepId))) return definition
  const isSameSequence = found.place.stepId === place.stepId && found.place.slot === place.slot
  const isAfter = isSameSequence && place.index > found.place.index
  const index = isAfter ? place.index - 1 : place.index
  if (isSameSequence && index === found.place.index) return definition
  const moved = changeSequence(removeStep(definition, id), place, (steps) =>
    steps.toSpliced(clamp(index, steps.length), 0, found.step),
  )
  // A place that does not exist must not lose the step.
  return findStep(moved, id) === undefined ? definition : moved
}

/** A copy of a step right after it; none where there is no room for another step. */
export function duplicateStep(
  definition: WorkflowDefinition,
  id: string,
): { readonly definition: WorkflowDefinition; readonly id: string | undefined } {
  const found = findStep(definition, id)
  if (found === undefined) return { definition, id: undefined }
  const copy = withFreshIds(found.step, usedIds(definition))
  const place = { ...found.place, index: found.place.index + 1 }
  const copied = insertStep(definition, place, copy)
  return { definition: copied, id: copied === definition ? undefined : copy.id }
}

/** What a step is called; an empty name takes it away. */
export function renameStep(definition: WorkflowDefinition, id: string, name: string): WorkflowDefinition {
  return updateStep(definition, id, (step) => {
    const { name: _name, ...rest } = step
    return name.trim() === '' ? rest : { ...step, name: name.trim() }
  })
}

/** A step's id changed everywhere; the same document when the new id is not valid or taken. */
export function changeStepId(definition: WorkflowDefinition, from: string, to: string): WorkflowDefinition {
  const isFree = STEP_ID_PATTERN.test(to) && !usedIds(definition).has(to)
  return isFree ? renameStepId(definition, from, to) : definition
}

/** Another trigger. */
export function setTrigger(definition: WorkflowDefinition, trigger: Trigger): WorkflowDefinition {
  return { ...definition, trigger }
}

/** The place before or after a step in its own sequence, or undefined at the end. */
export function neighbourPlace(definition: WorkflowDefinition, id: string, direction: -1 | 1): Place | undefined {
  const found = findStep(definition, id)
  if (found === undefined) return undefined
  const { place } = found
  const siblings = sequenceAt(definition, place)
  const index = direction === -1 ? place.index - 1 : place.index + 2
  return index < 0 || index > siblings.length ? undefined : { ...place, index }
}

/** The steps of a sequence; empty when it does not exist. */
export function sequenceAt(definition: WorkflowDefinition, { stepId, slot }: Pick<Place, 'stepId' | 'slot'>) {
  if (stepId === null) return definition.steps
  const owner = findStep(definition, stepId)?.step
  return owner === undefined ? [] : (slotsOf(owner).find((each) => each.slot === slot)?.steps ?? [])
}

/** A fresh id for a new step of those words. */
export function newStepId(definition: WorkflowDefinition, words: string): string {
  return freshId(words, usedIds(definition))
}

function changeSequence(
  definition: WorkflowDefinition,
  { stepId, slot }: Pick<Place, 'stepId' | 'slot'>,
  change: (steps: readonly Step[]) => readonly Step[],
): WorkflowDefinition {
  const steps = stepId === null ? change(definition.steps) : changeWithin(definition.steps, { stepId, slot }, change)
  return steps === definition.steps ? definition : { ...definition, steps }
}

function changeWithin(
  steps: readonly Step[],
  target: { readonly stepId: string; readonly slot: string },
  change: (steps: readonly Step[]) => readonly Step[],
): readonly Step[] {
  for (const [index, step] of steps.entries()) {
    const next =
      step.id === target.stepId ? changeOwnSlot(step, target.slot, change) : changeInside(step, target, change)
    if (next !== step) return steps.with(index, next)
  }
  return steps
}

const NO_STEPS: readonly Step[] = []

function changeOwnSlot(step: Step, slot: string, change: (steps: readonly Step[]) => readonly Step[]): Step {
  const before = slotsOf(step).find((each) => each.slot === slot)?.steps ?? NO_STEPS
  const next = change(before)
  return next === before ? step : withSlot(step, slot, next)
}

function changeInside(
  step: Step,
  target: { readonly stepId: string; readonly slot: string },
  change: (steps: readonly Step[]) => readonly Step[],
): Step {
  for (const { slot, steps } of slotsOf(step)) {
    const next = changeWithin(steps, target, change)
    if (next !== steps) return withSlot(step, slot, next)
  }
  return step
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length)
}
