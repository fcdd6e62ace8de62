import {
  type AuthValues,
  type ConnectionId,
  type Connector,
  type ConnectorRegistry,
  type CredentialProvider,
  type CustomerId,
  type HttpClient,
  isInlayError,
  type JsonObject,
  type JsonValue,
  type NetDoor,
  newId,
  StepError,
  type TenantScope,
  UserError,
} from '@inlay/engine'
import { type Page, toPage } from '../api/pagination.js'
import { connectionFormSchema, secretFieldsOf } from '../catalog/index.js'
import type { MasterKeys } from '../config/index.js'
import type { Connection } from './schema.js'
import type { ConnectionFilter, ConnectionRow, ConnectionStore } from './store.js'
import { createDataKey, seal, unseal, unwrapDataKey } from './vault.js'

const TEST_TIMEOUT_MS = 15_000

/** Customers' credentials. Secrets go in and are used; they never come out through this interface. */
export interface ConnectionsService {
  list(scope: TenantScope, filter: ConnectionFilter): Promise<Page<Connection>>
  /** @throws UserError `connection.not_found` */
  get(scope: TenantScope, id: string): Promise<Connection>
  /** Tests the credentials when the connector can. @throws UserError `connection.test_failed`, `connection.invalid`, `customer.not_found`, `connector.not_found` */
  create(
    scope: TenantScope,
    connection: { customerId: string; connector: string; name: string; values: JsonObject },
  ): Promise<Connection>
  update(
    scope: TenantScope,
    id: string,
    changes: { name?: string | undefined; values?: JsonObject | undefined },
  ): Promise<Connection>
  test(scope: TenantScope, id: string): Promise<{ ok: boolean; detail: string | null }>
  delete(scope: TenantScope, id: string): Promise<void>
  /** How the engine opens credentials. */
  readonly credentials: CredentialProvider
}

interface ConnectionDeps {
  readonly store: ConnectionStore
  readonly registry: ConnectorRegistry
  readonly masterKeys: MasterKeys
  readonly http: HttpClient
  readonly net: NetDoor
}

export function createConnectionsService(deps: ConnectionDeps): ConnectionsService {
  return new SealedConnections(deps)
}

class SealedConnections implements ConnectionsService {
  readonly credentials: CredentialProvider = {
    open: (scope, connectionId, connectorId) => this.open(scope, connectionId, connectorId),
  }

  constructor(private readonly deps: ConnectionDeps) {}

  async list(scope: TenantScope, filter: ConnectionFilter): Promise<Page<Connection>> {
    const rows = await this.deps.store.list(scope, filter)
    return toPage(rows, filter.limit, { cursorOf: ({ id }) => id, toItem: toConnection })
  }

  async get(scope: TenantScope, id: string): Promise<Connection> {
    return toConnection(await this.require(scope, id))
  }

  async create(scope: TenantScope, given: Parameters<ConnectionsService['create']>[1]): Promise<Connection> {
    const connector = await this.requireConnector(given.connector)
    const values = parseValues(connector, given.values)
    const customerScope = { tenantId: scope.tenantId, customerId: given.customerId as CustomerId }
    if (scope.customerId !== undefined && scope.customerId !== given.customerId) throw noCustomer(given.customerId)
    const key = await this.dataKey(scope, given.customerId as CustomerId)
    const status = await this.verify(connector, toAuth(connector, values))
    const id = newId<ConnectionId>('con', Date.now())
    const { shown, secret } = split(connector, values)
    await this.deps.store.insert(customerScope, {
      id,
      customer_id: customerScope.customerId,
      connector: connector.id,
      name: given.name,
      status,
      detail: null,
      fields: shown,
      secret: seal(JSON.stringify(secret), key, { ...customerScope, id }),
    })
    return this.get(scope, id)
  }

  async update(
    scope: TenantScope,
    id: string,
    changes: Parameters<ConnectionsService['update']>[2],
  ): Promise<Connection> {
    const row = await this.require(scope, id)
    const connector = await this.requireConnector(row.connector)
    const place = { tenantId: scope.tenantId, customerId: row.customer_id, id }
    const key = await this.dataKey(scope, row.customer_id)
    const current = { ...row.fields, ...parseSecret(unseal(row.secret, key, place)) }
    const values = changes.values === undefined ? current : parseValues(connector, { ...current, ...changes.values })
    const status = changes.values === undefined ? row.status : await this.verify(connector, toAuth(connector, values))
    const { shown, secret } = split(connector, values)
    await this.deps.store.update(scope, id, {
      name: changes.name ?? row.name,
      status,
      detail: null,
      fields: shown,
      secret: seal(JSON.stringify(secret), key, place),
    })
    return this.get(scope, id)
  }

  async test(scope: TenantScope, id: string): Promise<{ ok: boolean; detail: string | null }> {
    const row = await this.require(scope, id)
    const connector = await this.requireConnector(row.connector)
    const auth = await this.open(scope, row.id, row.connector)
    try {
      await this.callTest(connector, auth)
      return { ok: true, detail: null }
    } catch (error) {
      return {
        ok: false,
        detail: isInlayError(error)
          ? `${error.message}. ${error.detail ?? ''}`.trim()
          : 'The test failed unexpectedly.',
      }
    }
  }

  async delete(scope: TenantScope, id: string): Promise<void> {
    if (!(await this.deps.store.delete(scope, id))) throw notFound(id)
  }

  private async open(scope: TenantScope, connectionId: ConnectionId, connectorId: string): Promise<AuthValues> {
    const row = await this.deps.store.find(scope, connectionId)
    if (row === undefined || row.connector !== connectorId) {
      throw new StepError('authentication', 'The connection does not exist', {
        detail: 'It was deleted, or is for another connector. Choose a connection on the step and publish again.',
      })
    }
    const connector = await this.requireConnector(connectorId)
    const key = await this.dataKey(scope, row.customer_id)
    const secret = parseSecret(
      unseal(row.secret, key, { tenantId: scope.tenantId, customerId: row.customer_id, id: row.id }),
    )
    return toAuth(connector, { ...row.fields, ...secret })
  }

  /** The customer's data key, made when it is first needed. */
  private async dataKey(scope: TenantScope, customerId: CustomerId): Promise<Buffer> {
    const { store, masterKeys } = this.deps
    const owner = { tenantId: scope.tenantId, customerId }
    const existing = await store.readKey(scope, customerId)
    if (existing === undefined) throw noCustomer(customerId)
    if (existing.wrapped !== null) return unwrapDataKey(existing.wrapped, masterKeys, owner)
    const { wrapped } = createDataKey(masterKeys, owner)
    return unwrapDataKey(await store.keepKey(scope, customerId, wrapped), masterKeys, owner)
  }

  private async verify(connector: Connector, auth: AuthValues): Promise<'ok' | 'unverified'> {
    if (connector.auth.test === undefined) return 'unverified'
    try {
      await this.callTest(connector, auth)
      return 'ok'
    } catch (error) {
      const why = isInlayError(error)
        ? `${error.message}. ${error.detail ?? ''}`.trim()
        : 'The test failed unexpectedly.'
      throw new UserError('unprocessable', 'connection.test_failed', `${connector.name} could not be connected.`, {
        detail: why,
      })
    }
  }

  private async callTest(connector: Connector, auth: AuthValues): Promise<void> {
    const { http, net } = this.deps
    await connector.auth.test?.({ auth, http, net, signal: AbortSignal.timeout(TEST_TIMEOUT_MS) })
  }

  private async require(scope: TenantScope, id: string): Promise<ConnectionRow> {
    const row = await this.deps.store.find(scope, id)
    if (row === undefined) throw notFound(id)
    return row
  }

  private async requireConnector(id: string): Promise<Connector> {
    const connector = await this.deps.registry.load(id)
    if (connector === undefined)
      throw new UserError('not_found', 'connector.not_found', `There is no connector "${id}".`)
    return connector
  }
}

function parseValues(connector: Connector, values: JsonObject): JsonObject {
  const parsed = connectionFormSchema(connector.auth).safeParse(values)
  // The form's fields are JSON types, so what they parse to is JSON.
  if (parsed.success) return parsed.data as JsonObject
  const issues = parsed.error.issues.map(({ path, message }) => ({
    pointer: `/values/${path.map(String).join('/')}`,
    message,
  }))
  throw new UserError('invalid', 'connection.invalid', 'The connection is not complete.', {
    data: { issues } as unknown as JsonValue,
  })
}

function split(connector: Connector, values: JsonObject): { shown: JsonObject; secret: JsonObject } {
  const secrets = secretFieldsOf(connector.auth)
  const entries = Object.entries(values)
  return {
    shown: Object.fromEntries(entries.filter(([name]) => !secrets.has(name))),
    secret: Object.fromEntries(entries.filter(([name]) => secrets.has(name))),
  }
}

const KIND_FIELDS = new Set(['apiKey', 'token', 'username', 'password'])

function toAuth(connector: Connector, values: JsonObject): AuthValues {
  const fields = Object.fromEntries(Object.entries(values).filter(([name]) => !KIND_FIELDS.has(name)))
  const text = (name: string): string => String(values[name] ?? '')
  switch (connector.auth.kind) {
    case 'apiKey':
      return { kind: 'apiKey', apiKey: text('apiKey'), fields }
    case 'bearer':
      return { kind: 'bearer', token: text('token'), fields }
    case 'basic':
      return { kind: 'basic', username: text('username'), password: text('password'), fields }
    case 'none':
      return { kind: 'none', fields }
  }
}

function parseSecret(text: string): JsonObject {
  // What `split` sealed: an object of form fields.
  return JSON.parse(text) as JsonObject
}

function toConnection(row: ConnectionRow): Connection {
  return {
    id: row.id,
    customerId: row.customer_id,
    connector: row.connector,
    name: row.name,
    status: row.status,
    detail: row.detail,
    fields: { ...row.fields },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

function notFound(id: string): UserError {
  return new UserError('not_found', 'connection.not_found', `There is no connection ${id}.`)
}

function noCustomer(id: string): UserError {
  return new UserError('not_found', 'customer.not_found', `There is no customer ${id}.`)
}
