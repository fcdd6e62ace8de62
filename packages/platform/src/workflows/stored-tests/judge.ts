import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '@inlay/engine'
import type { PlanRun } from '../step-tests/run-plan.js'
import { ranSteps } from './recording.js'
import type { Difference, Expectation } from './schema.js'

/** What differs between what a test expects and what came of its run. */
export function judge(
  expected: Expectation,
  { run, steps }: Pick<PlanRun, 'run' | 'steps'>,
  /** Steps that reach outside and that nothing was recorded of. */
  unknown: ReadonlySet<string>,
): Difference[] {
  const ran = ranSteps(steps.map(({ stepPath, status }) => ({ stepId: lastPart(stepPath), status })))
  const strange = ran.filter((stepId) => unknown.has(stepId))
  const differences: Difference[] = strange.map((stepId) => ({ kind: 'unknown', stepId }))
  if (run.status !== expected.status) differences.push(statusDifference(expected, run))
  for (const stepId of expected.ran) if (!ran.includes(stepId)) differences.push({ kind: 'missing', stepId })
  for (const stepId of ran) {
    if (!expected.ran.includes(stepId) && !unknown.has(stepId)) differences.push({ kind: 'unexpected', stepId })
  }
  for (const [stepId, value] of Object.entries(expected.outputs)) {
    const found = steps.findLast(({ stepPath, status }) => lastPart(stepPath) === stepId && status === 'succeeded')
    // That it did not run at all has been told.
    if (found === undefined) continue
    const actual: JsonValue = found.output ?? null
    if (!isDeepStrictEqual(actual, value)) differences.push({ kind: 'output', stepId, expected: value, actual })
  }
  return differences
}

function statusDifference({ status }: Expectation, run: PlanRun['run']): Difference {
  const { error } = run
  return {
    kind: 'status',
    expected: status,
    actual: run.status,
    error:
      error === undefined
        ? null
        : { title: error.title, stepId: error.stepPath === undefined ? null : lastPart(error.stepPath) },
  }
}

function lastPart(path: string): string {
  return path.split('/').at(-1) ?? path
}
