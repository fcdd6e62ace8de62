import { type Connector, type ConnectorRegistry, UserError } from '@inlay/engine'

/** The connector of a deployment. @param version the newest release when absent @throws UserError `connector.not_found` */
export async function requireConnector(registry: ConnectorRegistry, id: string, version?: string): Promise<Connector> {
  const connector = await registry.load(id, version)
  if (connector !== undefined) return connector
  throw connectorNotFound(id, version)
}

export function connectorNotFound(id: string, version?: string): UserError {
  const title = version === undefined ? `There is no connector "${id}".` : `There is no version ${version} of "${id}".`
  return new UserError('not_found', 'connector.not_found', title)
}

/** @param member an action or trigger that somebody named */
export function memberNotFound(connectorName: string, member: string): UserError {
  return new UserError('not_found', 'connector.not_found', `${connectorName} has no ${member}.`)
}

export function noOptions(connectorName: string, { member, field }: { member: string; field: string }): UserError {
  const title = `${connectorName} has no choices for "${field}" of the ${member}.`
  return new UserError('not_found', 'connector.no_options', title)
}

export function noSchema(connectorName: string, { member, field }: { member: string; field: string }): UserError {
  const title = `The shape of ${field} of the ${member} is no question to ${connectorName}: the connector's own schema says it.`
  return new UserError('not_found', 'connector.no_schema', title)
}

export function connectorDisabled(id: string): UserError {
  return new UserError('denied', 'connector.disabled', `The connector "${id}" is switched off here.`, {
    detail: 'Whoever administers this product can switch it on again in the settings of connectors.',
  })
}

/** Guardrails keep it from a customer. */
export function connectorNotOffered(id: string): UserError {
  return new UserError('denied', 'connector.not_offered', `The connector "${id}" is not offered here.`, {
    detail: 'Use another one, or ask whoever administers this product.',
  })
}
