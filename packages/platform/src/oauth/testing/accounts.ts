/** One process's view of customers' accounts, for tests: several of them over one database are several processes. */
import { Writable } from 'node:stream'
import type { Connector, ConnectorRegistry, TenantScope } from '@inlay/engine'
import { createEgress } from '@inlay/engine/http'
import { z } from 'zod'
import { createAuditLog } from '../../audit/index.js'
import { createConnectorRegistry } from '../../catalog/index.js'
import type { OperatorClients } from '../../config/index.js'
import { openDatabase } from '../../database/index.js'
import { createLogger } from '../../telemetry/index.js'
import { createEnvironmentKeyWrapper, createVault } from '../../vault/index.js'
import { createConnectedAccounts } from '../connected-accounts.js'

/** Where a connector's authorization server is. */
export interface ServiceAddresses {
  readonly issuer: string
  readonly authorizationUrl: string
  readonly tokenUrl: string
  readonly revocationUrl: string
}

/** What a process is started with; plain JSON, so that a child process can be. */
export interface AccountsOptions {
  readonly databaseUrl: string
  readonly engineDatabaseUrl: string
  /** Base64. */
  readonly masterKey: string
  readonly service: ServiceAddresses
  /** @default 'body' */
  readonly clientAuthentication?: 'basic' | 'body'
  readonly clients: Readonly<Record<string, { readonly clientId: string; readonly clientSecret: string }>>
}

/** A connector of a service that signs people in. */
export function serviceConnector(
  { issuer, authorizationUrl, tokenUrl, revocationUrl }: ServiceAddresses,
  clientAuthentication: 'basic' | 'body' = 'body',
): Connector {
  const common = {
    tokenUrl,
    revocationUrl,
    clientAuthentication,
    scopes: [{ scope: 'openid', description: 'Know who you are' }],
  }
  return {
    id: 'service',
    version: '1.0.0',
    name: 'Service',
    description: 'For tests.',
    categories: [],
    connection: 'required',
    api: { baseUrl: issuer },
    auth: [
      { ...common, id: 'oauth2', kind: 'oauth2', name: 'Sign in', authorizationUrl },
      {
        ...common,
        ...{ id: 'app', kind: 'oauth2', name: 'App', grant: 'client_credentials', scopes: [] },
        fields: z.object({ clientId: z.string(), clientSecret: z.string() }),
        secretFields: ['clientSecret'],
      },
    ],
    actions: {},
    triggers: {},
  }
}

/** The deployment's connector, and beside it `theirs`, which tenants have made. */
function withTenantsOwn(connector: Connector): ConnectorRegistry {
  const shared = createConnectorRegistry([
    { id: connector.id, version: connector.version, load: async () => ({ connector }) },
  ])
  const theirs = { ...connector, id: 'theirs' }
  return {
    list: shared.list,
    load: async (id, version, scope) =>
      id === theirs.id ? (scope === undefined ? undefined : theirs) : shared.load(id, version),
  }
}

/** Opens the accounts of a database as one process does. */
export function openAccounts({ databaseUrl, engineDatabaseUrl, masterKey, service, ...more }: AccountsOptions) {
  const database = openDatabase({ databaseUrl, engineDatabaseUrl, maxConnections: 4 })
  const egress = createEgress({ allow: ['127.0.0.1/32'] })
  const connector = serviceConnector(service, more.clientAuthentication)
  const lines: string[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  const log = createLogger({ level: 'trace', service: 'test', stream })
  const audit = createAuditLog(database)
  const masterKeys = { current: 'k1', keys: new Map([['k1', Buffer.from(masterKey, 'base64')]]) }
  const vault = createVault({ database, wrapper: createEnvironmentKeyWrapper(masterKeys), audit })
  const events: { readonly eventId: string; readonly scope: TenantScope }[] = []
  const operatorClients = new Map(Object.entries(more.clients)) as Map<
    string,
    { clientId: string; clientSecret: string }
  > &
    OperatorClients
  const accounts = createConnectedAccounts({
    ...{ database, vault, audit, http: egress.http, net: egress.net, log, operatorClients },
    registry: withTenantsOwn(connector),
    engine: () => ({
      publish: async ({ eventId = '', tenantId, customerId }) => {
        events.push({ eventId, scope: { tenantId, customerId } })
        return { eventId, created: true }
      },
    }),
    addresses: {
      baseUrl: 'http://plane.test',
      baseOf: () => 'http://plane.test',
      basesOf: () => ['http://plane.test'],
    },
  })
  return {
    ...accounts,
    database,
    /** What was logged, line by line. */
    lines,
    /** Events that were published. */
    events,
    /** The operator's apps; changes are seen at once. */
    operatorClients,
    http: egress.http,
    close: async () => {
      await accounts.oauth.refresher.drain()
      await egress.close()
      await database.close()
    },
  }
}

/** One process's accounts. */
export type Accounts = ReturnType<typeof openAccounts>
