import { randomBytes } from 'node:crypto'
import { BugError } from '@inlay/engine'
import type { ScopedSql } from '../database/index.js'
import { KEY_BYTES, seal, unseal } from './cipher.js'
import { decodeWrappedKey, encodeWrappedKey, type KeyWrapper } from './key-wrapper.js'
import { readOwnedKeys, setRotatedAt, writeKeys } from './owner-keys.js'
import type { KeyOwner } from './place.js'
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.js'

/** What became of an owner's data key. */
export type DataKeyRotation =
  | { readonly ok: true; readonly secrets: number }
  | { readonly ok: false; readonly reason: 'none' | 'recent' }

/** For so long the former key opens what was read or sealed while the new one came, in milliseconds. */
export const FORMER_KEY_KEPT_MS = 600_000

/**
 * Replaces an owner's data key: seals all its secrets anew within the transaction. Who has read a secret before still opens
 * it with the former key, which is kept for a while.
 *
 * @returns not ok when there is no key yet, or it was replaced so recently that the one before is still needed
 * @throws BugError when a secret does not open; nothing is changed then
 */
export async function rotateDataKey(sql: ScopedSql, owner: KeyOwner, wrapper: KeyWrapper): Promise<DataKeyRotation> {
  const keys = await readOwnedKeys(sql, owner, true)
  if (keys === undefined || keys.data_key === null) return { ok: false, reason: 'none' }
  if (keys.former_data_key !== null) return { ok: false, reason: 'recent' }
  const before = await wrapper.unwrap(decodeWrappedKey(keys.data_key), owner)
  const key = randomBytes(KEY_BYTES)
  const secrets = await sealAnew(sql, owner, { key, former: before })
  // The former key too is wrapped anew: the master key that had wrapped it may be removed before it is.
  const [wrapped, former] = await Promise.all([wrapper.wrap(key, owner), wrapper.wrap(before, owner)])
  await writeKeys(sql, owner, { data_key: encodeWrappedKey(wrapped), former_data_key: encodeWrappedKey(former) })
  await setRotatedAt(sql, owner, true)
  return { ok: true, secrets }
}

/** Destroys the former key of an owner, after sealing anew whatever it alone opens. */
export async function forgetFormerKey(sql: ScopedSql, owner: KeyOwner, wrapper: KeyWrapper): Promise<void> {
  const keys = await readOwnedKeys(sql, owner, true)
  if (keys === undefined || keys.data_key === null) return
  if (keys.former_data_key !== null) {
    const [key, former] = await Promise.all(
      [keys.data_key, keys.former_data_key].map((stored) => wrapper.unwrap(decodeWrappedKey(stored), owner)),
    )
    if (key !== undefined && former !== undefined) await sealAnew(sql, owner, { key, former })
  }
  await writeKeys(sql, owner, { data_key: keys.data_key, former_data_key: null })
  await setRotatedAt(sql, owner, false)
}

interface KeyChange {
  readonly key: Buffer
  readonly former: Buffer
}

/** @returns how many secrets were sealed anew */
async function sealAnew(sql: ScopedSql, owner: KeyOwner, change: KeyChange): Promise<number> {
  const kind = owner.customerId === undefined ? 'tenant' : 'customer'
  let count = 0
  for (const column of SEALED_COLUMNS) {
    if (column.owner === kind) count += await sealColumn(sql, owner, { column, change })
  }
  return count
}

interface ColumnChange {
  readonly column: SealedColumn
  readonly change: KeyChange
}

async function sealColumn(
  sql: ScopedSql,
  owner: KeyOwner,
  { column: { table, column, place }, change }: ColumnChange,
): Promise<number> {
  const ofCustomer = owner.customerId === undefined ? sql`` : sql`AND customer_id = ${owner.customerId}`
  const where = sql`WHERE tenant_id = ${owner.tenantId} ${ofCustomer}`
  // Names and expressions are from our own list.
  const rows = await sql<{ place: string; sealed: Buffer }[]>`
    SELECT ${sql.unsafe(place)} AS place, ${sql(column)} AS sealed FROM inlay.${sql(table)}
    ${where} AND ${sql(column)} IS NOT NULL FOR UPDATE`
  const changed = rows.flatMap(({ place: id, sealed }) => {
    const again = sealOne(sealed, { ...owner, id }, change)
    return again === undefined ? [] : [{ place: id, sealed: again.toString('base64') }]
  })
  if (changed.length === 0) return 0
  await sql`
    UPDATE inlay.${sql(table)} AS kept SET ${sql(column)} = decode(given.sealed, 'base64')
    FROM json_to_recordset(${JSON.stringify(changed)}::text::json) AS given (place text, sealed text)
    ${where} AND ${sql.unsafe(place)} = given.place`
  return changed.length
}

/** Undefined when the new key has sealed it already. */
function sealOne(sealed: Buffer, place: Parameters<typeof seal>[2], { key, former }: KeyChange): Buffer | undefined {
  if (opens(sealed, key, place) !== undefined) return undefined
  const plain = opens(sealed, former, place)
  if (plain === undefined) throw new BugError(`The secret ${place.id} does not open; the data key stays as it is.`)
  return seal(plain, key, place)
}

function opens(sealed: Buffer, key: Buffer, place: Parameters<typeof seal>[2]): string | undefined {
  try {
    return unseal(sealed, key, place)
  } catch {
    // Another key has sealed it.
    return undefined
  }
}
