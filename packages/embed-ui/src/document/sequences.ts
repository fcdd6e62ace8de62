// Where steps can stand: sequences nested in steps, and how to read and replace them.
import type { Step, WorkflowDefinition } from '@inlay/engine'

/** A sequence of steps: the workflow's own when `stepId` is null, else the one in `slot` of that step. */
export interface SequenceRef {
  readonly stepId: string | null
  /** `steps`, `else`, `fallback`, `cases/<index>` or `branches/<name>`. */
  readonly slot: string
}

/** A gap between steps: a new step would get `index`. */
export interface Place extends SequenceRef {
  readonly index: number
}

export const ROOT_SEQUENCE: SequenceRef = { stepId: null, slot: 'steps' }

/** A sequence nested in a step. */
export interface Slot {
  readonly slot: string
  readonly kind: 'case' | 'else' | 'branch' | 'body' | 'fallback'
  readonly steps: readonly Step[]
  /** JSON Pointer relative to the step. */
  readonly pointer: string
}

/** The sequences inside a step in the order in which they are drawn. A branch always offers `else`, even when absent. */
export function slotsOf(step: Step): readonly Slot[] {
  const fallback: readonly Slot[] =
    typeof step.onError === 'object'
      ? [{ slot: 'fallback', kind: 'fallback', steps: step.onError.fallback, pointer: '/onError/fallback' }]
      : []
  return [...ownSlots(step), ...fallback]
}

function ownSlots(step: Step): readonly Slot[] {
  switch (step.type) {
    case 'branch':
      return [
        ...step.cases.map(
          ({ steps }, index): Slot => ({
            slot: `cases/${index}`,
            kind: 'case',
            steps,
            pointer: `/cases/${index}/steps`,
          }),
        ),
        { slot: 'else', kind: 'else', steps: step.else ?? [], pointer: '/else' },
      ]
    case 'parallel':
      return Object.entries(step.branches).map(([name, steps]) => ({
        slot: `branches/${name}`,
        kind: 'branch',
        steps,
        pointer: `/branches/${name}`,
      }))
    case 'forEach':
      return [{ slot: 'steps', kind: 'body', steps: step.steps, pointer: '/steps' }]
    default:
      return []
  }
}

/** The step with another sequence in one slot; the same step when the slot does not exist. */
export function withSlot(step: Step, slot: string, steps: readonly Step[]): Step {
  if (slot === 'fallback') {
    return typeof step.onError === 'object' ? { ...step, onError: { fallback: steps } } : step
  }
  const [group = '', key = ''] = slot.split('/')
  switch (step.type) {
    case 'branch': {
      if (group === 'else') return { ...step, else: steps }
      const index = Number(key)
      return { ...step, cases: step.cases.map((each, at) => (at === index ? { ...each, steps } : each)) }
    }
    case 'parallel':
      return key in step.branches ? { ...step, branches: { ...step.branches, [key]: steps } } : step
    case 'forEach':
      return { ...step, steps }
    default:
      return step
  }
}

/** A step with its place and the ids of the blocks around it, outermost first. */
export interface FoundStep {
  readonly step: Step
  readonly place: Place
  readonly pointer: string
  readonly ancestors: readonly string[]
}

/** Every step of a definition, outer ones before inner ones, in reading order. */
export function* walkSteps(definition: WorkflowDefinition): Generator<FoundStep> {
  yield* walkSequence({ steps: definition.steps, sequence: ROOT_SEQUENCE, pointer: '/steps', ancestors: [] })
}

interface Sequence {
  readonly steps: readonly Step[]
  readonly sequence: SequenceRef
  readonly pointer: string
  readonly ancestors: readonly string[]
}

function* walkSequence({ steps, sequence, pointer, ancestors }: Sequence): Generator<FoundStep> {
  for (const [index, step] of steps.entries()) {
    const here = `${pointer}/${index}`
    yield { step, place: { ...sequence, index }, pointer: here, ancestors }
    for (const slot of slotsOf(step)) {
      yield* walkSequence({
        steps: slot.steps,
        sequence: { stepId: step.id, slot: slot.slot },
        pointer: here + slot.pointer,
        ancestors: [...ancestors, step.id],
      })
    }
  }
}

/** The step of that id, or undefined. */
export function findStep(definition: WorkflowDefinition, id: string): FoundStep | undefined {
  for (const found of walkSteps(definition)) if (found.step.id === id) return found
  return undefined
}

/** Ids of a step and of everything inside it. */
export function idsWithin(step: Step): readonly string[] {
  return [step.id, ...slotsOf(step).flatMap(({ steps }) => steps.flatMap(idsWithin))]
}
