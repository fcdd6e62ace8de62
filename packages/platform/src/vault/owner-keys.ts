import type { CustomerId, TenantId } from '@inlay/engine'
import type { Database, ScopedSql } from '../database/index.js'
import type { KeyOwner } from './place.js'
import type { StoredKeys } from './vault.js'

/** A row with a data key, among those of all tenants. */
export interface OwnerRow {
  readonly tenant_id: TenantId
  /** Empty: the tenant itself. No customer's id is. */
  readonly customer_id: CustomerId | ''
}

/** How many data keys a master key has wrapped. */
export interface KeyUsage {
  readonly keyId: string
  readonly dataKeys: number
}

/** The rows of data keys, of all tenants. */
export class OwnerKeys {
  constructor(private readonly database: Database) {}

  /** Owners whose key another master key has wrapped than `current`, after one of them, in a fixed order. */
  due(current: string, after: OwnerRow | undefined, limit: number): Promise<OwnerRow[]> {
    const { tenant_id: tenantId = '', customer_id: customerId = '' } = after ?? {}
    return this.database.engine<OwnerRow[]>`
      SELECT tenant_id, customer_id FROM (
        SELECT tenant_id, '' COLLATE "C" AS customer_id, master_key_id FROM inlay.tenants
        UNION ALL SELECT tenant_id, id, master_key_id FROM inlay.customers) AS owners
      WHERE master_key_id <> ${current} AND (tenant_id, customer_id) > (${tenantId}, ${customerId})
      ORDER BY tenant_id, customer_id LIMIT ${limit}`
  }

  /** Owners whose key was replaced at least this long ago and who still have the one before. */
  replaced(ageMs: number, limit: number): Promise<OwnerRow[]> {
    return this.database.engine<OwnerRow[]>`
      SELECT tenant_id, customer_id FROM (
        SELECT tenant_id, '' COLLATE "C" AS customer_id, data_key_rotated_at AS at FROM inlay.tenants
        UNION ALL SELECT tenant_id, id, data_key_rotated_at FROM inlay.customers) AS owners
      WHERE at < now() - make_interval(secs => ${ageMs / 1000}) ORDER BY at LIMIT ${limit}`
  }

  async usage(): Promise<KeyUsage[]> {
    const rows = await this.database.engine<{ id: string; count: number }[]>`
      SELECT master_key_id AS id, count(*)::integer AS count FROM (
        SELECT master_key_id FROM inlay.tenants UNION ALL SELECT master_key_id FROM inlay.customers) AS keys
      WHERE master_key_id IS NOT NULL GROUP BY 1 ORDER BY 1`
    return rows.map(({ id, count }) => ({ keyId: id, dataKeys: count }))
  }

  within<T>({ tenantId }: KeyOwner, run: (sql: ScopedSql) => Promise<T>): Promise<T> {
    return this.database.withTenant({ tenantId }, run)
  }
}

/** What is known of an owner's keys. */
export interface OwnedKeys extends StoredKeys {
  readonly rotated_at: Date | null
}

/** @param lock keeps others from replacing or using the keys for sealing until the transaction ends */
export async function readOwnedKeys(
  sql: ScopedSql,
  { tenantId, customerId }: KeyOwner,
  lock = false,
): Promise<OwnedKeys | undefined> {
  const locking = lock ? sql`FOR NO KEY UPDATE` : sql``
  const [row] = await (customerId === undefined
    ? sql<OwnedKeys[]>`SELECT data_key, former_data_key, data_key_rotated_at AS rotated_at FROM inlay.tenants
        WHERE tenant_id = ${tenantId} ${locking}`
    : sql<OwnedKeys[]>`SELECT data_key, former_data_key, data_key_rotated_at AS rotated_at FROM inlay.customers
        WHERE tenant_id = ${tenantId} AND id = ${customerId} ${locking}`)
  return row
}

/** Writes both keys of an owner. */
export async function writeKeys(
  sql: ScopedSql,
  { tenantId, customerId }: KeyOwner,
  { data_key: key, former_data_key: former }: StoredKeys,
): Promise<void> {
  await (customerId === undefined
    ? sql`UPDATE inlay.tenants SET data_key = ${key}, former_data_key = ${former} WHERE tenant_id = ${tenantId}`
    : sql`UPDATE inlay.customers SET data_key = ${key}, former_data_key = ${former}
        WHERE tenant_id = ${tenantId} AND id = ${customerId}`)
}

/** Says when the key was replaced; null once nothing needs the one before. */
export async function setRotatedAt(sql: ScopedSql, owner: KeyOwner, isUnderWay: boolean): Promise<void> {
  const { tenantId, customerId } = owner
  const at = isUnderWay ? sql`now()` : sql`NULL`
  await (customerId === undefined
    ? sql`UPDATE inlay.tenants SET data_key_rotated_at = ${at} WHERE tenant_id = ${tenantId}`
    : sql`UPDATE inlay.customers SET data_key_rotated_at = ${at} WHERE tenant_id = ${tenantId} AND id = ${customerId}`)
}

/** The owner that a row stands for. */
export function ownerOf({ tenant_id: tenantId, customer_id: customerId }: OwnerRow): KeyOwner {
  return customerId === '' ? { tenantId } : { tenantId, customerId }
}
