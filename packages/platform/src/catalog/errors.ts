import { type Connector, type ConnectorRegistry, UserError } from '@inlay/engine'

/** The newest version of a connector. @throws UserError `connector.not_found` */
export async function requireConnector(registry: ConnectorRegistry, id: string): Promise<Connector> {
  const connector = await registry.load(id)
  if (connector !== undefined) return connector
  throw new UserError('not_found', 'connector.not_found', `There is no connector "${id}".`)
}

export function noOptions(connectorName: string, { action, field }: { action: string; field: string }): UserError {
  const title = `${connectorName} has no choices for "${field}" of "${action}".`
  return new UserError('not_found', 'connector.no_options', title)
}
