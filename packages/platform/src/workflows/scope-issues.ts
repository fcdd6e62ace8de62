import type { ConnectorRegistry, DefinitionIssue, TenantScope, WorkflowDefinition } from '@inlay/engine'
import { type ConnectionGrant, type ConnectionsService, inPlainWords, missingScopes } from '../connections/index.js'
import { type ConnectorUse, connectorUses } from './connector-uses.js'

/** Where it is known what was granted to connections. */
export interface ScopeCheck {
  readonly scope: TenantScope
  readonly connections: Pick<ConnectionsService, 'grants'>
}

/**
 * An issue for each step, and for the trigger, whose connection lacks permissions that it needs: its service would refuse
 * it. Connections that do not exist are left to whoever opens them.
 */
export async function scopeIssues(
  definition: WorkflowDefinition,
  registry: ConnectorRegistry,
  { scope, connections }: ScopeCheck,
): Promise<DefinitionIssue[]> {
  const uses = connectorUses(definition)
  const ids = new Set(uses.flatMap(({ connection }) => (connection === undefined ? [] : [connection])))
  if (ids.size === 0) return []
  const grants = new Map<string, ConnectionGrant>(
    (await connections.grants(scope, [...ids])).map((grant) => [grant.id, grant]),
  )
  const issues = await Promise.all(
    uses.map(async (use) => {
      const grant = grants.get(use.connection ?? '')
      const needed = grant?.connector === use.connector ? await neededBy(use, registry) : undefined
      if (grant === undefined || needed === undefined) return []
      const missing = missingScopes(grant, needed)
      if (missing.length === 0) return []
      const { connector, name } = needed
      const permissions = inPlainWords(connector, missing)
      const { pointer, stepId } = use
      return [
        {
          code: 'connection.lacks_permissions' as const,
          pointer: `${pointer}/connection`,
          message: `"${name}" needs permissions of ${connector.name} that the connection "${grant.name}" does not have: ${permissions}. Reconnect it and allow them.`,
          ...(stepId === undefined ? {} : { stepId }),
          details: { connection: grant.name, connector: connector.name, permissions },
        },
      ]
    }),
  )
  return issues.flat()
}

/** What a use needs; undefined for what the other checks have found to be missing. */
async function neededBy({ kind, connector: id, version, member }: ConnectorUse, registry: ConnectorRegistry) {
  const connector = await registry.load(id, version)
  if (connector === undefined) return undefined
  const members = kind === 'action' ? connector.actions : connector.triggers
  const found = Object.hasOwn(members, member) ? members[member] : undefined
  return found === undefined ? undefined : { connector, name: found.name, scopes: found.scopes }
}
