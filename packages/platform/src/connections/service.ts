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
  type NetDoor,
  newId,
  type TenantScope,
} from '@inlay/engine'
import { type Page, toPage } from '../api/pagination.js'
import { callConnector, requireConnector } from '../catalog/index.js'
import type { MasterKeys } from '../config/index.js'
import { customerNotFound } from '../tenancy/index.js'
import {
  connectionDoesNotOpen,
  connectionIsGone,
  connectionNotFound,
  connectionTestFailed,
  explainFailure,
} from './errors.js'
import { parseValues, splitValues, toAuth } from './form-values.js'
import { CustomerKeys } from './keys.js'
import type { Connection } from './schema.js'
import type { ConnectionFilter, ConnectionRow, ConnectionStore } from './store.js'
import { type SecretPlace, seal, unseal } from './vault.js'

const TEST_TIMEOUT_MS = 15_000

export interface NewConnection {
  readonly customerId: string
  readonly connector: string
  readonly name: string
  readonly values: JsonObject
}

export interface ConnectionChange {
  readonly name?: string | undefined
  /** Fields that are not named stay as they are. */
  readonly values?: JsonObject | undefined
}

/** What a test found. */
export interface TestResult {
  readonly ok: boolean
  readonly detail: string | null
}

/** Customers' credentials. Secrets go in and are used; they never come out through this interface. */
export interface ConnectionsService {
  list(scope: TenantScope, filter: ConnectionFilter): Promise<Page<Connection>>
  /** @throws UserError `connection.not_found` */
  get(scope: TenantScope, id: string): Promise<Connection>
  /** Tests the credentials when the connector can. @throws UserError `connection.test_failed`, `connection.invalid`, `customer.not_found`, `connector.not_found` */
  create(scope: TenantScope, connection: NewConnection): Promise<Connection>
  /** New values are tested as on creation. @throws UserError `connection.not_found`, `connection.test_failed`, `connection.invalid` */
  update(scope: TenantScope, id: string, change: ConnectionChange): Promise<Connection>
  /** Calls the service, and keeps what it said as the connection's status. @throws UserError `connection.not_found` */
  test(scope: TenantScope, id: string): Promise<TestResult>
  /** @throws UserError `connection.not_found` */
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
  private readonly keys: CustomerKeys

  constructor(private readonly deps: ConnectionDeps) {
    this.keys = new CustomerKeys(deps.store, deps.masterKeys)
  }

  async list(scope: TenantScope, filter: ConnectionFilter): Promise<Page<Connection>> {
    const rows = await this.deps.store.list(scope, filter)
    return toPage(rows, filter.limit, { cursorOf: ({ id }) => id, toItem: toConnection })
  }

  async get(scope: TenantScope, id: string): Promise<Connection> {
    return toConnection(await this.require(scope, id))
  }

  async create(
    scope: TenantScope,
    { customerId, connector: connectorId, name, values: given }: NewConnection,
  ): Promise<Connection> {
    const connector = await requireConnector(this.deps.registry, connectorId)
    const values = parseValues(connector, given)
    if (scope.customerId !== undefined && scope.customerId !== customerId) throw customerNotFound(customerId)
    const id = newId<ConnectionId>('con', Date.now())
    // Whoever's id it is: without a customer of this tenant by it there is no key.
    const place = { tenantId: scope.tenantId, customerId: customerId as CustomerId, id }
    const key = await this.requireKey(place)
    const status = await this.verify(connector, toAuth(connector, values))
    const { shown, secret } = splitValues(connector, values)
    await this.deps.store.insert(place, {
      id,
      customer_id: place.customerId,
      connector: connector.id,
      name,
      status,
      detail: null,
      fields: shown,
      secret: seal(JSON.stringify(secret), key, place),
    })
    return this.get(scope, id)
  }

  async update(scope: TenantScope, id: string, { name, values }: ConnectionChange): Promise<Connection> {
    const row = await this.require(scope, id)
    if (values !== undefined) await this.replaceValues(scope, row, values)
    if (name !== undefined) await this.deps.store.rename(scope, id, name)
    return this.get(scope, id)
  }

  async test(scope: TenantScope, id: string): Promise<TestResult> {
    const row = await this.require(scope, id)
    const connector = await requireConnector(this.deps.registry, row.connector)
    const result = await this.tryTest(connector, () => this.open(scope, row.id, row.connector))
    if (connector.auth.test !== undefined) {
      await this.deps.store.setStatus(scope, id, { status: result.ok ? 'ok' : 'failing', detail: result.detail })
    }
    return result
  }

  async delete(scope: TenantScope, id: string): Promise<void> {
    if (!(await this.deps.store.delete(scope, id))) throw connectionNotFound(id)
  }

  private async replaceValues(scope: TenantScope, row: ConnectionRow, changed: JsonObject): Promise<void> {
    const connector = await requireConnector(this.deps.registry, row.connector)
    const place = placeOf(scope, row)
    const key = await this.requireKey(place)
    const values = parseValues(connector, { ...row.fields, ...openSecret(row, key, place), ...changed })
    const status = await this.verify(connector, toAuth(connector, values))
    const { shown, secret } = splitValues(connector, values)
    await this.deps.store.replaceValues(scope, row.id, {
      status,
      fields: shown,
      secret: seal(JSON.stringify(secret), key, place),
    })
  }

  /** Under the scope of a run that is its tenant and its customer: another customer's connection does not exist there. */
  private async open(scope: TenantScope, connectionId: ConnectionId, connectorId: string): Promise<AuthValues> {
    const row = await this.deps.store.find(scope, connectionId)
    if (row === undefined || row.connector !== connectorId) throw connectionIsGone()
    const connector = await requireConnector(this.deps.registry, connectorId)
    const place = placeOf(scope, row)
    const secret = await this.keys
      .open(place)
      .then((key) => (key === undefined ? undefined : openSecret(row, key, place)))
      .catch((cause: unknown) => {
        throw isVaultFailure(cause) ? connectionDoesNotOpen(cause) : cause
      })
    if (secret === undefined) throw connectionIsGone()
    return toAuth(connector, { ...row.fields, ...secret })
  }

  private async verify(connector: Connector, auth: AuthValues): Promise<'ok' | 'unverified'> {
    if (connector.auth.test === undefined) return 'unverified'
    const { ok, detail } = await this.tryTest(connector, async () => auth)
    if (ok) return 'ok'
    throw connectionTestFailed(connector.name, detail ?? '')
  }

  private async tryTest(connector: Connector, openAuth: () => Promise<AuthValues>): Promise<TestResult> {
    const { http, net } = this.deps
    try {
      const auth = await openAuth()
      await callConnector(connector.name, TEST_TIMEOUT_MS, async (signal) => {
        await connector.auth.test?.({ auth, http, net, signal })
      })
      return { ok: true, detail: null }
    } catch (error) {
      return { ok: false, detail: explainFailure(error) }
    }
  }

  private async requireKey(place: SecretPlace): Promise<Buffer> {
    const key = await this.keys.open(place)
    if (key === undefined) throw customerNotFound(place.customerId)
    return key
  }

  private async require(scope: TenantScope, id: string): Promise<ConnectionRow> {
    const row = await this.deps.store.find(scope, id)
    if (row === undefined) throw connectionNotFound(id)
    return row
  }
}

function placeOf({ tenantId }: TenantScope, row: ConnectionRow): SecretPlace {
  return { tenantId, customerId: row.customer_id, id: row.id }
}

function openSecret(row: ConnectionRow, key: Buffer, place: SecretPlace): JsonObject {
  // What was sealed is an object of form fields; the seal says that it is still the same.
  return JSON.parse(unseal(row.secret, key, place)) as JsonObject
}

function isVaultFailure(error: unknown): boolean {
  return isInlayError(error) && error.code === 'bug'
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
