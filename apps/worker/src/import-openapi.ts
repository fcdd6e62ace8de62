import type { Connector, JsonValue } from '@inlay/engine'

/** Makes a connector of an imported description; what that takes is loaded when a tenant has one. */
export async function importOpenApi(definition: JsonValue): Promise<Connector> {
  const { parseImportedConnector, toConnector } = await import('@inlay/openapi')
  return toConnector(parseImportedConnector(definition))
}
