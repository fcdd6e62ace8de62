import type { CustomerId, Dispatch, Dispatcher, RunId, TenantId } from '@inlay/engine'
import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Lanes } from './lanes.js'
import type { QueuePlaces } from './queue-places.js'

/** The queue that tells workers of runs. */
export const RUN_QUEUE = 'inlay-runs'
/** Name of jobs whose runs are to be executed. */
export const RUN_JOB = 'run'
/** Name of delayed jobs whose runs are to be dispatched now: they came without a place in the queue. */
export const WAKE_JOB = 'wake'

const MAX_RUNS_PER_JOB = 50
/** Runs that are asked places for at a time. */
const MAX_ASKED = 500
/** How soon to ask again when no place was free. */
const ASK_AGAIN_MS = 25

const id = z.string().max(100)

/** What a job carries: ids of runs with their owners and dispatch numbers, never data. */
export interface RunJob {
  readonly runs: readonly (readonly [runId: string, tenantId: string, customerId: string, dispatchSeq: number])[]
}

/** Reads a `RunJob`. */
export const runJobSchema = z
  .object({ runs: z.array(z.tuple([id, id, id, z.number().int()])).max(MAX_RUNS_PER_JOB) })
  .transform(({ runs }) => runs.map(toDispatch))

/** A delayed job that comes a moment early would find its run not due yet. */
const WAKE_SLACK_MS = 25

/** Jobs are hints: BullMQ neither retries nor keeps them, since the journal knows what is to be done. */
const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const

/** Closes its queue when the process ends. */
export interface QueueDispatcher extends Dispatcher {
  /** Runs that wait in this process until their customers have places in the queue. */
  readonly backlog: number
  /** Sends what was gathered, if Redis takes it. */
  close(): Promise<void>
}

export interface QueueDispatcherOptions {
  /** A connection that fails fast. */
  readonly redis: Redis
  readonly places: QueuePlaces
}

/**
 * Dispatches through BullMQ. Runs that are dispatched in one turn of the event loop share jobs; customers take turns, and
 * what is beyond a customer's places waits here. While Redis is away nothing is thrown and nothing waits: the sweeper
 * dispatches again.
 */
export function createQueueDispatcher({ redis, places }: QueueDispatcherOptions): QueueDispatcher {
  const queue = new Queue<RunJob>(RUN_QUEUE, { connection: redis })
  queue.on('error', () => undefined)
  return new FairDispatcher(queue, places)
}

class FairDispatcher implements QueueDispatcher {
  private readonly lanes = new Lanes()
  private delayed: Dispatch[] = []
  private sending: Promise<void> | undefined
  private timer: NodeJS.Timeout | undefined
  private isScheduled = false

  constructor(
    private readonly queue: Queue<RunJob>,
    private readonly places: QueuePlaces,
  ) {}

  get backlog(): number {
    return this.lanes.size
  }

  dispatch(runs: readonly Dispatch[]): void {
    this.lanes.add(runs.filter(({ delayMs = 0 }) => delayMs <= 0))
    this.delayed.push(...runs.filter(({ delayMs = 0 }) => delayMs > 0))
    if (this.isScheduled) return
    this.isScheduled = true
    setImmediate(() => void this.send())
  }

  async close(): Promise<void> {
    await this.sending
    await this.send()
    clearTimeout(this.timer)
    this.lanes.clear()
    await this.queue.close().catch(() => undefined)
  }

  /** One call at a time: what is dispatched meanwhile is sent by a further round of it. */
  private send(): Promise<void> {
    this.isScheduled = false
    clearTimeout(this.timer)
    this.sending ??= this.sendAll()
      // Redis is away: what waits here is in the journal, too.
      .catch(() => this.lanes.clear())
      .finally(() => {
        this.sending = undefined
        if (this.lanes.size + this.delayed.length > 0) this.timer = setTimeout(() => void this.send(), ASK_AGAIN_MS)
      })
    return this.sending
  }

  private async sendAll(): Promise<void> {
    for (let isRefused = false; !isRefused && this.lanes.size + this.delayed.length > 0; ) {
      const wakes = this.delayed.splice(0)
      const asked = this.lanes.next({ max: MAX_ASKED, perLane: MAX_RUNS_PER_JOB })
      const answers = asked.length === 0 ? [] : await this.places.take(asked)
      const admitted = asked.filter((_, index) => answers[index] === true)
      const refused = asked.filter((_, index) => answers[index] !== true)
      this.lanes.remove(admitted)
      this.lanes.moveBack(refused)
      isRefused = refused.length > 0
      const jobs = [...wakes.map(toWakeJob), ...toRunJobs(admitted)]
      if (jobs.length > 0) await this.queue.addBulk(jobs)
    }
  }
}

interface Job {
  readonly name: string
  readonly data: RunJob
  readonly opts: typeof JOB_OPTIONS & { readonly jobId: string; readonly delay?: number }
}

function toWakeJob(run: Dispatch): Job {
  const delay = (run.delayMs ?? 0) + WAKE_SLACK_MS
  return { name: WAKE_JOB, data: dataOf([run]), opts: { ...JOB_OPTIONS, jobId: jobIdOf(WAKE_JOB, [run]), delay } }
}

function toRunJobs(runs: readonly Dispatch[]): Job[] {
  const jobs: Job[] = []
  for (let i = 0; i < runs.length; i += MAX_RUNS_PER_JOB) {
    const batch = runs.slice(i, i + MAX_RUNS_PER_JOB)
    jobs.push({ name: RUN_JOB, data: dataOf(batch), opts: { ...JOB_OPTIONS, jobId: jobIdOf(RUN_JOB, batch) } })
  }
  return jobs
}

function dataOf(runs: readonly Dispatch[]): RunJob {
  return {
    runs: runs.map(({ runId, tenantId, customerId, dispatchSeq }) => [runId, tenantId, customerId, dispatchSeq]),
  }
}

/** Written by our dispatchers, so these are the ids that they are called; a claim on anything else finds no run. */
function toDispatch([runId, tenantId, customerId, dispatchSeq]: RunJob['runs'][number]): Dispatch {
  return {
    runId: runId as RunId,
    tenantId: tenantId as TenantId,
    customerId: customerId as CustomerId,
    dispatchSeq,
  }
}

/** BullMQ swallows a job whose id it knows: the dispatch number makes each dispatch of a run another job. */
function jobIdOf(name: string, batch: readonly Dispatch[]): string {
  const [first] = batch
  return `${name}-${first?.runId ?? 'none'}-${first?.dispatchSeq ?? 0}-${batch.length}`
}
