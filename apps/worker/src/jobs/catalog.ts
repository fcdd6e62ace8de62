import { RUN_QUEUE, runJobSchema } from '@inlay/platform/runs'

/**
 * The queues that a worker serves: one entry each, its handler in a file of its own. All workers must agree on these
 * values: BullMQ looks for stalled jobs once per interval and queue, whoever comes first.
 */
export const JOBS = {
  runs: {
    queue: RUN_QUEUE,
    schema: runJobSchema,
    /** A lost lock means that a second worker gets the job, finds the runs claimed, and does nothing. */
    lockMs: 60_000,
    stalledMs: 30_000,
    /** A job that stalls is only a hint lost: the count must never decide a run's fate. */
    maxStalledCount: 1_000_000,
  },
} as const
