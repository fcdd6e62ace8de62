import { type Engine, isInlayError, type NewEvent } from '@inlay/engine'
import { lookupOf } from '../database/index.js'
import type { Logger } from '../telemetry/index.js'
import { hopsAfter, triggerOf } from './event-trigger.js'
import { EventFilters } from './filters.js'
import type { EventStore, EventTarget } from './store.js'

/** Workflows that publish what others, or they themselves, start on: after so many in a row it is a circle. */
const MAX_HOPS = 20

export interface EventStarterDeps {
  readonly store: EventStore
  /** Asked when it is needed; the engine itself is made with this starter. */
  readonly engine: () => Pick<Engine, 'start'>
  readonly log: Logger
}

/**
 * Starts the workflows that an event is for. Repeating it does no harm: each workflow starts once for an event id.
 * It is what an engine's `onEvent` is, so that events which workflows publish themselves start others, too; a circle of
 * them comes to rest.
 */
export function createEventStarter({ store, engine, log }: EventStarterDeps): (event: NewEvent) => Promise<void> {
  const filters = new EventFilters()
  const isWanted = ({ workflow_id: workflowId, filter }: EventTarget, event: NewEvent): boolean => {
    try {
      return filter === null || filters.admits(filter, event)
    } catch (error) {
      if (!isInlayError(error)) throw error
      const { eventId } = event
      log.warn({ error, workflowId, eventId }, 'A filter does not fit an event; the workflow is not started.')
      return false
    }
  }
  return async (event) => {
    const { tenantId, customerId, eventId } = event
    const wanted = (await store.targets(event)).filter((target) => isWanted(target, event))
    if (wanted.length === 0) return
    const hops = hopsAfter(await store.publisherTrigger(event))
    if (hops > MAX_HOPS) {
      log.warn({ eventId, name: event.name, customerId }, 'Workflows start each other in a circle; it was broken.')
      return
    }
    await Promise.all(
      wanted.map(({ workflow_id: workflowId, version_id: versionId }) =>
        engine().start({
          tenantId,
          customerId,
          workflowId,
          versionId,
          mode: 'live',
          trigger: triggerOf(event, hops),
          deduplicationKey: keyOf(eventId),
        }),
      ),
    )
  }
}

/** What a deduplication key may hold of an id; of longer ones, as the steps of deep workflows have, it takes the hash. */
const MAX_ID_LENGTH = 200

function keyOf(eventId: string): string {
  return `event:${eventId.length > MAX_ID_LENGTH ? lookupOf(eventId) : eventId}`
}
