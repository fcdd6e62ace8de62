import { type CustomerId, type Engine, type JsonValue, newId, type TenantScope } from '@inlay/engine'
import { lookupOf } from '../database/index.js'
import { customerNotFound } from '../tenancy/index.js'
import type { EventStore } from './store.js'

/** Something that happened in the tenant's product. */
export interface EventRequest {
  readonly name: string
  readonly customerId: string
  readonly payload: JsonValue
  /** The sender's own id of it; a second event with the same id is not taken again. @default a new one */
  readonly id?: string | undefined
  /** Stands in for an id that is not given. */
  readonly idempotencyKey?: string | undefined
  readonly callerId: string
}

/** Events that a tenant's product sends. */
export interface EventsService {
  /**
   * Records an event, wakes the runs that wait for it and starts the workflows that it is for.
   *
   * @returns its id, and whether it is the first with this id
   * @throws UserError `customer.not_found`
   */
  publish(scope: TenantScope, event: EventRequest): Promise<{ id: string; created: boolean }>
}

export function createEventsService(deps: {
  readonly store: EventStore
  readonly engine: Pick<Engine, 'publish'>
}): EventsService {
  const { store, engine } = deps
  return {
    publish: async (scope, request) => {
      const { name, payload } = request
      // Row security hides other customers from a caller that is confined to one.
      if (!(await store.hasCustomer(scope, request.customerId))) throw customerNotFound(request.customerId)
      const { eventId, created } = await engine.publish({
        eventId: idOf(request),
        tenantId: scope.tenantId,
        // Found just now.
        customerId: request.customerId as CustomerId,
        name,
        payload,
      })
      return { id: eventId, created }
    },
  }
}

/** A repeated request names the same event, also when the first one ended halfway. */
function idOf({ id, idempotencyKey: key, callerId }: EventRequest): string {
  if (id !== undefined) return id
  return key === undefined ? newId('evt', Date.now()) : `evt_${lookupOf(`${callerId}\n${key}`).slice(0, 32)}`
}
