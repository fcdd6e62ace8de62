import type { JsonObject, JsonValue, NewEvent } from '@inlay/engine'

/** What workflows see of an event as `trigger`. @param hops runs that had to publish an event before this one came */
export function triggerOf({ eventId, name, payload }: NewEvent, hops = 0): JsonObject {
  return { id: eventId, name, payload, ...(hops === 0 ? {} : { hops }) }
}

/**
 * How often an event has been answered with an event, down to this one.
 *
 * @param publisher the trigger of the run that published the event; undefined for events from outside
 */
export function hopsAfter(publisher: JsonValue | undefined): number {
  if (typeof publisher !== 'object' || publisher === null || !('payload' in publisher)) return 0
  const { hops = 0 } = publisher
  return typeof hops === 'number' && hops >= 0 ? hops + 1 : 1
}
