import type { JsonValue, Trigger } from '@inlay/engine'
import { findTrigger } from '../canvas/step-looks.js'
import type { ConnectorSummary } from '../data/api-types.js'

/** What a trigger may give, for tests before anything has ever started the workflow. */
export function exampleTrigger(trigger: Trigger, connectors: readonly ConnectorSummary[]): JsonValue {
  switch (trigger.type) {
    case 'webhook':
      return {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        query: {},
        body: { order: { id: 'A-1001', total: 99 } },
      }
    case 'schedule':
      return { scheduledAt: new Date().toISOString() }
    case 'event':
      return { name: trigger.name, payload: {} }
    case 'connector':
      return findTrigger(trigger, connectors).summary?.sampleOutput ?? {}
    case 'manual':
      return {}
  }
}
