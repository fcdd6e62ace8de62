import { type Loop, startLoop } from '@inlay/platform/runs'
import type { Logger } from '@inlay/platform/telemetry'
import type { RunConsumer } from './run-consumer.js'

const CHECK_MS = 5000
/** A worker that is idle for so long while work waits has lost its queue without noticing. */
const MAX_IDLE_MS = 15_000

export interface WatchdogDeps {
  readonly start: () => RunConsumer
  /** Whether runs wait that nobody has taken. */
  readonly hasNeglectedRuns: () => Promise<boolean>
  /** Runs in progress in this process. */
  readonly activeRuns: () => number
  readonly log: Logger
}

/** A consumer that is replaced when it no longer gets anything; BullMQ has had such faults after lost connections. */
export interface WatchedConsumer {
  /** Takes no more jobs; resolves once those under way have ended. */
  close(): Promise<void>
  abandon(): void
}

export function startWatchedConsumer({ start, hasNeglectedRuns, activeRuns, log }: WatchdogDeps): WatchedConsumer {
  let consumer = start()
  const isIdle = (): boolean => activeRuns() === 0 && Date.now() - consumer.lastTakenAt > MAX_IDLE_MS
  const watch: Loop = startLoop(CHECK_MS, async () => {
    try {
      if (!isIdle() || !(await hasNeglectedRuns()) || !isIdle()) return
      log.warn('Runs wait, and this worker gets none of them: it connects to its queue anew.')
      consumer.abandon()
      consumer = start()
    } catch (error) {
      log.warn({ error }, 'The watchdog could not look for waiting runs.')
    }
  })
  return {
    close: async () => {
      await watch.stop()
      await consumer.close()
    },
    abandon: () => consumer.abandon(),
  }
}
