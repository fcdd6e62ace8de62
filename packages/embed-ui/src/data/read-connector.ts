import { asSchema } from '../forms/schema.js'
import type { ConnectorSummary } from './api-types.js'

/** A connector as the API tells it, with schemas that forms can be made of. */
export function readConnector(connector: ConnectorSummary<unknown>): ConnectorSummary {
  return {
    ...connector,
    auth: { ...connector.auth, schema: asSchema(connector.auth.schema) },
    actions: connector.actions.map((action) => ({
      ...action,
      inputSchema: asSchema(action.inputSchema),
      outputSchema: asSchema(action.outputSchema),
    })),
  }
}
