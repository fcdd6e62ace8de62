import type { Redis } from 'ioredis'
import { channelOf } from './channel.js'
import type { DraftEvent } from './run-event.js'

/** Tells all who have a workflow's draft open to look again. Best effort: they also look now and then. */
export function announceDraft(redis: Redis, workflowId: string): void {
  const event: DraftEvent = { type: 'draft', at: new Date().toISOString() }
  redis.publish(channelOf(workflowId), JSON.stringify([event])).catch(() => undefined)
}
