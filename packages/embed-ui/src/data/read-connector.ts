import { asSchema } from '../forms/schema.js'
import type { ConnectorSummary, MemberSummary } from './api-types.js'

/** A connector as the API tells it, with schemas that forms can be made of. */
export function readConnector(connector: ConnectorSummary<unknown>): ConnectorSummary {
  const readMember = <Member extends MemberSummary<unknown>>(member: Member) => ({
    ...member,
    inputSchema: asSchema(member.inputSchema),
    outputSchema: asSchema(member.outputSchema),
  })
  return {
    ...connector,
    auth: connector.auth.map((method) => ({ ...method, schema: asSchema(method.schema) })),
    actions: connector.actions.map(readMember),
    triggers: connector.triggers.map(readMember),
  }
}
