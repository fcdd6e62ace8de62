import type { IndexedConnector, MemberName } from './listing.js'
import type { ConnectorSummary } from './schema.js'

/** The listing of a connector. @param deprecated as its package says */
export function indexConnector(summary: ConnectorSummary, deprecated: string | null = null): IndexedConnector {
  const { id, version, name, description, icon, color, categories, connection, actions, triggers } = summary
  const counts = { actions: actions.length, triggers: triggers.length }
  const members: MemberName[] = [
    ...triggers.map((trigger) => ({ kind: 'trigger' as const, id: trigger.id, name: trigger.name })),
    ...actions.map((action) => ({ kind: 'action' as const, id: action.id, name: action.name })),
  ]
  return { id, version, name, description, icon, color, categories, connection, counts, deprecated, members }
}
