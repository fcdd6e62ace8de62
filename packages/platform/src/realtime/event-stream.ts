import type { EventHub } from './event-hub.js'
import type { WorkflowEvent } from './run-event.js'

/** A watcher that does not keep up loses the oldest events: it can read all of them in the journal. */
const MAX_QUEUED = 1000

/** Events of a workflow, a customer or a tenant, taken one at a time. */
export interface EventStream<Event extends WorkflowEvent> {
  /** Resolves once events are being kept for this stream, or after a second without Redis. */
  readonly ready: Promise<void>
  /** The next event; undefined when none came within `timeoutMs` or the signal fired. */
  next(timeoutMs: number): Promise<Event | undefined>
  close(): void
}

/**
 * Events are kept from this call on: whoever reads a state after `ready` and then the stream misses nothing.
 *
 * @param id of the workflow, customer or tenant
 */
export function openEventStream<Event extends WorkflowEvent>(
  hub: EventHub,
  id: string,
  { signal, accept }: { signal: AbortSignal; accept: (event: WorkflowEvent) => event is Event },
): EventStream<Event> {
  const queue: Event[] = []
  let wake: () => void = () => {}
  const listening = hub.listen(id, (event) => {
    if (!accept(event)) return
    if (queue.length >= MAX_QUEUED) queue.shift()
    queue.push(event)
    wake()
  })
  const onAbort = (): void => wake()
  signal.addEventListener('abort', onAbort)
  return {
    ready: listening.ready,
    next: async (timeoutMs) => {
      if (queue.length === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      return signal.aborted ? undefined : queue.shift()
    },
    close: () => {
      signal.removeEventListener('abort', onAbort)
      listening.stop()
    },
  }
}
