import type { Engine, RunId } from '@inlay/engine'
import { RUN_QUEUE, type RunJob } from '@inlay/platform/runs'
import type { Logger } from '@inlay/platform/telemetry'
import { Worker } from 'bullmq'
import type { Redis } from 'ioredis'

/** Jobs under way at once; how many runs are in progress is bounded by the engine. */
const CONCURRENCY = 50

/**
 * All workers must agree on these: BullMQ checks for stalled jobs once per interval and queue, whoever comes first. A
 * job that stalls is only a hint lost; the run's lease in the journal decides its fate.
 */
const LOCK_MS = 60_000
const STALLED_MS = 30_000

export interface RunConsumer {
  close(): Promise<void>
}

/** Takes run ids from the queue and has the engine execute them. */
export function startRunConsumer(deps: { engine: Engine; log: Logger; connect: () => Redis }): RunConsumer {
  const { engine, log, connect } = deps
  const connection = connect()
  const worker = new Worker<RunJob>(
    RUN_QUEUE,
    // Job ids come from our own dispatcher; a claim on anything else finds no run.
    async ({ data }) => engine.execute(data.runIds as readonly RunId[]),
    { connection, concurrency: CONCURRENCY, lockDuration: LOCK_MS, stalledInterval: STALLED_MS, maxStalledCount: 1000 },
  )
  worker.on('error', (error) =>
    log.warn({ error }, 'The queue had a problem; runs are found by the sweeper meanwhile.'),
  )
  worker.on('failed', (_job, error) =>
    log.warn({ error }, 'A dispatch could not be carried out; the sweeper repeats it.'),
  )
  return {
    close: async () => {
      await worker.close()
      connection.disconnect()
    },
  }
}
