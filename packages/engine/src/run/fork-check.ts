import { nestedSequences } from '../compile/walk.js'
import type { Step, WorkflowDefinition } from '../contracts/workflow.js'
import { chainOf, findStep, isKept } from './fork.js'
import { type PlannedStep, planOf } from './plan.js'

/** Why a run of one version cannot go on in another from a step on; all are empty when it can. Ids of steps. */
export interface ForkObstacles {
  /** Steps before it, and blocks around it, that are written differently. */
  readonly changed: readonly string[]
  /** Steps before it that the run has no result of. */
  readonly added: readonly string[]
  /** Steps that are not there any more, or stand elsewhere. */
  readonly removed: readonly string[]
  /** Whether the settings differ that steps before it were carried out with. */
  readonly hasOtherSettings: boolean
}

/**
 * Compares two versions up to a step. Results are taken over only of steps that are the same in both: what another step
 * would have given, nobody knows.
 *
 * @throws UserError `run.unknown_step` when the first version has no such step
 */
export function forkObstacles(before: WorkflowDefinition, after: WorkflowDefinition, fromStep: string): ForkObstacles {
  const [old, next] = [planOf(before.steps), planOf(after.steps)]
  const from = findStep(old, fromStep)
  const target = next.get(from.path)
  const hasOtherSettings = JSON.stringify(before.vars ?? {}) !== JSON.stringify(after.vars ?? {})
  if (target === undefined) return { changed: [], added: [], removed: [from.step.id], hasOtherSettings }
  const [had, has] = [reachedBefore(old, from), reachedBefore(next, target)]
  const idsOf = (steps: readonly PlannedStep[]) => steps.map(({ step }) => step.id)
  return {
    changed: idsOf([...had.values()].filter((step) => has.has(step.path) && !isSame(step, has.get(step.path) ?? step))),
    added: idsOf([...has.values()].filter(({ path }) => !had.has(path))),
    removed: idsOf([...had.values()].filter(({ path }) => !has.has(path))),
    hasOtherSettings,
  }
}

/** Steps whose results are taken over, and the blocks that lead to `from` once more. */
function reachedBefore(plan: ReadonlyMap<string, PlannedStep>, from: PlannedStep): ReadonlyMap<string, PlannedStep> {
  const around = chainOf(from).slice(1)
  const steps = [...plan.values()].filter((planned) => isKept(planned, from) || around.includes(planned))
  return new Map(steps.map((step) => [step.path, step]))
}

function isSame(one: PlannedStep, other: PlannedStep): boolean {
  return one.place === other.place && ownPart(one.step) === ownPart(other.step)
}

/** A step without those inside it, which are compared by themselves, and without its name, which changes nothing. */
function ownPart(step: Step): string {
  const inner = new Set<unknown>()
  for (const { steps, single } of nestedSequences(step)) inner.add(single ? steps[0] : steps)
  const { name: _name, ...rest } = step
  return JSON.stringify(rest, (_key, value: unknown) => (inner.has(value) ? null : value))
}
