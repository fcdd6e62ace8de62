import type { Expectation, TestDifference } from '../data/api-types.js'

/** What a test expects once everything that it found different is meant to be so. */
export function acceptDifferences(expected: Expectation, differences: readonly TestDifference[]): Expectation {
  let next = expected
  for (const difference of differences) {
    switch (difference.kind) {
      case 'status':
        if (isEnd(difference.actual)) next = { ...next, status: difference.actual }
        break
      case 'missing':
        next = {
          ...next,
          ran: next.ran.filter((id) => id !== difference.stepId),
          outputs: without(next, difference.stepId),
        }
        break
      case 'unexpected':
        next = { ...next, ran: [...next.ran, difference.stepId] }
        break
      case 'output':
        next = { ...next, outputs: { ...next.outputs, [difference.stepId]: difference.actual } }
        break
    }
  }
  return next
}

/** Whether expecting something else is all that it takes: what nobody knows must be recorded anew, what is invalid mended. */
export function isAcceptable(differences: readonly TestDifference[]): boolean {
  return differences.every((each) => {
    if (each.kind === 'status') return isEnd(each.actual)
    return each.kind !== 'unknown' && each.kind !== 'invalid'
  })
}

function isEnd(status: string): status is Expectation['status'] {
  return status === 'succeeded' || status === 'failed'
}

function without({ outputs }: Expectation, stepId: string): Expectation['outputs'] {
  const { [stepId]: _gone, ...rest } = outputs
  return rest
}
