// What differs between two definitions, in the terms in which people think of them: steps that came, went, moved or changed.
import type { Step, WorkflowDefinition } from '@inlay/engine'
import { slotsOf, walkSteps, withSlot } from '../document/sequences.js'
import { isStoredFile } from '../files/stored-file.js'

/** A value that differs. */
export interface FieldChange {
  /** JSON Pointer within the step, for example `/input/url`. */
  readonly path: string
  /** Undefined when it was not there. */
  readonly before: unknown
  readonly after: unknown
}

/** A step that is not as it was. */
export type StepChange = {
  /** As it is now; as it was for a step that is gone. */
  readonly step: Step
} & (
  | { readonly kind: 'added' | 'removed' }
  | { readonly kind: 'changed'; readonly fields: readonly FieldChange[]; readonly isMoved: boolean }
  | { readonly kind: 'moved' }
)

/** All that differs between two definitions. */
export interface Comparison {
  readonly trigger: readonly FieldChange[]
  /** Name and settings of the workflow itself. */
  readonly workflow: readonly FieldChange[]
  /** In the order in which they stand now, those that are gone where they stood. */
  readonly steps: readonly StepChange[]
  readonly isSame: boolean
}

/** Compares two definitions. Which version of a connector a published one was pinned to is no change of a person's. */
export function compareDefinitions(before: WorkflowDefinition, after: WorkflowDefinition): Comparison {
  const { trigger: oldTrigger, steps: _oldSteps, schema: _oldSchema, ...oldRest } = before
  const { trigger: newTrigger, steps: _newSteps, schema: _newSchema, ...newRest } = after
  const trigger = withoutPins(compareValues(oldTrigger, newTrigger))
  const workflow = compareValues(oldRest, newRest)
  const steps = compareSteps(before, after)
  return { trigger, workflow, steps, isSame: trigger.length + workflow.length + steps.length === 0 }
}

interface Standing {
  readonly step: Step
  /** The sequence that it stands in. */
  readonly sequence: string
}

function compareSteps(before: WorkflowDefinition, after: WorkflowDefinition): readonly StepChange[] {
  const old = standings(before)
  const now = standings(after)
  const moved = movedIds(old, now)
  const changes = new Map<string, StepChange>()
  for (const [id, { step }] of now) {
    const was = old.get(id)?.step
    if (was === undefined) {
      changes.set(id, { kind: 'added', step })
      continue
    }
    const fields = withoutPins(compareValues(ownFields(was), ownFields(step)))
    const isMoved = moved.has(id)
    if (fields.length > 0) changes.set(id, { kind: 'changed', step, fields, isMoved })
    else if (isMoved) changes.set(id, { kind: 'moved', step })
  }
  for (const [id, { step }] of old) if (!now.has(id)) changes.set(id, { kind: 'removed', step })
  return inReadingOrder([...old.keys()], [...now.keys()]).flatMap((id) => changes.get(id) ?? [])
}

function standings(definition: WorkflowDefinition): ReadonlyMap<string, Standing> {
  return new Map(
    [...walkSteps(definition)].map(({ step, place }) => [
      step.id,
      { step, sequence: `${place.stepId ?? ''}/${place.slot}` },
    ]),
  )
}

/** Steps that stand in another sequence now, or changed their turn with the others that were there before. */
function movedIds(old: ReadonlyMap<string, Standing>, now: ReadonlyMap<string, Standing>): ReadonlySet<string> {
  const moved = new Set<string>()
  const stayed = new Map<string, string[]>()
  for (const [id, { sequence }] of now) {
    const was = old.get(id)
    if (was === undefined) continue
    if (was.sequence === sequence) stayed.set(sequence, [...(stayed.get(sequence) ?? []), id])
    else moved.add(id)
  }
  const places = new Map([...old.keys()].map((id, index) => [id, index]))
  for (const ids of stayed.values()) {
    const kept = new Set(longestRising(ids, (id) => places.get(id) ?? 0))
    for (const id of ids) if (!kept.has(id)) moved.add(id)
  }
  return moved
}

/** The longest part of a list whose ranks rise: what need not be called moved. */
function longestRising<T>(items: readonly T[], rank: (item: T) => number): readonly T[] {
  const best: T[][] = []
  for (const item of items) {
    const longest = best
      .filter((run) => rank(run.at(-1) ?? item) < rank(item))
      .reduce<T[]>((found, run) => (run.length > found.length ? run : found), [])
    best.push([...longest, item])
  }
  return best.reduce<T[]>((found, run) => (run.length > found.length ? run : found), [])
}

/** The order of now, with what is gone after what stood before it. */
function inReadingOrder(old: readonly string[], now: readonly string[]): readonly string[] {
  const order = [...now]
  for (const [index, id] of old.entries()) {
    if (order.includes(id)) continue
    const previous = index === 0 ? -1 : order.indexOf(old[index - 1] ?? '')
    order.splice(previous + 1, 0, id)
  }
  return order
}

/** A step without the steps inside it. */
function ownFields(step: Step): Step {
  return slotsOf(step).reduce((rest, { slot }) => withSlot(rest, slot, []), step)
}

/** Leaves that differ. Lists are compared as a whole when their lengths differ. */
function compareValues(before: unknown, after: unknown, path = ''): readonly FieldChange[] {
  if (Object.is(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((value, index) => compareValues(value, after[index], `${path}/${index}`))
  }
  // Of another file nothing is the same but by accident: it is one change.
  const isFile = isStoredFile(before) || isStoredFile(after)
  if (!isFile && isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...keys].flatMap((key) => compareValues(before[key], after[key], `${path}/${key}`))
  }
  // Lists of another length that hold the same in the end would have been told apart above.
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }]
}

function withoutPins(changes: readonly FieldChange[]): readonly FieldChange[] {
  return changes.filter(
    ({ path, before, after }) => path !== '/version' || (before !== undefined && after !== undefined),
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
