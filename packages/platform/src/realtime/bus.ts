import type { EngineEvent, EventSink, RunIdentity, RunStatus, StepStatus } from '@inlay/engine'
import type { Redis } from 'ioredis'

/** What watchers learn: ids and states, never data. */
export type RunEvent =
  | { readonly type: 'run'; readonly runId: string; readonly status: RunStatus; readonly at: string }
  | {
      readonly type: 'step'
      readonly runId: string
      readonly stepPath: string
      readonly iteration: string
      readonly status: StepStatus
      readonly attempt: number
      readonly at: string
    }
  | { readonly type: 'responded'; readonly runId: string; readonly at: string }

const FLUSH_MS = 10

/** Workflows are the channels: a run's watcher filters, and a burst of runs costs one message. */
function channelOf({ workflowId }: Pick<RunIdentity, 'workflowId'>): string {
  return `inlay:events:${workflowId}`
}

/** Publishes engine events through Redis, gathered for a few milliseconds. Best effort: watchers can always read the journal. */
export function createEventPublisher(redis: Redis): EventSink {
  let pending = new Map<string, RunEvent[]>()
  const flush = (): void => {
    const batches = pending
    pending = new Map()
    for (const [channel, events] of batches) redis.publish(channel, JSON.stringify(events)).catch(() => undefined)
  }
  return {
    emit: (event) => {
      const channel = channelOf(event.run)
      const events = pending.get(channel)
      if (events !== undefined) {
        events.push(toRunEvent(event))
        return
      }
      if (pending.size === 0) setTimeout(flush, FLUSH_MS)
      pending.set(channel, [toRunEvent(event)])
    },
  }
}

function toRunEvent(event: EngineEvent): RunEvent {
  const { runId } = event.run
  const at = new Date(event.at).toISOString()
  if (event.type === 'run') return { type: 'run', runId, status: event.status, at }
  if (event.type === 'responded') return { type: 'responded', runId, at }
  const { stepPath, iteration } = event.address
  return { type: 'step', runId, stepPath, iteration, status: event.status, attempt: event.attempt, at }
}

/** Hands events of workflows to those who listen in this process, over one Redis connection. */
export interface EventHub {
  /** @returns a function that ends the subscription; resolves once events are being received */
  listen(workflowId: string, listener: (event: RunEvent) => void): Promise<() => void>
}

/** @param subscriber a connection for nothing else */
export function createEventHub(subscriber: Redis): EventHub {
  const listeners = new Map<string, Set<(event: RunEvent) => void>>()
  subscriber.on('message', (channel: string, message: string) => {
    const interested = listeners.get(channel)
    if (interested === undefined) return
    // Written by `createEventPublisher`.
    const events = JSON.parse(message) as RunEvent[]
    for (const listener of interested) for (const event of events) listener(event)
  })
  return {
    listen: async (workflowId, listener) => {
      const channel = `inlay:events:${workflowId}`
      const set = listeners.get(channel) ?? new Set()
      listeners.set(channel, set.add(listener))
      if (set.size === 1) await subscriber.subscribe(channel)
      return () => {
        set.delete(listener)
        if (set.size > 0 || listeners.get(channel) !== set) return
        listeners.delete(channel)
        subscriber.unsubscribe(channel).catch(() => undefined)
      }
    },
  }
}

/** Events as an endless sequence that a subscription can hand on; ends when the signal fires. */
export async function* eventStream(
  hub: EventHub,
  workflowId: string,
  { signal, accept }: { signal: AbortSignal; accept: (event: RunEvent) => boolean },
): AsyncGenerator<RunEvent> {
  const queue: RunEvent[] = []
  let wake: () => void = () => {}
  const stop = await hub.listen(workflowId, (event) => {
    if (accept(event)) queue.push(event)
    wake()
  })
  const onAbort = (): void => wake()
  signal.addEventListener('abort', onAbort)
  try {
    while (!signal.aborted) {
      const event = queue.shift()
      if (event !== undefined) yield event
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    stop()
  }
}
