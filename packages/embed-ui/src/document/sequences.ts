// Where steps can stand: sequences nested in steps, and how to read and replace them.
import { nestedSequences, type Step, type WorkflowDefinition } from '@inlay/engine'

/** A sequence of steps: the workflow's own when `stepId` is null, else the one in `slot` of that step. */
export interface SequenceRef {
  readonly stepId: string | null
  /** Where it is in its step, as a path: `steps`, `else`, `cases/0/steps`, `branches/<name>`, `onError/fallback`. */
  readonly slot: string
}

/** A gap between steps: a new step would get `index`. */
export interface Place extends SequenceRef {
  readonly index: number
}

export const ROOT_SEQUENCE: SequenceRef = { stepId: null, slot: 'steps' }

/** Whether two places are gaps of the same sequence. */
export function isSameSequence(a: SequenceRef, b: SequenceRef): boolean {
  return a.stepId === b.stepId && a.slot === b.slot
}

/** Where the step that undoes another one is: at first it does not exist, and it has room for one step. */
export const UNDO_SLOT = 'compensate'

/** What a nested sequence is for. */
export type SlotKind =
  | 'case'
  | 'else'
  | 'branch'
  | 'variant'
  | 'body'
  | 'attempt'
  | 'catch'
  | 'finally'
  | 'notify'
  | 'fallback'
  | 'undo'

/** A sequence nested in a step. */
export interface Slot {
  readonly slot: string
  readonly kind: SlotKind
  readonly steps: readonly Step[]
  /** Whether its steps may run more than once, so that what they give stays inside. */
  readonly isLoop: boolean
  /** Whether its steps run after the step itself was tried, and see what it gave. */
  readonly isFollowing: boolean
  /** It has room for one step only, which stands in the document by itself. */
  readonly isSingle: boolean
}

/**
 * The sequences inside a step in the order in which they are written. Some that a document may leave out are offered
 * all the same: what happens otherwise, and whom to tell of a question.
 */
export function slotsOf(step: Step): readonly Slot[] {
  const present = nestedSequences(step).map(
    ({ place, steps, loop, fallback, single }): Slot => ({
      slot: place.slice(1),
      kind: slotKind(step, place),
      steps,
      isLoop: loop,
      isFollowing: fallback,
      isSingle: single,
    }),
  )
  const offered = offeredSlot(step)
  if (offered === undefined || present.some(({ slot }) => slot === offered.slot)) return present
  const index = present.findIndex(({ kind }) => kind === 'fallback' || kind === 'undo')
  return present.toSpliced(index === -1 ? present.length : index, 0, offered)
}

/** Whether other steps can be inside a step. */
export function isBlock(step: Step): boolean {
  return slotsOf(step).length > 0
}

/** The pointer of a slot's step, relative to the step around it. */
function stepPointer({ slot, isSingle }: Slot, index: number): string {
  return isSingle ? `/${slot}` : `/${slot}/${index}`
}

const EMPTY = { steps: [], isLoop: false, isSingle: false } as const

function offeredSlot(step: Step): Slot | undefined {
  if (step.type === 'branch') return { ...EMPTY, slot: 'else', kind: 'else', isFollowing: false }
  const asks = step.type === 'wait' && (step.approval !== undefined || step.callback !== undefined)
  return asks ? { ...EMPTY, slot: 'steps', kind: 'notify', isFollowing: true } : undefined
}

const KINDS: Readonly<Record<string, SlotKind>> = {
  '/else': 'else',
  '/catch': 'catch',
  '/finally': 'finally',
  '/onError/fallback': 'fallback',
  '/compensate': 'undo',
}

function slotKind({ type }: Step, place: string): SlotKind {
  const known = KINDS[place]
  if (known !== undefined) return known
  switch (type) {
    case 'branch':
      return 'case'
    case 'parallel':
      return 'branch'
    case 'split':
      return 'variant'
    case 'try':
      return 'attempt'
    case 'wait':
      return 'notify'
    default:
      return 'body'
  }
}

/** The step with another sequence in one slot; the same step when the slot does not exist or has no room for it. */
export function withSlot(step: Step, slot: string, steps: readonly Step[]): Step {
  const isSingle = slot === UNDO_SLOT
  const exists = isSingle || slotsOf(step).some((each) => each.slot === slot)
  if (!exists || (isSingle && steps.length > 1)) return step
  // A slot's path leads to a sequence of steps by the definition's own shape, so the step keeps its type.
  return setIn(step, slot.split('/'), isSingle ? steps[0] : steps) as Step
}

/** A copy with another value at a path; one that is undefined is left out. */
function setIn(value: unknown, [key = '', ...rest]: readonly string[], next: unknown): unknown {
  if (Array.isArray(value)) return value.with(Number(key), setIn(value[Number(key)], rest, next))
  // Besides lists there are only objects along the paths of slots.
  const fields = value as Readonly<Record<string, unknown>>
  const changed = rest.length === 0 ? next : setIn(fields[key], rest, next)
  if (changed !== undefined) return { ...fields, [key]: changed }
  const { [key]: _left, ...others } = fields
  return others
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
  yield* walkSequence({
    steps: definition.steps,
    sequence: ROOT_SEQUENCE,
    slotPointer: (index) => `/steps/${index}`,
    ancestors: [],
  })
}

interface Sequence {
  readonly steps: readonly Step[]
  readonly sequence: SequenceRef
  readonly slotPointer: (index: number) => string
  readonly ancestors: readonly string[]
}

function* walkSequence({ steps, sequence, slotPointer, ancestors }: Sequence): Generator<FoundStep> {
  for (const [index, step] of steps.entries()) {
    const here = slotPointer(index)
    yield { step, place: { ...sequence, index }, pointer: here, ancestors }
    for (const slot of slotsOf(step)) {
      yield* walkSequence({
        steps: slot.steps,
        sequence: { stepId: step.id, slot: slot.slot },
        slotPointer: (at) => here + stepPointer(slot, at),
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
