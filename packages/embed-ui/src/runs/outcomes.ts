// From the journal of a run to what the canvas shows.
import type { StepStatus, StepType } from '@inlay/engine'
import type { StepOutcome } from '../canvas/canvas-view.js'
import type { Run, StepRun } from '../data/run-types.js'

/** What decides how a step that ran several times is shown: the first of these that occurs. */
const PRECEDENCE: readonly StepStatus[] = [
  'failed',
  'running',
  'retrying',
  'waiting',
  'cancelled',
  'succeeded',
  'skipped',
]

/** How each step went, by id; a step in a loop counts all of its records that are shown. */
export function stepOutcomes(
  steps: readonly StepRun[],
  isShown: (record: StepRun) => boolean,
): ReadonlyMap<string, StepOutcome> {
  const byId = new Map<string, StepRun[]>()
  for (const step of steps) {
    // A redrive set it aside: for the run it never happened.
    if (step.status === 'forgotten') continue
    if (isShown(step)) byId.set(step.stepId, [...(byId.get(step.stepId) ?? []), step])
  }
  return new Map([...byId].map(([id, records]) => [id, outcomeOf(records)]))
}

/**
 * The step that broke a run: the one that its error names, or else the last that failed. Blocks fail because of a step
 * inside, which is the one worth looking at; others may have failed as well and been dealt with.
 */
export function brokenStep({ error }: Pick<Run, 'error'>, steps: readonly StepRun[]): StepRun | undefined {
  const failed = steps.filter(({ status }) => status === 'failed')
  const named = failed.findLast(({ stepPath }) => stepPath === error?.stepPath)
  return named ?? failed.findLast(({ type }) => !BLOCKS.has(type))
}

const BLOCKS: ReadonlySet<string> = new Set<StepType>(['branch', 'parallel', 'forEach', 'while', 'try', 'split'])

function outcomeOf(records: readonly StepRun[]): StepOutcome {
  const statuses = new Set(records.map(({ status }) => status))
  const ran = records.filter(({ status }) => status !== 'skipped')
  const durations = ran.map(({ durationMs }) => durationMs).filter((ms) => ms !== null)
  return {
    status: PRECEDENCE.find((status) => statuses.has(status)) ?? 'running',
    durationMs: durations.length === 0 ? null : durations.reduce((sum, ms) => sum + ms, 0),
    attempt: Math.max(...records.map(({ attempt }) => attempt)),
    count: records.length,
    wakeAt: records.find(({ status, wakeAt }) => status === 'waiting' && wakeAt !== null)?.wakeAt ?? undefined,
  }
}

/** The records of one step in the order of their iterations. */
export function recordsOf(steps: readonly StepRun[], stepId: string): readonly StepRun[] {
  return steps.filter((step) => step.stepId === stepId).toSorted((a, b) => compareIterations(a.iteration, b.iteration))
}

function compareIterations(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)]
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? -1) - (right[at] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}

/** An iteration in words, counted from one: `2.0` is `3 › 1`. */
export function iterationLabel(iteration: string): string {
  return iteration
    .split('.')
    .map((index) => String(Number(index) + 1))
    .join(' › ')
}
