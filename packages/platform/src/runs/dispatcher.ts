import type { Dispatch, Dispatcher } from '@inlay/engine'
import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { z } from 'zod'

/** The queue that tells workers of runs. */
export const RUN_QUEUE = 'inlay-runs'

const MAX_RUNS_PER_JOB = 50

/** What a job carries: ids, never data. */
export const runJobSchema = z.object({ runIds: z.array(z.string().max(100)).max(MAX_RUNS_PER_JOB) })
export type RunJob = z.infer<typeof runJobSchema>

/** A delayed job that comes a moment early would find its run not due yet. */
const WAKE_SLACK_MS = 25

/** Jobs are hints: BullMQ neither retries nor keeps them, since the journal knows what is to be done. */
const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const

/** Closes its queue when the process ends. */
export interface QueueDispatcher extends Dispatcher {
  /** Sends what was gathered, if Redis takes it. */
  close(): Promise<void>
}

/**
 * Dispatches through BullMQ. Runs that are dispatched in one turn of the event loop share jobs. While Redis is away
 * nothing is thrown and nothing waits: the sweeper dispatches again.
 *
 * @param redis a connection that fails fast
 */
export function createQueueDispatcher(redis: Redis): QueueDispatcher {
  const queue = new Queue<RunJob>(RUN_QUEUE, { connection: redis })
  queue.on('error', () => undefined)
  let gathered: Dispatch[] = []
  let sending: Promise<unknown> = Promise.resolve()
  const flush = (): void => {
    const jobs = toJobs(gathered)
    gathered = []
    if (jobs.length > 0) sending = queue.addBulk(jobs).catch(() => undefined)
  }
  return {
    dispatch: (runs) => {
      if (gathered.length === 0) setImmediate(flush)
      gathered.push(...runs)
    },
    close: async () => {
      flush()
      await sending
      await queue.close().catch(() => undefined)
    },
  }
}

interface Job {
  readonly name: string
  readonly data: RunJob
  readonly opts: typeof JOB_OPTIONS & { readonly jobId: string; readonly delay?: number }
}

function toJobs(runs: readonly Dispatch[]): Job[] {
  const now = runs.filter(({ delayMs = 0 }) => delayMs === 0)
  const jobs: Job[] = runs
    .filter(({ delayMs = 0 }) => delayMs > 0)
    .map((run) => ({
      name: 'wake',
      data: { runIds: [run.runId] },
      opts: { ...JOB_OPTIONS, jobId: jobIdOf([run]), delay: (run.delayMs ?? 0) + WAKE_SLACK_MS },
    }))
  for (let i = 0; i < now.length; i += MAX_RUNS_PER_JOB) {
    const batch = now.slice(i, i + MAX_RUNS_PER_JOB)
    jobs.push({
      name: 'run',
      data: { runIds: batch.map(({ runId }) => runId) },
      opts: { ...JOB_OPTIONS, jobId: jobIdOf(batch) },
    })
  }
  return jobs
}

/** BullMQ swallows a job whose id it knows: the dispatch number makes each dispatch of a run another job. */
function jobIdOf(batch: readonly Dispatch[]): string {
  const [first] = batch
  return `${first?.runId ?? 'none'}-${first?.dispatchSeq ?? 0}-${batch.length}`
}
