import type { Engine } from '@inlay/engine'
import { type QueueDispatcher, type QueuePlaces, type RunJob, WAKE_JOB } from '@inlay/platform/runs'
import type { Logger } from '@inlay/platform/telemetry'
import { Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { JOBS } from './catalog.js'

export interface RunConsumerDeps {
  readonly engine: Engine
  readonly dispatcher: QueueDispatcher
  readonly places: QueuePlaces
  /** Jobs under way at once: as many as runs, because a job may carry one run only and lasts as long as it. */
  readonly concurrency: number
  readonly log: Logger
  /** Makes a connection that waits for Redis to come back. */
  readonly connect: () => Redis
}

/** Takes run ids from the queue and has the engine execute them. */
export interface RunConsumer {
  /** Unix milliseconds of the last job that was taken, or of the start. */
  readonly lastTakenAt: number
  /** Takes no more jobs; resolves once those under way have ended. Safe to call twice. */
  close(): Promise<void>
  /** Lets go of the connection without waiting for anything. */
  abandon(): void
}

export function startRunConsumer({ concurrency, connect, ...deps }: RunConsumerDeps): RunConsumer {
  const { engine, dispatcher, places, log } = deps
  const { queue, schema, lockMs, stalledMs, maxStalledCount } = JOBS.runs
  const connection = connect()
  let lastTakenAt = Date.now()
  const worker = new Worker<RunJob>(
    queue,
    async ({ name, data }) => {
      lastTakenAt = Date.now()
      const runs = schema.parse(data)
      // Timers that come at once queue like everybody else.
      if (name === WAKE_JOB) return dispatcher.dispatch(runs)
      try {
        await engine.execute(runs.map(({ runId }) => runId))
      } finally {
        // Those that were claimed have given theirs back; the others had nothing to do.
        places.free(runs)
      }
    },
    { connection, concurrency, lockDuration: lockMs, stalledInterval: stalledMs, maxStalledCount },
  )
  worker.on('error', (error) =>
    log.warn({ error }, 'The queue had a problem; runs are found by the sweeper meanwhile.'),
  )
  worker.on('failed', (_job, error) =>
    log.warn({ error }, 'A dispatch could not be carried out; the sweeper repeats it.'),
  )
  const abandon = (): void => {
    // Without its connection the worker would report an error for every attempt to go on.
    worker.removeAllListeners('error').on('error', () => undefined)
    worker.close(true).catch(() => undefined)
    connection.disconnect()
  }
  return {
    get lastTakenAt() {
      return lastTakenAt
    },
    abandon,
    close: async () => {
      await worker.close()
      connection.disconnect()
    },
  }
}
