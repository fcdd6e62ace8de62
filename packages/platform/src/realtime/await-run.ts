import type { EventHub } from './event-hub.js'
import { openEventStream } from './event-stream.js'
import { isEnd, type RunEvent } from './run-event.js'

/** Word of a run may get lost with Redis: then this is how soon, at first and at most, one looks without it. */
const FIRST_LOOK_MS = 250
const MAX_LOOK_MS = 2000

export interface RunWait {
  readonly workflowId: string
  readonly runId: string
  readonly timeoutMs: number
  /** Fires when nobody waits any more. */
  readonly signal: AbortSignal
}

/**
 * Looks at a run until there is something to find: at once, at word of its answer or end, and now and then.
 *
 * @param look answers what was found, or undefined to go on
 * @returns undefined when nothing was found in time
 */
export async function awaitRun<T>(
  hub: EventHub,
  { workflowId, runId, timeoutMs, signal }: RunWait,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const deadline = Date.now() + timeoutMs
  const stream = openEventStream(hub, workflowId, {
    signal,
    accept: (event): event is RunEvent =>
      event.type !== 'draft' && event.runId === runId && (event.type === 'responded' || isEnd(event)),
  })
  try {
    for (let pauseMs = FIRST_LOOK_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, MAX_LOOK_MS)) {
      const found = await look()
      const remainingMs = deadline - Date.now()
      if (found !== undefined || remainingMs <= 0) return found
      await stream.next(Math.min(pauseMs, remainingMs))
    }
    return undefined
  } finally {
    stream.close()
  }
}
