import { type ConnectorDirectory, indexConnector, summarizeConnector } from '../catalog/index.js'
import type { TenantRegistry } from './tenant-registry.js'

/** What the deployment's connectors show of themselves, and those of each tenant's own. */
export function createTenantDirectory(shared: ConnectorDirectory, registry: TenantRegistry): ConnectorDirectory {
  const findOwn = async (...[scope, id, version]: Parameters<ConnectorDirectory['find']>) => {
    const connector = await registry.load(id, version, scope)
    return connector === undefined ? undefined : summarizeConnector(connector)
  }
  return {
    find: async (scope, id, version) => (await shared.find(scope, id, version)) ?? findOwn(scope, id, version),
    list: async (scope) => {
      const [listed, own] = await Promise.all([shared.list(scope), registry.listOwn(scope)])
      const found = await Promise.all(
        // A connector that cannot be made any more hides no other.
        own.map(({ connector, version }) => findOwn(scope, connector, version).catch(() => undefined)),
      )
      return [...listed, ...found.flatMap((summary) => (summary === undefined ? [] : [indexConnector(summary)]))]
    },
  }
}
