import type { RunId } from '../contracts/ids.js'
import type { Clock } from '../ports/clock.js'
import type { Dispatcher } from '../ports/dispatcher.js'
import { systemClock } from '../run/system-clock.js'

/**
 * A dispatcher within one process: hands run ids to `execute` soon, or when their delay is over.
 *
 * @param execute usually `(ids) => engine.execute(ids)`; what it rejects with goes to `onError`
 */
export function createMemoryDispatcher(options: {
  /** @default the system's clock */
  readonly clock?: Clock
  readonly execute: (runIds: readonly RunId[]) => Promise<void>
  readonly onError?: (error: unknown) => void
}): Dispatcher {
  const { clock = systemClock(), execute, onError } = options
  const run = async (runId: RunId, delayMs: number): Promise<void> => {
    try {
      if (delayMs > 0) await clock.sleep(delayMs)
      await execute([runId])
    } catch (error) {
      onError?.(error)
    }
  }
  return {
    dispatch: (runs) => {
      for (const { runId, delayMs = 0 } of runs) queueMicrotask(() => void run(runId, delayMs))
    },
  }
}
