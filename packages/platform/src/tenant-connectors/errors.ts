import { UserError } from '@inlay/engine'

export function tenantConnectorNotFound(id: string): UserError {
  return new UserError('not_found', 'tenant_connector.not_found', `There is no connector ${id} of your own.`)
}

export function connectorIdTaken(connector: string): UserError {
  return new UserError('conflict', 'tenant_connector.id_taken', `There is already a connector "${connector}".`, {
    detail: 'Give yours another id. Ids of the connectors that come with this product cannot be used again.',
  })
}

export function versionChanged(connector: string, version: string): UserError {
  const title = `Version ${version} of "${connector}" was something else before.`
  return new UserError('conflict', 'tenant_connector.version_changed', title, {
    detail: 'Workflows rely on what a version says of itself. Raise the version whenever the definition changes.',
  })
}

export function connectorRenamed(before: string, now: string): UserError {
  return new UserError('conflict', 'tenant_connector.renamed', `The connector was "${before}", and is "${now}" now.`, {
    detail: 'Ids stay. Register it as another connector, or give it its old id back.',
  })
}

export function definitionInvalid(reason: string): UserError {
  return new UserError('unprocessable', 'tenant_connector.invalid', 'The definition of the connector is not valid.', {
    detail: reason,
  })
}

export function urlNotUsable(url: string): UserError {
  return new UserError(
    'invalid',
    'tenant_connector.url',
    `"${url.slice(0, 200)}" cannot be the address of a connector.`,
    {
      detail: 'It begins with https:// and holds neither user name nor password.',
    },
  )
}

/** Where documents are not read, they are imported elsewhere and their descriptions added. */
export async function noReader(): Promise<never> {
  throw new UserError('unprocessable', 'tenant_connector.no_reader', 'OpenAPI documents cannot be read here.', {
    detail: 'Import the document with the command of the how-to, and add the description that it writes.',
  })
}
