import { randomBytes } from 'node:crypto'
import {
  type AppEvents,
  type Connector,
  type ConnectorRegistry,
  inScope,
  type JsonObject,
  type TenantId,
  type TenantScope,
} from '@inlay/engine'
import { z } from 'zod'
import type { ActingScope, AuditLog } from '../../audit/index.js'
import { requireConnector } from '../../catalog/index.js'
import { type Database, lookupOf, type ScopedSql } from '../../database/index.js'
import type { Vault } from '../../vault/index.js'
import { noAppEndpoint, noAppEvents, wrongSettings } from './errors.js'
import { rememberOpened, type SecretOpener } from './opened-secrets.js'
import type { AppEndpoint } from './schema.js'

/** The one address to which a service tells of all accounts that use a tenant's app. */
export interface AppEndpointsService {
  /** Before it is set up: what that takes, and no address. @throws UserError `connector.not_found`, `connector.no_app_events` */
  get(scope: TenantScope, connector: string): Promise<AppEndpoint>
  /** Secret settings that are not named stay as they are. @throws UserError `connector.…`, `app_events.invalid` */
  put(scope: ActingScope, connector: string, settings: JsonObject): Promise<AppEndpoint>
  /** Makes a new address; the one before leads nowhere from now on. @throws UserError `connector.…`, `app_events.not_found` */
  rotate(scope: ActingScope, connector: string): Promise<AppEndpoint>
  /** What an address leads to. @returns undefined for unknown ones @throws BugError when the settings do not open */
  find(token: string): Promise<FoundEndpoint | undefined>
}

/** An address of an app with its opened settings. */
export interface FoundEndpoint {
  readonly tenantId: TenantId
  readonly connector: string
  readonly settings: JsonObject
}

interface EndpointRow {
  readonly tenant_id: TenantId
  readonly connector: string
  readonly token: string
  readonly settings: JsonObject
  readonly secret: Buffer
  readonly updated_at: Date
}

interface EndpointDeps {
  readonly database: Database
  readonly registry: ConnectorRegistry
  readonly vault: Vault
  readonly audit: AuditLog
  /** The origin of a tenant's links. */
  readonly baseOf: (tenantId: TenantId) => string
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** Addresses of tenants' apps. */
export function createAppEndpointsService(deps: EndpointDeps): AppEndpointsService {
  return new SealedEndpoints(deps)
}

class SealedEndpoints implements AppEndpointsService {
  private readonly opener: SecretOpener

  constructor(private readonly deps: EndpointDeps) {
    this.opener = rememberOpened(deps.vault)
  }

  async get(scope: TenantScope, id: string): Promise<AppEndpoint> {
    const { connector, appEvents } = await this.require(scope, id)
    return this.view(appEvents, connector.id, await this.tryRead(scope, connector.id))
  }

  async put(scope: ActingScope, id: string, given: JsonObject): Promise<AppEndpoint> {
    const { connector, appEvents } = await this.require(scope, id)
    const standing = await this.tryRead(scope, connector.id)
    const kept = standing === undefined ? {} : await this.open(standing)
    const settings = parseSettings(appEvents, { ...kept, ...given })
    const { shown, secret } = split(appEvents, settings)
    await this.deps.database.withTenant(scope, async (sql) => {
      const place = placeOf(scope.tenantId, connector.id)
      const sealed = await this.deps.vault.seal(sql, place, JSON.stringify(secret))
      if (sealed === undefined) throw noAppEndpoint(connector.id)
      const token = newToken()
      await sql`
        INSERT INTO inlay.app_event_endpoints (tenant_id, connector, token, lookup, settings, secret)
        VALUES (${scope.tenantId}, ${connector.id}, ${token}, ${lookupOf(token)}, ${sql.json(shown as never)}, ${sealed})
        ON CONFLICT (tenant_id, connector) DO UPDATE SET settings = excluded.settings, secret = excluded.secret,
          updated_at = now()`
      await this.record(scope, { action: 'app_events.set', connector: connector.id }, sql)
    })
    return this.get(scope, connector.id)
  }

  async rotate(scope: ActingScope, id: string): Promise<AppEndpoint> {
    const { connector } = await this.require(scope, id)
    const token = newToken()
    await this.deps.database.withTenant(scope, async (sql) => {
      const rows = await sql`
        UPDATE inlay.app_event_endpoints SET token = ${token}, lookup = ${lookupOf(token)}, updated_at = now()
        WHERE tenant_id = ${scope.tenantId} AND connector = ${connector.id} RETURNING connector`
      if (rows.length === 0) throw noAppEndpoint(connector.id)
      await this.record(scope, { action: 'app_events.rotated', connector: connector.id }, sql)
    })
    return this.get(scope, connector.id)
  }

  async find(token: string): Promise<FoundEndpoint | undefined> {
    if (!TOKEN.test(token)) return undefined
    const lookup = lookupOf(token)
    const [row] = await this.deps.database.withLookup(lookup, (sql) => selectEndpoint(sql, sql`lookup = ${lookup}`))
    if (row === undefined) return undefined
    return { tenantId: row.tenant_id, connector: row.connector, settings: await this.open(row) }
  }

  private async require(
    { tenantId }: TenantScope,
    id: string,
  ): Promise<{ connector: Connector; appEvents: AppEvents }> {
    const connector = await requireConnector(inScope(this.deps.registry, { tenantId }), id)
    if (connector.appEvents === undefined) throw noAppEvents(id)
    return { connector, appEvents: connector.appEvents }
  }

  private async tryRead(scope: TenantScope, connector: string): Promise<EndpointRow | undefined> {
    const [row] = await this.deps.database.withTenant(scope, (sql) =>
      selectEndpoint(sql, sql`tenant_id = ${scope.tenantId} AND connector = ${connector}`),
    )
    return row
  }

  private async open(row: EndpointRow): Promise<JsonObject> {
    const use = { purpose: 'app events', target: { kind: 'app_events', id: row.connector } }
    const secret = await this.opener.open(placeOf(row.tenant_id, row.connector), row.secret, use)
    // What was sealed is an object of settings; the seal says that it is still the same.
    return { ...row.settings, ...(JSON.parse(secret) as JsonObject) }
  }

  private record(
    scope: ActingScope,
    { action, connector }: { readonly action: 'app_events.set' | 'app_events.rotated'; readonly connector: string },
    sql: ScopedSql,
  ): Promise<void> {
    return this.deps.audit.record(scope, { action, target: { kind: 'app_events', id: connector } }, sql)
  }

  private view({ help, settings }: AppEvents, connector: string, row: EndpointRow | undefined): AppEndpoint {
    return {
      connector,
      url: row === undefined ? null : `${this.deps.baseOf(row.tenant_id)}/hooks/app/${row.token}`,
      help: help ?? null,
      settings: row?.settings ?? {},
      // A JSON Schema document is JSON.
      settingsSchema: z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }) as JsonObject,
      updatedAt: row?.updated_at.toISOString() ?? null,
    }
  }
}

function selectEndpoint(sql: ScopedSql, where: ReturnType<ScopedSql>) {
  return sql<EndpointRow[]>`SELECT tenant_id, connector, token, settings, secret, updated_at
    FROM inlay.app_event_endpoints WHERE ${where}`
}

/** Sealed with the tenant's own key: an app belongs to no customer. */
function placeOf(tenantId: TenantId, connector: string) {
  return { tenantId, id: `app-events/${connector}` }
}

/** 256 random bits. */
function newToken(): string {
  return randomBytes(32).toString('base64url')
}

function parseSettings({ settings }: AppEvents, given: JsonObject): JsonObject {
  const parsed = z.strictObject(settings.shape).safeParse(given)
  // The fields of settings are JSON types, so what they parse to is JSON.
  if (parsed.success) return parsed.data as JsonObject
  throw wrongSettings(
    parsed.error.issues.map(({ path, message }) => ({ pointer: `/settings/${path.map(String).join('/')}`, message })),
  )
}

function split({ secretSettings }: AppEvents, settings: JsonObject): { shown: JsonObject; secret: JsonObject } {
  const entries = Object.entries(settings)
  return {
    shown: Object.fromEntries(entries.filter(([name]) => !secretSettings.includes(name))),
    secret: Object.fromEntries(entries.filter(([name]) => secretSettings.includes(name))),
  }
}
