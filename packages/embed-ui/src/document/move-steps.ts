// Putting in, taking out, moving and copying of one step or several. Pure, like all edits: the same document comes back
// when there is nothing to do, and no step is ever lost.
import type { Step, WorkflowDefinition } from '@inlay/engine'
import { changeSequence, sequenceAt } from './edit.js'
import { TRIGGER_OWNER } from './issues.js'
import {
  type FoundStep,
  findStep,
  idsWithin,
  isSameSequence,
  type Place,
  ROOT_SEQUENCE,
  slotsOf,
  UNDO_SLOT,
  walkSteps,
} from './sequences.js'
import { usedIds, withFreeIds } from './step-ids.js'

/** A document after steps were put in, and their ids there; none when there was no room for them. */
export interface Inserted {
  readonly definition: WorkflowDefinition
  readonly ids: readonly string[]
}

/** Those of the steps that are in none of the others, in reading order. */
export function outermost(definition: WorkflowDefinition, ids: Iterable<string>): readonly FoundStep[] {
  const wanted = new Set(ids)
  return [...walkSteps(definition)].filter(
    ({ step, ancestors }) => wanted.has(step.id) && !ancestors.some((id) => wanted.has(id)),
  )
}

/** A step put in at a place. An id that is taken is replaced by a fresh one; so are those of the steps inside it. */
export function insertStep(definition: WorkflowDefinition, place: Place, step: Step): WorkflowDefinition {
  return insertSteps(definition, place, [step]).definition
}

/** Steps put in at a place, with ids that are free. */
export function insertSteps(definition: WorkflowDefinition, place: Place, steps: readonly Step[]): Inserted {
  const fresh = withFreeIds(steps, usedIds(definition))
  const next = changeSequence(definition, place, (before) =>
    before.toSpliced(clamp(place.index, before.length), 0, ...fresh),
  )
  return { definition: next, ids: next === definition ? [] : fresh.map(({ id }) => id) }
}

/** The definition without a step and all inside it. */
export function removeStep(definition: WorkflowDefinition, id: string): WorkflowDefinition {
  return removeSteps(definition, [id])
}

/** The definition without some steps and all inside them. */
export function removeSteps(definition: WorkflowDefinition, ids: Iterable<string>): WorkflowDefinition {
  const gone = new Set(ids)
  return outermost(definition, gone).reduce(
    (rest, { place }) => changeSequence(rest, place, (steps) => without(steps, gone)),
    definition,
  )
}

/** A step moved to a place, which is read in the document as it is before the move. Not into itself. */
export function moveStep(definition: WorkflowDefinition, id: string, place: Place): WorkflowDefinition {
  return moveSteps(definition, [id], place)
}

/** Steps moved to a place one after the other, which is read in the document as it is before the move. */
export function moveSteps(definition: WorkflowDefinition, ids: Iterable<string>, place: Place): WorkflowDefinition {
  const moved = outermost(definition, ids)
  if (!mayMoveTo(moved, place)) return definition
  const gone = new Set(moved.map(({ step }) => step.id))
  const before = moved.filter((each) => isSameSequence(each.place, place) && each.place.index < place.index).length
  const next = changeSequence(removeSteps(definition, gone), place, (steps) =>
    steps.toSpliced(clamp(place.index - before, steps.length), 0, ...moved.map(({ step }) => step)),
  )
  // A place that does not exist must not lose a step.
  return moved.every(({ step }) => findStep(next, step.id) !== undefined) ? next : definition
}

/** Whether moving the steps to a place is possible and changes anything. */
export function mayMoveTo(moved: readonly FoundStep[], place: Place): boolean {
  const [first] = moved
  if (first === undefined || (place.slot === UNDO_SLOT && moved.length > 1)) return false
  const owner = place.stepId
  if (owner !== null && moved.some(({ step }) => idsWithin(step).includes(owner))) return false
  return !staysThere(moved, first.place, place)
}

function staysThere(moved: readonly FoundStep[], start: Place, place: Place): boolean {
  const isOneBlock = moved.every(
    (each, at) => isSameSequence(each.place, start) && each.place.index === start.index + at,
  )
  if (!isOneBlock || !isSameSequence(start, place)) return false
  return place.index >= start.index && place.index <= start.index + moved.length
}

/** A copy of a step right after it; none where there is no room for another step. */
export function duplicateStep(
  definition: WorkflowDefinition,
  id: string,
): { readonly definition: WorkflowDefinition; readonly id: string | undefined } {
  const copied = duplicateSteps(definition, [id])
  return { definition: copied.definition, id: copied.ids[0] }
}

/** Copies of steps after the last of them in each sequence. References among them point to the copies. */
export function duplicateSteps(definition: WorkflowDefinition, ids: Iterable<string>): Inserted {
  const originals = outermost(definition, ids)
  const copies = withFreeIds(
    originals.map(({ step }) => step),
    usedIds(definition),
  )
  const groups = new Map<string, { readonly after: Place; readonly steps: readonly Step[] }>()
  for (const [at, { place }] of originals.entries()) {
    const key = JSON.stringify([place.stepId, place.slot])
    const copy = copies[at]
    if (copy !== undefined) groups.set(key, { after: place, steps: [...(groups.get(key)?.steps ?? []), copy] })
  }
  return [...groups.values()].reduce(
    (result: Inserted, { after, steps }) => {
      const next = insertSteps(result.definition, { ...after, index: after.index + 1 }, steps)
      return { definition: next.definition, ids: [...result.ids, ...next.ids] }
    },
    { definition, ids: [] },
  )
}

/** The place before or after a step: at the end of its sequence the one outside, or undefined when there is none. */
export function neighbourPlace(definition: WorkflowDefinition, id: string, direction: -1 | 1): Place | undefined {
  const found = findStep(definition, id)
  if (found === undefined) return undefined
  const { place } = found
  const siblings = sequenceAt(definition, place)
  const index = direction === -1 ? place.index - 1 : place.index + 2
  if (index >= 0 && index <= siblings.length) return { ...place, index }
  const owner = place.stepId === null ? undefined : findStep(definition, place.stepId)?.place
  return owner === undefined ? undefined : { ...owner, index: owner.index + (direction === -1 ? 0 : 1) }
}

/** The place beside a step in the lane before or after its own, or undefined when there is none. */
export function sidewaysPlace(definition: WorkflowDefinition, id: string, direction: -1 | 1): Place | undefined {
  const place = findStep(definition, id)?.place
  const owner = place === undefined || place.stepId === null ? undefined : findStep(definition, place.stepId)?.step
  if (place === undefined || owner === undefined) return undefined
  const lanes = slotsOf(owner).filter(({ isSingle }) => !isSingle)
  const at = lanes.findIndex(({ slot }) => slot === place.slot)
  const lane = at === -1 ? undefined : lanes[at + direction]
  return lane === undefined
    ? undefined
    : { stepId: place.stepId, slot: lane.slot, index: Math.min(place.index, lane.steps.length) }
}

/** The place right after a step or the trigger, or after all steps when there is no such step. */
export function placeAfter(definition: WorkflowDefinition, id: string | undefined): Place {
  if (id === TRIGGER_OWNER) return { ...ROOT_SEQUENCE, index: 0 }
  const found = id === undefined ? undefined : findStep(definition, id)
  if (found === undefined) return { ...ROOT_SEQUENCE, index: definition.steps.length }
  // There is room for one step that undoes another: what comes with it goes after the step itself.
  if (found.place.slot === UNDO_SLOT && found.place.stepId !== null) return placeAfter(definition, found.place.stepId)
  return { ...found.place, index: found.place.index + 1 }
}

function without(steps: readonly Step[], gone: ReadonlySet<string>): readonly Step[] {
  return steps.some(({ id }) => gone.has(id)) ? steps.filter(({ id }) => !gone.has(id)) : steps
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length)
}
