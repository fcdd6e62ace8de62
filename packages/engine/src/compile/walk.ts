import type { Step } from '../contracts/workflow.js'

/** A sequence of steps nested in a step, with its place relative to that step. */
export interface NestedSequence {
  readonly place: string
  readonly steps: readonly Step[]
  /** Its steps run once per item, and their outputs stay inside. */
  readonly loop: boolean
  /** Its steps run after what comes before in the step, for example after its failure: they see the step itself. */
  readonly fallback: boolean
  /** It is one step, at `place` itself, that undoes the step around it; later steps do not see it. */
  readonly single: boolean
}

/** The sequences inside a step, in the order in which they are written. Framework-free: the builder uses it too. */
export function nestedSequences(step: Step): readonly NestedSequence[] {
  const fallback = typeof step.onError === 'object' ? step.onError.fallback : undefined
  return [
    ...ownSequences(step),
    ...following('/onError/fallback', fallback),
    ...(step.compensate === undefined ? [] : [undoing(step.compensate)]),
  ]
}

function ownSequences(step: Step): readonly NestedSequence[] {
  switch (step.type) {
    case 'branch':
      return [
        ...step.cases.flatMap(({ steps }, index) => inside(`/cases/${index}/steps`, steps)),
        ...inside('/else', step.else),
      ]
    case 'parallel':
      return Object.entries(step.branches).flatMap(([name, steps]) => inside(`/branches/${name}`, steps))
    case 'split':
      return step.variants.flatMap(({ steps }, index) => inside(`/variants/${index}/steps`, steps))
    case 'forEach':
    case 'while':
      return [{ place: '/steps', steps: step.steps, loop: true, fallback: false, single: false }]
    case 'try':
      return [
        ...inside('/steps', step.steps),
        ...following('/catch', step.catch),
        ...following('/finally', step.finally),
      ]
    case 'wait':
      return following('/steps', step.steps)
    default:
      return []
  }
}

function inside(place: string, steps: readonly Step[] | undefined): readonly NestedSequence[] {
  return steps === undefined ? [] : [{ place, steps, loop: false, fallback: false, single: false }]
}

function undoing(step: Step): NestedSequence {
  return { place: '/compensate', steps: [step], loop: false, fallback: true, single: true }
}

function following(place: string, steps: readonly Step[] | undefined): readonly NestedSequence[] {
  return steps === undefined ? [] : [{ place, steps, loop: false, fallback: true, single: false }]
}

/** Every step of a definition with its JSON Pointer, outer ones before inner ones. */
export function* allSteps(steps: readonly Step[], pointer = '/steps'): Generator<{ step: Step; pointer: string }> {
  for (const [index, step] of steps.entries()) yield* stepAndInner(step, `${pointer}/${index}`)
}

function* stepAndInner(step: Step, pointer: string): Generator<{ step: Step; pointer: string }> {
  yield { step, pointer }
  for (const { place, steps, single } of nestedSequences(step)) {
    for (const [index, inner] of steps.entries()) {
      yield* stepAndInner(inner, single ? pointer + place : `${pointer}${place}/${index}`)
    }
  }
}
