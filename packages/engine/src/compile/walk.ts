import type { Step } from '../contracts/workflow.js'

/** A sequence of steps nested in a step, with its place relative to that step. */
export interface NestedSequence {
  readonly place: string
  readonly steps: readonly Step[]
  /** Its steps run once per item, and their outputs stay inside. */
  readonly loop: boolean
  /** Its steps run after the step has failed: they see it, and what ran in it. */
  readonly fallback: boolean
}

/** The sequences inside a step, in the order in which they are written. Framework-free: the builder uses it too. */
export function nestedSequences(step: Step): readonly NestedSequence[] {
  const own = ownSequences(step).map((sequence) => ({ ...sequence, fallback: false }))
  if (typeof step.onError !== 'object') return own
  return [...own, { place: '/onError/fallback', steps: step.onError.fallback, loop: false, fallback: true }]
}

function ownSequences(step: Step): readonly Omit<NestedSequence, 'fallback'>[] {
  switch (step.type) {
    case 'branch':
      return [
        ...step.cases.map(({ steps }, index) => ({ place: `/cases/${index}/steps`, steps, loop: false })),
        ...(step.else === undefined ? [] : [{ place: '/else', steps: step.else, loop: false }]),
      ]
    case 'parallel':
      return Object.entries(step.branches).map(([name, steps]) => ({ place: `/branches/${name}`, steps, loop: false }))
    case 'forEach':
      return [{ place: '/steps', steps: step.steps, loop: true }]
    default:
      return []
  }
}

/** Every step of a definition with its JSON Pointer, outer ones before inner ones. */
export function* allSteps(steps: readonly Step[], pointer = '/steps'): Generator<{ step: Step; pointer: string }> {
  for (const [index, step] of steps.entries()) {
    const here = `${pointer}/${index}`
    yield { step, pointer: here }
    for (const nested of nestedSequences(step)) yield* allSteps(nested.steps, here + nested.place)
  }
}
