import { setTimeout as delay } from 'node:timers/promises'
import { isTerminal, type Journal, type RunId, type RunRecord } from '@inlay/engine'
import type { EventHub } from '../realtime/index.js'
import type { HookTarget } from './hook-targets.js'

/** How long a caller is kept waiting for a `respond` step. */
const MAX_WAIT_MS = 30_000
/** Word of an answer may get lost with Redis; then this is how late it is found. */
const POLL_MS = 500

/** The run once it has answered or ended; undefined when neither happened in time. */
export async function awaitResponse(
  { journal, hub }: { journal: Journal; hub: EventHub },
  target: HookTarget,
  runId: RunId,
): Promise<RunRecord | undefined> {
  const deadline = Date.now() + MAX_WAIT_MS
  let wake: () => void = () => {}
  const stop = await hub
    .listen(target.workflowId, (event) => {
      if (event.runId === runId && event.type !== 'step') wake()
    })
    .catch(() => () => undefined)
  try {
    while (Date.now() < deadline) {
      const run = await journal.readRun(target, runId)
      if (run === undefined || run.response !== undefined || isTerminal(run.status)) return run
      await Promise.race([new Promise<void>((resolve) => (wake = resolve)), delay(POLL_MS)])
    }
    return undefined
  } finally {
    stop()
  }
}
