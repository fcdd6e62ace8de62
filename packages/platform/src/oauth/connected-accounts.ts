import type { ConnectorRegistry, Engine, Governor, HttpClient, NetDoor } from '@inlay/engine'
import type { AuditLog } from '../audit/index.js'
import { ConnectionStore, type ConnectionsService, createConnectionsService } from '../connections/index.js'
import type { Database } from '../database/index.js'
import type { Logger } from '../telemetry/index.js'
import { createTenancyService } from '../tenancy/index.js'
import type { Vault } from '../vault/index.js'
import { createOAuth, type OAuth, type OAuthDeps } from './oauth.js'
import type { ReconnectNotice } from './tokens/refresher.js'

/** The event that tells a tenant's workflows that a person has to connect an account again. */
const RECONNECT_EVENT = 'connection.reconnect_needed'

/** What customers' accounts are kept and used with. */
export interface ConnectedAccountsDeps {
  readonly database: Database
  readonly registry: ConnectorRegistry
  readonly vault: Vault
  readonly audit: AuditLog
  readonly http: HttpClient
  readonly net: NetDoor
  /** Keeps the pace and the circuits of connections: asked for when an account is asked about. @default nobody */
  readonly governor?: (() => Governor) | undefined
  readonly log: Logger
  /** Takes events; asked for when one comes, as the engine is made of what this makes. */
  readonly engine: () => Pick<Engine, 'publish'>
  readonly operatorClients?: OAuthDeps['operatorClients']
  readonly addresses: OAuthDeps['addresses']
}

/** Connections, and OAuth with which some of them are made and kept fresh: each is given the other. */
export function createConnectedAccounts(deps: ConnectedAccountsDeps): {
  readonly connections: ConnectionsService
  readonly oauth: OAuth
} {
  const { database, engine, log } = deps
  const connections = createConnectionsService({
    ...deps,
    store: new ConnectionStore(database),
    refresher: () => oauth.refresher,
  })
  const oauth: OAuth = createOAuth({
    ...deps,
    connections,
    tenancy: createTenancyService(database),
    onReconnectNeeded: ({ tenantId }, notice) => {
      const { connectionId, customerId, generation } = notice
      engine()
        .publish({
          // Told once for the tokens that have stopped to work, whoever finds out.
          eventId: `evt_${connectionId}_${generation}`,
          tenantId,
          customerId,
          name: RECONNECT_EVENT,
          payload: payloadOf(notice),
        })
        .catch((error: unknown) => log.error({ error, connectionId }, 'An event was not published.'))
    },
  })
  return { connections, oauth }
}

function payloadOf({ connectionId, connector, name, detail }: ReconnectNotice) {
  return { connectionId, connector, name, detail }
}
