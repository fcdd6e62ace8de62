import {
  type AuthMethod,
  type ConnectedAccount,
  type ConnectionId,
  type Connector,
  type CustomerId,
  inScope,
  type JsonObject,
  newId,
  type TenantScope,
} from '@inlay/engine'
import { type Page, toPage } from '../api/pagination.js'
import type { ActingScope, AuditAction } from '../audit/index.js'
import { callConnector, requireConnector } from '../catalog/index.js'
import type { ScopedSql } from '../database/index.js'
import { customerNotFound } from '../tenancy/index.js'
import type { SecretPlace } from '../vault/index.js'
import { type AccountCheck, type AccountFindings, checkAccount } from './account-check.js'
import { Credentials, placeOf } from './credentials.js'
import { connectionNotFound, connectionTestFailed, needsAuthorization, noSuchMethod } from './errors.js'
import { parseValues, splitValues, toAuth } from './form-values.js'
import type { ConnectionGrant } from './missing-scopes.js'
import type { Connection, ConnectionUsage } from './schema.js'
import type {
  AuthorizedConnection,
  ConnectionChange,
  ConnectionDeps,
  ConnectionsService,
  NewConnection,
  Reauthorization,
  TestResult,
} from './service.js'
import type { ConnectionFilter, ConnectionRow, StatusChange } from './store.js'
import { hasTokens, type OAuthTokens, type TokenStore } from './tokens.js'
import { toConnection } from './views.js'

const REVOKE_TIMEOUT_MS = 10_000

const TEST = { purpose: 'connection test' }

type ConnectionPlace = Required<SecretPlace> & { readonly id: ConnectionId }

interface MadeConnection extends Pick<NewConnection, 'name' | 'values'> {
  readonly connector: Connector
  readonly method: AuthMethod
  readonly findings: AccountFindings
  readonly tokens?: OAuthTokens
}

interface ConnectionRecord {
  readonly action: AuditAction
  readonly row: Pick<ConnectionRow, 'id' | 'customer_id'>
  readonly details?: JsonObject
}

/** The rules of connections. */
class SealedConnections implements ConnectionsService {
  readonly tokens: TokenStore

  constructor(
    private readonly deps: ConnectionDeps,
    readonly credentials: Credentials,
  ) {
    this.tokens = credentials
  }

  async list(scope: TenantScope, filter: ConnectionFilter): Promise<Page<Connection>> {
    const rows = await this.deps.store.list(scope, filter)
    return toPage(rows, filter.limit, { cursorOf: ({ id }) => id, toItem: toConnection })
  }

  async usage(scope: TenantScope, customerId: string): Promise<ConnectionUsage[]> {
    const byConnection = new Map<string, ConnectionUsage>()
    for (const { connection_id: connectionId, workflow_id: id, name, enabled } of await this.deps.store.usage(
      scope,
      customerId,
    )) {
      const usage = byConnection.get(connectionId) ?? { connectionId, workflows: [] }
      byConnection.set(connectionId, { ...usage, workflows: [...usage.workflows, { id, name, enabled }] })
    }
    return [...byConnection.values()]
  }

  async get(scope: TenantScope, id: string): Promise<Connection> {
    return toConnection(await this.require(scope, id))
  }

  async create(scope: ActingScope, given: NewConnection): Promise<Connection> {
    const connector = await requireConnector(inScope(this.deps.registry, scope), given.connector)
    const method = methodOf(connector, given.method ?? null)
    if (isSignedInto(method)) throw needsAuthorization(connector.name)
    const values = parseValues(method, given.values)
    const place = this.newPlace(scope, given.customerId)
    const auth = toAuth({ method: method.id, kind: method.kind, values })
    const findings = await this.check(place, { connector, method, open: async () => auth })
    if (!findings.ok) throw connectionTestFailed(connector.name, findings.detail ?? '')
    await this.insert(scope, place, { connector, method, name: given.name, values, findings })
    return this.get(scope, place.id)
  }

  async createAuthorized(scope: ActingScope, given: AuthorizedConnection): Promise<Connection> {
    const connector = await requireConnector(inScope(this.deps.registry, scope), given.connector)
    const method = methodOf(connector, given.method)
    const values = parseValues(method, given.fields)
    const place = this.newPlace(scope, given.customerId)
    const auth = toAuth({ method: method.id, kind: method.kind, values, tokens: given.tokens })
    const findings = await this.check(place, { connector, method, open: async () => auth })
    const account = given.account ?? findings.account
    const made = {
      connector,
      method,
      name: given.name,
      values,
      findings: { ...findings, account },
      tokens: given.tokens,
    }
    await this.insert(scope, place, made)
    return this.get(scope, place.id)
  }

  async reauthorize(scope: ActingScope, id: string, { tokens, account }: Reauthorization): Promise<Connection> {
    const { store } = this.deps
    const row = await this.require(scope, id)
    const { connector, method } = await this.methodOf(scope, row)
    await store.within(scope, async (sql) => {
      const change = await this.credentials.sealTokens(sql, placeOf(scope, row), tokens)
      if (change === undefined) throw connectionNotFound(id)
      await store.replaceTokens(sql, scope, { ...change, id })
      await this.record(sql, scope, { action: 'connection.reauthorized', row })
    })
    const open = () => this.credentials.open(scope, row.id, row.connector, TEST)
    const findings = await this.check(placeOf(scope, row), { connector, method, open, connectionId: row.id })
    await this.keepFindings(scope, id, { ...findings, account: account ?? findings.account })
    return this.get(scope, id)
  }

  async update(scope: ActingScope, id: string, { name, values }: ConnectionChange): Promise<Connection> {
    const { store } = this.deps
    const row = await this.require(scope, id)
    if (values !== undefined) await this.replaceValues(scope, id, values)
    if (name !== undefined) {
      await store.within(scope, async (sql) => {
        await store.rename(sql, scope, { id, name })
        await this.record(sql, scope, { action: 'connection.updated', row, details: { changed: ['name'] } })
      })
    }
    return this.get(scope, id)
  }

  async test(scope: ActingScope, id: string): Promise<TestResult> {
    const row = await this.require(scope, id)
    const { connector, method } = await this.methodOf(scope, row)
    const findings = await this.check(placeOf(scope, row), {
      connector,
      method,
      connectionId: row.id,
      open: () => this.credentials.open(scope, row.id, row.connector, TEST),
      renew: (refused) => this.credentials.renew(scope, row.id, row.connector, refused),
    })
    const { ok, detail } = findings
    await this.deps.store.within(scope, (sql) =>
      this.record(sql, scope, { action: 'connection.tested', row, details: { ok } }),
    )
    // That a person must sign in anew is known better than any test can say it.
    const { status } = await this.require(scope, id)
    const isWaiting = !ok && status === 'reconnect_needed'
    if (findings.isVerified && !isWaiting) await this.keepFindings(scope, id, findings)
    return { ok, detail }
  }

  async delete(scope: ActingScope, id: string): Promise<void> {
    const { store } = this.deps
    const row = await this.require(scope, id)
    await this.revoke(scope, row)
    await store.within(scope, async (sql) => {
      if (!(await store.delete(sql, scope, id))) throw connectionNotFound(id)
      await this.record(sql, scope, { action: 'connection.deleted', row })
    })
  }

  grants(scope: TenantScope, ids: readonly string[]): Promise<ConnectionGrant[]> {
    return this.deps.store.grants(scope, ids)
  }

  async ofAccount(scope: TenantScope, connector: string, accountId: string) {
    const rows = await this.deps.store.ofAccount(scope, connector, accountId)
    return rows.map(({ id, customer_id: customerId }) => ({ id, customerId }))
  }

  private async insert(scope: ActingScope, place: ConnectionPlace, made: MadeConnection): Promise<void> {
    const { store, vault } = this.deps
    const { connector, method, name, findings, tokens } = made
    const { shown, secret } = splitValues(method, made.values)
    await store.within(place, async (sql) => {
      const sealed = await vault.seal(sql, place, JSON.stringify(secret))
      // Whoever's id it is: without a customer of this tenant by it there is no key.
      if (sealed === undefined) throw customerNotFound(place.customerId)
      await store.insert(sql, place, {
        id: place.id,
        customer_id: place.customerId,
        connector: connector.id,
        method: method.id,
        auth_kind: method.kind,
        name,
        ...statusOf(findings),
        fields: shown,
        secret: sealed,
      })
      const sealedTokens = tokens === undefined ? undefined : await this.credentials.sealTokens(sql, place, tokens)
      if (sealedTokens !== undefined) await store.replaceTokens(sql, place, { ...sealedTokens, id: place.id })
      const { account } = findings
      if (account !== undefined) await store.setAccount(sql, place, { id: place.id, account })
      const details = { connector: connector.id, method: method.id }
      await this.record(sql, scope, { action: 'connection.created', row: connectionOf(place), details })
    })
  }

  private check(
    { tenantId, customerId }: Pick<ConnectionPlace, 'tenantId' | 'customerId'>,
    check: Omit<AccountCheck, 'scope'>,
  ): Promise<AccountFindings> {
    return checkAccount({ ...check, scope: { tenantId, customerId } }, this.deps)
  }

  private async replaceValues(scope: ActingScope, id: string, changed: JsonObject): Promise<void> {
    const { store, vault } = this.deps
    const row = await store.findSealed(scope, id)
    if (row === undefined) throw connectionNotFound(id)
    const { connector, method } = await this.methodOf(scope, row)
    const opened = await this.credentials.openRow(scope, row, { purpose: 'update' })
    const values = parseValues(method, { ...opened.values, ...changed })
    const auth = toAuth({ method: method.id, kind: method.kind, values, tokens: opened.tokens })
    const account = { connector, method, open: async () => auth, connectionId: row.id }
    const findings = await this.check(placeOf(scope, row), account)
    if (!findings.ok) throw connectionTestFailed(connector.name, findings.detail ?? '')
    const { shown, secret } = splitValues(method, values)
    await store.within(scope, async (sql) => {
      const sealed = await vault.seal(sql, placeOf(scope, row), JSON.stringify(secret))
      if (sealed === undefined) throw connectionNotFound(id)
      await store.replaceValues(sql, scope, { id: row.id, ...statusOf(findings), fields: shown, secret: sealed })
      if (findings.account !== undefined) await store.setAccount(sql, scope, { id, account: findings.account })
      await this.record(sql, scope, { action: 'connection.updated', row, details: { changed: Object.keys(changed) } })
    })
  }

  private record(sql: ScopedSql, scope: ActingScope, { action, row, details }: ConnectionRecord): Promise<void> {
    const target = { kind: 'connection', id: row.id }
    return this.deps.audit.record(scope, { action, target, customerId: row.customer_id, details }, sql)
  }

  private async keepFindings(scope: ActingScope, id: string, findings: AccountFindings): Promise<void> {
    const { store } = this.deps
    const account: ConnectedAccount | undefined = findings.account
    await store.within(scope, async (sql) => {
      await store.setStatus(sql, scope, { id, ...statusOf(findings) })
      if (account !== undefined) await store.setAccount(sql, scope, { id, account })
    })
  }

  /** A service that cannot be told does not keep a connection from being deleted. */
  private async revoke(scope: ActingScope, row: ConnectionRow): Promise<void> {
    const { refresher, log } = this.deps
    if (refresher === undefined || row.auth_kind === null || !hasTokens(row.auth_kind)) return
    await callConnector(row.connector, REVOKE_TIMEOUT_MS, () => refresher().revoke(scope, row.id)).catch(
      (error: unknown) =>
        log.warn({ error, connectionId: row.id }, 'The service was not told that its tokens are unused.'),
    )
  }

  private async methodOf(
    scope: TenantScope,
    row: ConnectionRow,
  ): Promise<{ connector: Connector; method: AuthMethod }> {
    const connector = await requireConnector(inScope(this.deps.registry, scope), row.connector)
    return { connector, method: methodOf(connector, row.method) }
  }

  private newPlace(scope: TenantScope, customerId: string): ConnectionPlace {
    if (scope.customerId !== undefined && scope.customerId !== customerId) throw customerNotFound(customerId)
    const id = newId<ConnectionId>('con', Date.now())
    return { tenantId: scope.tenantId, customerId: customerId as CustomerId, id }
  }

  private async require(scope: TenantScope, id: string): Promise<ConnectionRow> {
    const row = await this.deps.store.find(scope, id)
    if (row === undefined) throw connectionNotFound(id)
    return row
  }
}

function connectionOf({ id, customerId }: ConnectionPlace): Pick<ConnectionRow, 'id' | 'customer_id'> {
  return { id, customer_id: customerId }
}

/** @param id null: the usual way. @throws UserError `connection.no_method` */
function methodOf(connector: Connector, id: string | null): AuthMethod {
  const [usual] = connector.auth
  const method = id === null ? usual : connector.auth.find((candidate) => candidate.id === id)
  if (method === undefined) throw noSuchMethod(connector, id ?? undefined)
  return method
}

/** Whether what people type in is not enough: tokens have to be got first. */
function isSignedInto(method: AuthMethod): boolean {
  return method.kind === 'oauth2'
}

function statusOf({ ok, isVerified, detail }: AccountFindings): StatusChange {
  if (!ok) return { status: 'failing', detail }
  return { status: isVerified ? 'ok' : 'unverified', detail: null }
}

/** Connections in the database, their secrets in the vault. */
export function createConnectionsService(deps: ConnectionDeps): ConnectionsService {
  return new SealedConnections(deps, new Credentials(deps))
}
