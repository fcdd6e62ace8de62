import {
  BugError,
  type ConnectedAccount,
  type CustomerId,
  type JsonObject,
  type TenantId,
  type TenantScope,
} from '@inlay/engine'
import type { OAuthTokens } from '../../connections/index.js'
import type { Database, ScopedSql } from '../../database/index.js'
import { customerNotFound } from '../../tenancy/index.js'
import type { SecretPlace, Vault } from '../../vault/index.js'
import type { ClientSource } from '../clients/service.js'

/** Where an authorization is, step by step. Only `confirmed` and `failed` are final. */
export type StoredStatus = 'pending' | 'started' | 'returned' | 'authorized' | 'confirming' | 'confirmed' | 'failed'

/** An authorization under way. */
export interface AuthorizationRow {
  readonly tenant_id: TenantId
  readonly id: string
  readonly customer_id: CustomerId
  readonly connector: string
  readonly method: string
  readonly name: string
  readonly connection_id: string | null
  readonly caller_kind: 'member' | 'apiKey' | 'embed'
  readonly caller_id: string
  readonly caller_name: string
  readonly needs_host: boolean
  readonly return_origin: string | null
  readonly status: StoredStatus
  readonly browser_lookup: string | null
  readonly client_id: string
  readonly client_source: ClientSource
  readonly redirect_uri: string
  /** The origin at which a browser begins and ends; null: that of `redirect_uri`. */
  readonly home: string | null
  readonly scopes: readonly string[]
  readonly account_id: string | null
  readonly account_label: string | null
  readonly sealed: Buffer | null
  readonly error_code: string | null
  readonly error_detail: string | null
  readonly result_connection_id: string | null
  readonly expires_at: Date
  /** By the database's clock. */
  readonly is_expired: boolean
}

/** What is known when it begins. */
export type NewRow = Pick<
  AuthorizationRow,
  | 'id'
  | 'customer_id'
  | 'connector'
  | 'method'
  | 'name'
  | 'connection_id'
  | 'caller_kind'
  | 'caller_id'
  | 'caller_name'
  | 'needs_host'
  | 'return_origin'
  | 'client_id'
  | 'client_source'
  | 'redirect_uri'
  | 'home'
  | 'scopes'
> & { readonly startLookup: string; readonly secrets: AuthorizationSecrets }

/** What nobody but the flow itself may see: sealed with the customer's data key. */
export interface AuthorizationSecrets {
  /** All values of the connection form. */
  readonly fields: JsonObject
  /** The proof key, while a browser is on its way. */
  readonly verifier?: string
  /** What was granted, until it is confirmed. */
  readonly tokens?: OAuthTokens
}

/** How long each leg may take: from the link to its opening, to the service and back, and until it is confirmed. */
const LEG = '10 minutes'

/** What the service granted. */
export interface Grant {
  readonly secrets: AuthorizationSecrets
  readonly scopes: readonly string[]
  readonly account: ConnectedAccount | undefined
}

/** The rows of authorizations. Each step is one conditional statement: of two that try it at once, one does it. */
export class AuthorizationStore {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** @returns false when the customer has `limit` under way @throws UserError `customer.not_found` */
  insert(scope: TenantScope, row: NewRow, limit: number): Promise<boolean> {
    return this.database.withTenant(scope, async (sql) => {
      const sealed = await this.seal(sql, { tenant_id: scope.tenantId, ...row }, row.secrets)
      const { count } = await sql`
        INSERT INTO inlay.oauth_authorizations (tenant_id, id, customer_id, connector, method, name, connection_id,
          caller_kind, caller_id, caller_name, needs_host, return_origin, start_lookup, client_id, client_source,
          redirect_uri, home, scopes, sealed, expires_at)
        SELECT ${scope.tenantId}, ${row.id}, ${row.customer_id}, ${row.connector}, ${row.method}, ${row.name},
          ${row.connection_id}, ${row.caller_kind}, ${row.caller_id}, ${row.caller_name}, ${row.needs_host},
          ${row.return_origin}, ${row.startLookup}, ${row.client_id}, ${row.client_source}, ${row.redirect_uri},
          ${row.home}, ${[...row.scopes]}, ${sealed}, now() + ${LEG}::interval
        WHERE (SELECT count(*) FROM inlay.oauth_authorizations
          WHERE tenant_id = ${scope.tenantId} AND customer_id = ${row.customer_id} AND expires_at > now()
            AND status IN ('pending', 'started', 'returned', 'authorized')) < ${limit}`
      return count > 0
    })
  }

  async find(scope: TenantScope, id: string): Promise<AuthorizationRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<AuthorizationRow[]>`SELECT ${columns(sql)} FROM inlay.oauth_authorizations
        WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
    return row
  }

  /** @param which secret the caller has presented, of which `lookup` is the hash */
  async findBy(which: 'start' | 'state' | 'browser', lookup: string): Promise<AuthorizationRow | undefined> {
    const [row] = await this.database.withLookup(
      lookup,
      (sql) => sql<AuthorizationRow[]>`SELECT ${columns(sql)} FROM inlay.oauth_authorizations
        WHERE ${sql(`${which}_lookup`)} = ${lookup}`,
    )
    return row
  }

  /** The link is used up, and the browser that opened it is known from now on. @returns false when another was first */
  start(
    row: AuthorizationRow,
    change: { startLookup: string; stateLookup: string; browserLookup: string; secrets: AuthorizationSecrets },
  ): Promise<boolean> {
    return this.change(
      row,
      async (sql) => sql`
      UPDATE inlay.oauth_authorizations SET status = 'started', start_lookup = NULL, state_lookup = ${change.stateLookup},
        browser_lookup = ${change.browserLookup}, sealed = ${await this.seal(sql, row, change.secrets)}, expires_at = now() + ${LEG}::interval
      WHERE tenant_id = ${row.tenant_id} AND id = ${row.id} AND status = 'pending'
        AND start_lookup = ${change.startLookup} AND expires_at > now()`,
    )
  }

  /** The state is used up. @returns false when it was before, or is too old */
  useState(row: AuthorizationRow, stateLookup: string): Promise<boolean> {
    return this.change(
      row,
      (sql) => sql`
      UPDATE inlay.oauth_authorizations SET state_lookup = NULL
      WHERE tenant_id = ${row.tenant_id} AND id = ${row.id} AND status = 'started' AND state_lookup = ${stateLookup}
        AND expires_at > now()`,
    )
  }

  /** The service has granted; the person has yet to confirm. */
  return(row: AuthorizationRow, { secrets, scopes, account }: Grant): Promise<boolean> {
    return this.change(
      row,
      async (sql) => sql`
      UPDATE inlay.oauth_authorizations SET status = 'returned', sealed = ${await this.seal(sql, row, secrets)}, scopes = ${[...scopes]},
        account_id = ${account?.id ?? null}, account_label = ${account?.label ?? null},
        expires_at = now() + ${LEG}::interval
      WHERE tenant_id = ${row.tenant_id} AND id = ${row.id} AND status = 'started' AND state_lookup IS NULL`,
    )
  }

  /** Goes on from one status to the next. @returns false when it is not in `from` any more, or too old */
  advance(row: AuthorizationRow, from: StoredStatus, to: StoredStatus): Promise<boolean> {
    return this.change(
      row,
      (sql) => sql`
      UPDATE inlay.oauth_authorizations SET status = ${to}, expires_at = now() + ${LEG}::interval
      WHERE tenant_id = ${row.tenant_id} AND id = ${row.id} AND status = ${from} AND expires_at > now()`,
    )
  }

  /** There is a connection: nothing sealed is kept here any more. */
  confirm(row: AuthorizationRow, connectionId: string): Promise<boolean> {
    return this.change(
      row,
      (sql) => sql`
      UPDATE inlay.oauth_authorizations SET status = 'confirmed', result_connection_id = ${connectionId}, sealed = NULL
      WHERE tenant_id = ${row.tenant_id} AND id = ${row.id} AND status = 'confirming'`,
    )
  }

  /** @returns false when it had ended before */
  fail(row: AuthorizationRow, error: { readonly code: string; readonly detail: string }): Promise<boolean> {
    return this.change(
      row,
      (sql) => sql`
      UPDATE inlay.oauth_authorizations SET status = 'failed', error_code = ${error.code}, error_detail = ${error.detail},
        start_lookup = NULL, state_lookup = NULL, sealed = NULL
      WHERE tenant_id = ${row.tenant_id} AND id = ${row.id} AND status NOT IN ('confirmed', 'failed')`,
    )
  }

  /** Opens what is sealed. @throws BugError when it was changed outside of us, or is gone */
  async open(row: AuthorizationRow): Promise<AuthorizationSecrets> {
    if (row.sealed === null) throw new BugError(`The authorization ${row.id} has ended: nothing is kept of it.`)
    const plain = await this.vault.open(placeOf(row), row.sealed, { purpose: 'oauth' })
    // Sealed here as it is; the seal says that it is still the same.
    return JSON.parse(plain) as AuthorizationSecrets
  }

  /** Forgets an authorization. */
  async delete({ tenant_id: tenantId, id }: Pick<AuthorizationRow, 'tenant_id' | 'id'>): Promise<void> {
    await this.database.withTenant(
      { tenantId },
      (sql) => sql`DELETE FROM inlay.oauth_authorizations WHERE tenant_id = ${tenantId} AND id = ${id}`,
    )
  }

  /** Authorizations of all tenants that ended at least an hour ago. */
  abandoned(limit: number): Promise<Pick<AuthorizationRow, 'tenant_id' | 'id'>[]> {
    return this.database.engine<AuthorizationRow[]>`
      SELECT tenant_id, id FROM inlay.oauth_authorizations
      WHERE expires_at < now() - interval '1 hour' ORDER BY expires_at LIMIT ${limit}`
  }

  private async seal(
    sql: ScopedSql,
    row: Pick<AuthorizationRow, 'tenant_id' | 'customer_id' | 'id'>,
    secrets: AuthorizationSecrets,
  ): Promise<Buffer> {
    const sealed = await this.vault.seal(sql, placeOf(row), JSON.stringify(secrets))
    if (sealed === undefined) throw customerNotFound(row.customer_id)
    return sealed
  }

  private change(
    { tenant_id: tenantId }: AuthorizationRow,
    update: (sql: ScopedSql) => PromiseLike<{ readonly count: number }>,
  ): Promise<boolean> {
    return this.database.withTenant({ tenantId }, async (sql) => (await update(sql)).count > 0)
  }
}

function placeOf({
  tenant_id: tenantId,
  customer_id: customerId,
  id,
}: Pick<AuthorizationRow, 'tenant_id' | 'customer_id' | 'id'>): SecretPlace {
  return { tenantId, customerId, id }
}

function columns(sql: ScopedSql) {
  return sql`tenant_id, id, customer_id, connector, method, name, connection_id, caller_kind, caller_id, caller_name,
    needs_host, return_origin, status, browser_lookup, client_id, client_source, redirect_uri, home, scopes, account_id,
    account_label, sealed, error_code, error_detail, result_connection_id, expires_at, expires_at <= now() AS is_expired`
}
