import type { StepCall } from '../run/program.js'

/** What the journal holds of a step that waits. @param wakeAt Unix milliseconds; absent when there is no deadline */
export function waitingRecord({ step, address, startedAt, input }: StepCall, wakeAt?: number) {
  return {
    ...address,
    type: step.type,
    status: 'waiting' as const,
    attempt: 1,
    startedAt,
    ...(input === undefined ? {} : { input }),
    ...(wakeAt === undefined ? {} : { wakeAt }),
  }
}
