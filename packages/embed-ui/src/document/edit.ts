// Edits of a definition. Pure: each gives a new document that shares what it did not touch, or the same one when
// there is nothing to do.
import type { Step, Trigger, WorkflowDefinition } from '@inlay/engine'
import { findStep, type SequenceRef, slotsOf, withSlot } from './sequences.js'
import { freshId, renameStepId, STEP_ID_PATTERN, usedIds } from './step-ids.js'

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

/** What a step is called; an empty name takes it away. */
export function renameStep(definition: WorkflowDefinition, id: string, name: string): WorkflowDefinition {
  return updateStep(definition, id, (step) => {
    const { name: _name, ...rest } = step
    return name.trim() === '' ? rest : { ...step, name: name.trim() }
  })
}

/** What people wrote down about a step; an empty note takes it away. */
export function noteStep(definition: WorkflowDefinition, id: string, note: string): WorkflowDefinition {
  return updateStep(definition, id, (step) => {
    const isNone = note.trim() === ''
    if (isNone ? step.note === undefined : step.note === note) return step
    const { note: _note, ...rest } = step
    return isNone ? rest : { ...step, note }
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

/** The steps of a sequence; empty when it does not exist. */
export function sequenceAt(definition: WorkflowDefinition, { stepId, slot }: SequenceRef) {
  if (stepId === null) return definition.steps
  const owner = findStep(definition, stepId)?.step
  return owner === undefined ? [] : (slotsOf(owner).find((each) => each.slot === slot)?.steps ?? [])
}

/** A fresh id for a new step of those words. */
export function newStepId(definition: WorkflowDefinition, words: string): string {
  return freshId(words, usedIds(definition))
}

/** A sequence changed by a function; the same document when there is no such sequence or no room in it. */
export function changeSequence(
  definition: WorkflowDefinition,
  { stepId, slot }: SequenceRef,
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
