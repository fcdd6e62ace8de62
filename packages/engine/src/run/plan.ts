import { nestedSequences } from '../compile/walk.js'
import type { Step } from '../contracts/workflow.js'

/** A step of a definition and where it stands. */
export interface PlannedStep {
  readonly step: Step
  /** Ids from the outermost block joined by `/`, as in the journal. */
  readonly path: string
  /** The block around it; undefined at the top. */
  readonly parent: PlannedStep | undefined
  /** The sequence of the parent that it is in, as `nestedSequences` names it; empty at the top. */
  readonly place: string
  /** Position in that sequence. */
  readonly index: number
  readonly isInLoop: boolean
}

/** Every step of a definition by its path. */
export function planOf(steps: readonly Step[]): ReadonlyMap<string, PlannedStep> {
  const plan = new Map<string, PlannedStep>()
  const visit = (sequence: readonly Step[], around: Omit<PlannedStep, 'step' | 'path' | 'index'>): void => {
    for (const [index, step] of sequence.entries()) {
      const path = around.parent === undefined ? step.id : `${around.parent.path}/${step.id}`
      const planned: PlannedStep = { ...around, step, path, index }
      plan.set(path, planned)
      for (const { place, steps: inner, loop } of nestedSequences(step)) {
        visit(inner, { parent: planned, place, isInLoop: around.isInLoop || loop })
      }
    }
  }
  visit(steps, { parent: undefined, place: '', isInLoop: false })
  return plan
}
