import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { isInlayError, type JsonValue, newId, type TenantScope, UserError } from '@inlay/engine'
import { remoteDefinitionSchema } from '@inlay/engine/remote'
import type { ActingScope, AuditAction, AuditLog } from '../audit/index.js'
import { compareVersions, newestVersion } from '../catalog/index.js'
import type { ScopedSql } from '../database/index.js'
import { type ConnectorMakerDeps, openTransport, secretPlace } from './connector-maker.js'
import {
  connectorIdTaken,
  connectorRenamed,
  definitionInvalid,
  noReader,
  tenantConnectorNotFound,
  urlNotUsable,
  versionChanged,
} from './errors.js'
import type { ReadOpenApi, TenantConnector } from './schema.js'
import type { TenantConnectorRow, TenantConnectorStore } from './store.js'
import type { TenantRegistry } from './tenant-registry.js'

const DESCRIBE_TIMEOUT_MS = 15_000
/** A version such as 1.2.0-dev may change: it is for trying out. */
const IS_DEVELOPMENT = /-dev(?:\.|$)/

/** A connector that a tenant's backend serves, to be. */
export interface NewRemoteConnector {
  readonly url: string
  /** The secret that both sides sign with. @default a random one, which is told once */
  readonly secret?: string | undefined
}

/** Connectors of tenants' own. */
export interface TenantConnectorsService {
  list(scope: TenantScope): Promise<TenantConnector[]>
  /** @throws UserError `tenant_connector.not_found` */
  get(scope: TenantScope, id: string): Promise<TenantConnector>
  /**
   * Registers a connector that the tenant's backend serves, and fetches its definition when it answers already.
   *
   * @returns it with its secret, which is shown this once
   * @throws UserError `tenant_connector.url`
   */
  registerRemote(scope: ActingScope, remote: NewRemoteConnector): Promise<TenantConnector & { readonly secret: string }>
  /** Fetches the definition. What is wrong is the connector's status. @throws UserError `tenant_connector.not_found` */
  refresh(scope: ActingScope, id: string): Promise<TenantConnector>
  /**
   * Sets a new secret; the connector is called with it from now on, and with the one before as long as it knows no other.
   *
   * @param secret one of the tenant's choice. @default a random one
   * @throws UserError `tenant_connector.not_found`
   */
  rotateSecret(scope: ActingScope, id: string, secret?: string): Promise<TenantConnector & { readonly secret: string }>
  /** The newest imported description; undefined for what is served, which is not a description. @throws UserError `tenant_connector.not_found` */
  definition(scope: TenantScope, id: string): Promise<JsonValue | undefined>
  /** What an OpenAPI document would become; nothing is kept. @throws UserError `openapi.*`, `tenant_connector.no_reader` */
  readonly readOpenApi: ReadOpenApi
  /** Keeps a version of an imported description. @throws UserError `tenant_connector.invalid`, `tenant_connector.id_taken`, `tenant_connector.version_changed` */
  addOpenApi(scope: ActingScope, definition: JsonValue): Promise<TenantConnector>
  /** Workflows that use it fail from then on. @throws UserError `tenant_connector.not_found` */
  delete(scope: ActingScope, id: string): Promise<void>
}

/** What the service is made of. */
export interface TenantConnectorsDeps extends ConnectorMakerDeps {
  /** Reads OpenAPI documents. @default they are refused */
  readonly readOpenApi?: ReadOpenApi
  readonly store: TenantConnectorStore
  readonly registry: TenantRegistry
  readonly audit: AuditLog
}

/** Keeps tenants' own connectors in the database. */
export function createTenantConnectorsService(deps: TenantConnectorsDeps): TenantConnectorsService {
  const { store, registry } = deps
  const get: TenantConnectorsService['get'] = (scope, id) =>
    store.within(scope, async (sql) => {
      const row = await requireRow(deps, sql, scope, id)
      return toView(row, await store.versions(sql, scope))
    })
  return {
    list: (scope) =>
      store.within(scope, async (sql) => {
        const versions = await store.versions(sql, scope)
        return (await store.list(sql, scope)).map((row) => toView(row, versions))
      }),
    get,
    registerRemote: async (scope, remote) => {
      const { id, secret } = await insertRemote(deps, scope, remote)
      return { ...(await refresh(deps, scope, id)), secret }
    },
    refresh: (scope, id) => refresh(deps, scope, id),
    rotateSecret: async (scope, id, secret = newSecret()) => {
      await rotateSecret(deps, scope, { id, secret })
      registry.forget(scope.tenantId)
      return { ...(await get(scope, id)), secret }
    },
    definition: (scope, id) =>
      store.within(scope, async (sql) => {
        const { source, connector } = await requireRow(deps, sql, scope, id)
        const versions = (await store.versions(sql, scope)).filter((row) => row.connector === connector)
        const version = newestVersion(versions.map((row) => row.version))
        if (source !== 'openapi' || connector === null || version === undefined) return undefined
        return (await store.definition(sql, scope, { connector, version }))?.definition
      }),
    readOpenApi: deps.readOpenApi ?? noReader,
    addOpenApi: async (scope, definition) => get(scope, await addOpenApi(deps, scope, definition)),
    delete: async (scope, id) => {
      await store.within(scope, async (sql) => {
        if (!(await store.delete(sql, scope, id))) throw tenantConnectorNotFound(id)
        await record(deps, scope, 'tenant_connector.deleted', id, sql)
      })
      registry.forget(scope.tenantId)
    },
  }
}

async function insertRemote(
  deps: TenantConnectorsDeps,
  scope: ActingScope,
  { url, secret = newSecret() }: NewRemoteConnector,
) {
  const { store } = deps
  assertUsable(url)
  const id = newId('tcn', Date.now())
  await store.within(scope, async (sql) => {
    const sealed = await sealSecret(deps, sql, scope, { id, secret })
    await store.insert(sql, scope, { id, source: 'remote', url, secret: sealed, status: 'pending' })
    await record(deps, scope, 'tenant_connector.created', id, sql)
  })
  return { id, secret }
}

async function rotateSecret(
  deps: TenantConnectorsDeps,
  scope: ActingScope,
  { id, secret }: { readonly id: string; readonly secret: string },
): Promise<void> {
  const { store } = deps
  await store.within(scope, async (sql) => {
    await requireRow(deps, sql, scope, id)
    await store.setSecret(sql, scope, id, await sealSecret(deps, sql, scope, { id, secret }))
    await record(deps, scope, 'tenant_connector.rotated', id, sql)
  })
}

async function refresh(deps: TenantConnectorsDeps, scope: ActingScope, id: string): Promise<TenantConnector> {
  const { store, registry } = deps
  const row = await store.within(scope, (sql) => requireRow(deps, sql, scope, id))
  const failure = await fetchVersion(deps, scope, row).then(
    () => null,
    (error: unknown) => reasonOf(error),
  )
  const status =
    failure === null ? ('ok' as const) : row.connector === null ? ('pending' as const) : ('failing' as const)
  registry.forget(scope.tenantId)
  return store.within(scope, async (sql) => {
    await store.setStatus(sql, scope, { id, status, detail: failure })
    return toView(await requireRow(deps, sql, scope, id), await store.versions(sql, scope))
  })
}

/** Asks the backend what it serves, and keeps it. */
async function fetchVersion(deps: TenantConnectorsDeps, scope: ActingScope, row: TenantConnectorRow): Promise<void> {
  const transport = await openTransport(deps, scope, row)
  const described = await transport.call('describe', {}, { signal: AbortSignal.timeout(DESCRIBE_TIMEOUT_MS) })
  const { id: connector, version } = described
  if (row.connector !== null && row.connector !== connector) throw connectorRenamed(row.connector, connector)
  await keepVersion(deps, scope, { row, connector, version, definition: asStored(described) })
}

async function addOpenApi(deps: TenantConnectorsDeps, scope: ActingScope, definition: JsonValue): Promise<string> {
  const { store, importOpenApi, registry } = deps
  const { id: connector, version } = await importOpenApi(definition)
  const existing = await store.within(scope, async (sql) =>
    (await store.list(sql, scope)).find((row) => row.source === 'openapi' && row.connector === connector),
  )
  const id = existing?.id ?? newId('tcn', Date.now())
  await keepVersion(deps, scope, { row: existing ?? { id, isNew: true }, connector, version, definition })
  registry.forget(scope.tenantId)
  return id
}

interface NewVersion {
  readonly row: Pick<TenantConnectorRow, 'id'> & { readonly isNew?: boolean }
  readonly connector: string
  readonly version: string
  readonly definition: JsonValue
}

async function keepVersion(
  deps: TenantConnectorsDeps,
  scope: ActingScope,
  { row: { id, isNew = false }, connector, version, definition }: NewVersion,
): Promise<void> {
  const { store, registry } = deps
  // The deployment's own come first, in the registry too: nobody can take the place of Slack.
  if (registry.list().some((shared) => shared.id === connector)) throw connectorIdTaken(connector)
  await store.within(scope, async (sql) => {
    if (isNew) {
      await store.insert(sql, scope, { id, source: 'openapi', url: null, secret: null, status: 'ok' })
      await record(deps, scope, 'tenant_connector.created', id, sql)
    }
    if (!(await store.setConnector(sql, scope, id, connector))) throw connectorIdTaken(connector)
    const standing = await store.keepVersion(sql, scope, { connector, version, definition })
    if (isDeepStrictEqual(standing, definition)) return
    if (!IS_DEVELOPMENT.test(version)) throw versionChanged(connector, version)
    await store.replaceVersion(sql, scope, { connector, version, definition })
  })
}

function assertUsable(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSafe = url !== undefined && url.username === '' && url.password === ''
  // Whether an address may be called at all is the door's decision; loopback is for those who try things out.
  const isLocal = url?.protocol === 'http:' && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (!isSafe || (url.protocol !== 'https:' && !isLocal)) throw urlNotUsable(text)
}

async function sealSecret(
  { vault }: TenantConnectorsDeps,
  sql: ScopedSql,
  { tenantId }: TenantScope,
  { id, secret }: { readonly id: string; readonly secret: string },
): Promise<Buffer> {
  const sealed = await vault.seal(sql, { tenantId, id: secretPlace(id) }, secret)
  if (sealed === undefined) throw new UserError('not_found', 'tenant.not_found', `There is no tenant ${tenantId}.`)
  return sealed
}

async function requireRow({ store }: TenantConnectorsDeps, sql: ScopedSql, scope: TenantScope, id: string) {
  const row = await store.find(sql, scope, id)
  if (row === undefined) throw tenantConnectorNotFound(id)
  return row
}

function record(
  { audit }: TenantConnectorsDeps,
  scope: ActingScope,
  action: Extract<AuditAction, `tenant_connector.${string}`>,
  id: string,
  sql: ScopedSql,
): Promise<void> {
  return audit.record(scope, { action, target: { kind: 'tenant_connector', id } }, sql)
}

/** 256 random bits. */
function newSecret(): string {
  return `ics_${randomBytes(32).toString('base64url')}`
}

/** As PostgreSQL gives it back. */
function asStored(definition: object): JsonValue {
  const parsed = remoteDefinitionSchema.safeParse(definition)
  if (!parsed.success) throw definitionInvalid(parsed.error.message)
  // What went through JSON is JSON.
  return JSON.parse(JSON.stringify(parsed.data)) as JsonValue
}

function reasonOf(error: unknown): string {
  if (!isInlayError(error)) throw error
  // Messages of doors are titles, without the point that ends a sentence.
  const title = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`
  return [title, error.detail].filter((part) => part !== undefined).join(' ')
}

function toView(
  row: TenantConnectorRow,
  versions: readonly { readonly connector: string; readonly version: string }[],
): TenantConnector {
  const own = versions.filter(({ connector }) => connector === row.connector).map(({ version }) => version)
  return {
    id: row.id,
    source: row.source,
    connector: row.connector,
    url: row.url,
    status: row.status,
    detail: row.detail,
    versions: own.sort((a, b) => compareVersions(b, a)),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
