// The loops of a workflow, and which of their items somebody looks at.
import type { Step, StepStatus, WorkflowDefinition } from '@inlay/engine'
import type { StepRun } from '../data/run-types.js'
import { slotsOf } from '../document/sequences.js'

export interface Loop {
  readonly step: Step
  /** Ids of the loops around it, outermost first. */
  readonly around: readonly string[]
}

/** By loop id, the index of the item that is looked at; a loop that is not named shows all of them. */
export type ItemChoices = ReadonlyMap<string, number>

export interface LoopMap {
  /** Outer ones before inner ones. */
  readonly loops: readonly Loop[]
  /** By step id: the ids of the loops around it, outermost first. */
  readonly around: ReadonlyMap<string, readonly string[]>
}

/** Where the loops of a workflow are. */
export function readLoops(definition: WorkflowDefinition): LoopMap {
  const loops: Loop[] = []
  const around = new Map<string, readonly string[]>()
  const visit = (steps: readonly Step[], outer: readonly string[]): void => {
    for (const step of steps) {
      around.set(step.id, outer)
      const slots = slotsOf(step)
      if (slots.some(({ isLoop }) => isLoop)) loops.push({ step, around: outer })
      for (const slot of slots) visit(slot.steps, slot.isLoop ? [...outer, step.id] : outer)
    }
  }
  visit(definition.steps, [])
  return { loops, around }
}

/** Whether a record belongs to the items that are looked at. */
export function isChosen(record: StepRun, { around }: LoopMap, choices: ItemChoices): boolean {
  const indices = indicesOf(record)
  return (around.get(record.stepId) ?? []).every((loopId, depth) => {
    const choice = choices.get(loopId)
    return choice === undefined || indices[depth] === choice
  })
}

export interface LoopItem {
  readonly index: number
  readonly hasFailed: boolean
}

/** The items of a loop within those that are chosen of the loops around it, in order. */
export function itemsOf(
  loop: Loop,
  steps: readonly StepRun[],
  map: LoopMap,
  choices: ItemChoices,
): readonly LoopItem[] {
  const outer = new Map([...choices].filter(([id]) => loop.around.includes(id)))
  const depth = loop.around.length
  const items = new Map<number, boolean>()
  for (const record of steps) {
    if (record.status === 'forgotten' || map.around.get(record.stepId)?.[depth] !== loop.step.id) continue
    const index = indicesOf(record)[depth]
    if (index === undefined || !isChosen(record, map, outer)) continue
    items.set(index, items.get(index) === true || isFailure(record.status))
  }
  return [...items].map(([index, hasFailed]) => ({ index, hasFailed })).toSorted((a, b) => a.index - b.index)
}

/** Chooses an item of a loop, or all of them; what was chosen inside belonged to another item and is let go. */
export function chooseItem(choices: ItemChoices, loop: Loop, map: LoopMap, index: number | undefined): ItemChoices {
  const inside = new Set(map.loops.filter(({ around }) => around.includes(loop.step.id)).map(({ step }) => step.id))
  const kept = [...choices].filter(([id]) => id !== loop.step.id && !inside.has(id))
  return new Map(index === undefined ? kept : [...kept, [loop.step.id, index]])
}

/** The choices that lead to one record of a step. */
export function choicesOf(record: StepRun, { around }: LoopMap): ItemChoices {
  const indices = indicesOf(record)
  return new Map((around.get(record.stepId) ?? []).map((loopId, depth) => [loopId, indices[depth] ?? 0]))
}

function indicesOf({ iteration }: StepRun): readonly number[] {
  return iteration.split('.').map(Number)
}

function isFailure(status: StepStatus): boolean {
  return status === 'failed'
}
