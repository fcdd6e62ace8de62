import { isDeepStrictEqual } from 'node:util'
import { type Engine, isInlayError, type JsonObject, type JsonValue, type NewEvent } from '@inlay/engine'
import type { Database } from '../../database/index.js'
import type { Logger } from '../../telemetry/index.js'
import { explain, kindOf } from './backoff.js'
import { checkItem, describeRefused, startItems } from './items.js'
import { ConnectorTriggerStore } from './store.js'
import { TriggerCode, type TriggerCodeDeps } from './trigger-code.js'
import type { TriggerRow } from './trigger-row.js'

/** What starting workflows on events of the product needs. */
export interface ProductEventDeps extends Pick<TriggerCodeDeps, 'registry' | 'credentials' | 'http' | 'net'> {
  readonly database: Database
  /** Asked when it is needed; the engine itself is made with this starter. */
  readonly engine: () => Pick<Engine, 'start'>
  readonly log: Logger
}

/**
 * Starts the workflows whose connector trigger is an event of the tenant's own product. Repeating it does no harm. Events
 * that workflows publish themselves start nothing here, so that no circle can come about.
 */
export function createProductEventStarter(deps: ProductEventDeps): (event: NewEvent) => Promise<void> {
  const store = new ConnectorTriggerStore(deps.database)
  const code = new TriggerCode(deps)
  const hand = async (row: TriggerRow, { tenantId, customerId, eventId, name, payload }: NewEvent): Promise<void> => {
    const { trigger } = await code.open(row)
    const { workflow_id: workflowId, version_id: versionId, id: triggerId } = row
    if (trigger.kind !== 'event' || trigger.event !== name || workflowId === null) return
    if (!isMeant(row.input, payload)) return
    const item = checkItem(trigger, { id: eventId, data: payload })
    const started = await startItems(deps.engine(), { tenantId, customerId, workflowId, versionId, triggerId }, [item])
    await store.keepDetail(row, describeRefused(started))
  }
  return async (event) => {
    // Events of `publish` steps have the step's idempotency key as their id.
    if (event.eventId.startsWith('run_')) return
    const rows = await store.ofEvent(event, event.name)
    await Promise.all(
      rows.map(async (row) => {
        try {
          await hand(row, event)
        } catch (error) {
          // What is no failure of a connector is ours: the event is handed on once more.
          if (!isInlayError(error) || !('kind' in error)) throw error
          const { connector, trigger, workflow_id: workflowId } = row
          deps.log.warn({ connector, trigger, workflowId, kind: kindOf(error) }, 'A trigger could not take an event.')
          await store.keepDetail(row, explain(error))
        }
      }),
    )
  }
}

/** Whether an event has what a workflow asks for: every field that is set equals the payload's. */
function isMeant(input: JsonObject, payload: JsonValue): boolean {
  const wanted = Object.entries(input).filter(([, value]) => value !== null)
  if (wanted.length === 0) return true
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return false
  // The check above leaves nothing but objects.
  const given = payload as JsonObject
  return wanted.every(([name, value]) => Object.hasOwn(given, name) && isDeepStrictEqual(given[name], value))
}
