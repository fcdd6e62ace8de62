import type { EngineEvent, EventSink } from '@inlay/engine'
import type { Redis } from 'ioredis'
import { channelOf } from './channel.js'
import type { RunEvent } from './run-event.js'

/** Long enough to gather a burst, short enough that nobody watching notices. */
const FLUSH_MS = 10

/** Publishes engine events through Redis, gathered for a few milliseconds. Best effort: watchers can always read the journal. */
export function createEventPublisher(redis: Redis): EventSink {
  let pending = new Map<string, RunEvent[]>()
  const flush = (): void => {
    const batches = pending
    pending = new Map()
    // Kept for nobody while Redis is away: what watchers missed they find by looking.
    for (const [channel, events] of batches) redis.publish(channel, JSON.stringify(events)).catch(() => undefined)
  }
  const tell = (channel: string, event: RunEvent): void => {
    const events = pending.get(channel)
    if (events !== undefined) {
      events.push(event)
      return
    }
    if (pending.size === 0) setTimeout(flush, FLUSH_MS)
    pending.set(channel, [event])
  }
  return {
    emit: (event) => {
      const told = toRunEvent(event)
      for (const id of audienceOf(event)) tell(channelOf(id), told)
    },
  }
}

/** Whoever watches all runs of a customer or a tenant shows how they stand, and none of their steps. */
function audienceOf({ type, run }: EngineEvent): readonly string[] {
  return type === 'run' ? [run.workflowId, run.customerId, run.tenantId] : [run.workflowId]
}

function toRunEvent(event: EngineEvent): RunEvent {
  const { runId } = event.run
  const at = new Date(event.at).toISOString()
  if (event.type === 'run') return { type: 'run', runId, status: event.status, at }
  if (event.type === 'responded') return { type: 'responded', runId, at }
  const { stepPath, iteration } = event.address
  return { type: 'step', runId, stepPath, iteration, status: event.status, attempt: event.attempt, at }
}
