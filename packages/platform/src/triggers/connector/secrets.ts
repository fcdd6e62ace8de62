import type { CustomerId, JsonObject, TenantId } from '@inlay/engine'
import { type Database, lookupOf, type ScopedSql } from '../../database/index.js'
import { customerNotFound } from '../../tenancy/index.js'
import type { SecretPlace, Vault } from '../../vault/index.js'
import type { TriggerClaim } from './claims.js'
import type { SecretOpener } from './opened-secrets.js'
import { writeClaimed } from './store.js'
import type { TriggerRow } from './trigger-row.js'

/** What is sealed of a trigger; one does not open as the other. */
type SecretName = 'secret' | 'registration'

/** The address of a webhook, and the secret that its service signs with. */
export interface WebhookAddress {
  readonly token: string
  readonly secret: string
  /** The origin that the service is told, for as long as it is told of this address; null: the operator's. */
  readonly base: string | null
}

/** What services and Inlay have agreed on: sealed with the customer's key, and bound to the trigger's row. */
export class TriggerSecrets {
  /** @param deps.opener how secrets are opened. @default the vault itself */
  constructor(
    private readonly deps: { readonly database: Database; readonly vault: Vault; readonly opener?: SecretOpener },
  ) {}

  /** Gives a webhook its address before the service is told of it. @returns false when the claim is lost */
  keepAddress(claim: TriggerClaim, { token, secret, base }: WebhookAddress): Promise<boolean> {
    return this.write(claim, async (sql) => {
      const sealed = await this.seal(sql, placeOf(claim, 'secret'), secret)
      return writeClaimed(
        sql,
        claim,
        sql`kind = 'webhook', token = ${token}, told_base = ${base}, lookup = ${lookupOf(token)}, secret = ${sealed}`,
      )
    })
  }

  /**
   * Keeps what a service answered, even when the workflow has let go of the trigger meanwhile: what is not known cannot
   * be taken back.
   *
   * @returns false when the claim is lost
   */
  keepRegistration(claim: TriggerClaim, registration: JsonObject): Promise<boolean> {
    return this.write(claim, async (sql) => {
      const sealed = await this.seal(sql, placeOf(claim, 'registration'), JSON.stringify(registration))
      return writeClaimed(sql, claim, sql`registration = ${sealed}`)
    })
  }

  /** The address of a trigger; undefined when it has none yet. @throws BugError when it does not open */
  async address(row: TriggerRow): Promise<WebhookAddress | undefined> {
    if (row.token === null || row.secret === null) return undefined
    return { token: row.token, base: row.told_base, secret: await this.open(row, 'secret', row.secret) }
  }

  /** What the service answered; undefined when that is not known. @throws BugError when it does not open */
  async registration(row: TriggerRow): Promise<JsonObject | undefined> {
    if (row.registration === null) return undefined
    // What was sealed is the JSON of an object; the seal says that it is still the same.
    return JSON.parse(await this.open(row, 'registration', row.registration)) as JsonObject
  }

  private async seal(sql: ScopedSql, place: Required<SecretPlace>, plain: string): Promise<Buffer> {
    const sealed = await this.deps.vault.seal(sql, place, plain)
    if (sealed === undefined) throw customerNotFound(place.customerId)
    return sealed
  }

  private open(row: TriggerRow, name: SecretName, sealed: Buffer): Promise<string> {
    const { opener = this.deps.vault } = this.deps
    const owner = { tenantId: row.tenant_id, customerId: row.customer_id, id: row.id }
    const target = { kind: 'connector_trigger', id: row.id }
    return opener.open(placeOf(owner, name), sealed, { purpose: 'trigger', target })
  }

  private write<T>({ tenantId, customerId }: TriggerClaim, run: (sql: ScopedSql) => Promise<T>): Promise<T> {
    return this.deps.database.withTenant({ tenantId, customerId }, run)
  }
}

interface TriggerOwner {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly id: string
}

function placeOf({ tenantId, customerId, id }: TriggerOwner, name: SecretName): Required<SecretPlace> {
  return { tenantId, customerId, id: `${id}/${name}` }
}
