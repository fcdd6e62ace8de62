import type { NewEvent } from '../ports/journal.js'
import type { EngineDeps } from './engine-options.js'

/**
 * Records an event, wakes the runs that wait for it, and lets the host start workflows on it. Harmless to repeat.
 *
 * @returns whether this event id is new
 */
export async function publishEvent(deps: EngineDeps, event: NewEvent): Promise<boolean> {
  const { created, due } = await deps.journal.publish(event)
  if (due.length > 0) deps.dispatcher?.dispatch(due)
  await deps.onEvent?.(event)
  return created
}
