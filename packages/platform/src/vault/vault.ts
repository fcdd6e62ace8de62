import { randomBytes } from 'node:crypto'
import { BugError, type CredentialUse, type JsonObject } from '@inlay/engine'
import type { AuditLog, AuditSource } from '../audit/index.js'
import type { Database, ScopedSql } from '../database/index.js'
import { KEY_BYTES, seal, unseal } from './cipher.js'
import { DataKeys } from './data-keys.js'
import { encodeWrappedKey, type KeyWrapper } from './key-wrapper.js'
import type { KeyOwner, SecretPlace } from './place.js'

/** The keys of an owner's row, as they are stored. */
export interface StoredKeys {
  readonly data_key: Buffer | null
  /** The one before: opens what was read or sealed while the key was replaced. */
  readonly former_data_key: Buffer | null
}

/**
 * Envelope encryption: each customer, and each tenant for what is its own, has a data key in its row, wrapped by a master
 * key. Who erases the row has erased all that the key can open.
 */
export interface Vault {
  /**
   * Seals a secret within the transaction that stores it: until that ends, the owner's data key stays as it is. The key is
   * made when it is first needed.
   *
   * @returns undefined when the owner does not exist
   */
  seal(sql: ScopedSql, place: SecretPlace, plain: string): Promise<Buffer | undefined>
  /**
   * Opens a secret. That it was opened, and for what, is in the audit log before this resolves.
   *
   * @param sealed what was read before this is called
   * @throws BugError when it was changed, belongs elsewhere, or its owner or master key is gone
   */
  open(place: SecretPlace, sealed: Buffer, use?: SecretUse): Promise<string>
  /**
   * Opens the secrets of a row with keys that were read in the statement that read them; one record tells of all.
   *
   * @throws BugError
   */
  openRow(keys: StoredKeys, secrets: readonly PlacedSecret[], use: SecretUse): Promise<string[]>
}

/** A sealed secret and where it belongs. */
export interface PlacedSecret {
  readonly place: SecretPlace
  readonly sealed: Buffer
}

/** What a secret is opened for. */
export interface SecretUse extends CredentialUse {
  /** On whose behalf. @default the run of the use, else Inlay's own */
  readonly by?: AuditSource | undefined
  /** What the record names. @default the secret, by its place */
  readonly target?: { readonly kind: string; readonly id: string }
}

/** The vault over the keys in the database. */
export function createVault(deps: {
  readonly database: Database
  readonly wrapper: KeyWrapper
  readonly audit: AuditLog
}): Vault {
  const { database, wrapper, audit } = deps
  const dataKeys = new DataKeys(wrapper)
  const openRow: Vault['openRow'] = async (keys, secrets, use) => {
    const opened = await Promise.all(secrets.map((secret) => openOne(keys, secret)))
    const [first] = secrets
    // What could not be recorded is not handed out.
    if (first !== undefined) await recordUse(audit, first.place, use)
    return opened
  }
  const openOne = async ({ data_key, former_data_key }: StoredKeys, { place, sealed }: PlacedSecret) => {
    if (data_key === null) throw new BugError('A secret has no key any more.')
    try {
      return unseal(sealed, await dataKeys.open(data_key, place), place)
    } catch (error) {
      if (former_data_key === null) throw error
      return unseal(sealed, await dataKeys.open(former_data_key, place), place)
    }
  }
  return {
    seal: async (sql, place, plain) => {
      const stored = (await lockKey(sql, place)) ?? (await makeKey(sql, place, wrapper))
      return stored === undefined ? undefined : seal(plain, await dataKeys.open(stored, place), place)
    },
    open: async (place, sealed, use = { purpose: 'unspecified' }) => {
      const keys = await database.withTenant({ tenantId: place.tenantId }, (sql) => readKeys(sql, place))
      if (keys === undefined) throw new BugError('The owner of a secret does not exist.')
      const [plain = ''] = await openRow(keys, [{ place, sealed }], use)
      return plain
    },
    openRow,
  }
}

function recordUse(audit: AuditLog, place: SecretPlace, use: SecretUse): Promise<void> {
  const { purpose, runId, stepPath, by } = use
  const source = runId === undefined ? by : { actor: { kind: 'run' as const, id: runId } }
  const details: JsonObject = { purpose, ...(stepPath === undefined ? {} : { stepPath }) }
  const target = use.target ?? { kind: 'secret', id: place.id }
  return audit.recordGrouped(place, { action: 'secret.read', target, source, details })
}

async function readKeys(sql: ScopedSql, { tenantId, customerId }: KeyOwner): Promise<StoredKeys | undefined> {
  const [row] = await (customerId === undefined
    ? sql<StoredKeys[]>`SELECT data_key, former_data_key FROM inlay.tenants WHERE tenant_id = ${tenantId}`
    : sql<StoredKeys[]>`SELECT data_key, former_data_key FROM inlay.customers
        WHERE tenant_id = ${tenantId} AND id = ${customerId}`)
  return row
}

/** Keeps the key from being replaced until the transaction ends: what is sealed must be there to be sealed anew. */
async function lockKey(sql: ScopedSql, { tenantId, customerId }: KeyOwner): Promise<Buffer | undefined> {
  // Rows without a key are left alone: two that had locked one would wait for each other to make its key.
  const [row] = await (customerId === undefined
    ? sql<StoredKeys[]>`SELECT data_key FROM inlay.tenants
        WHERE tenant_id = ${tenantId} AND data_key IS NOT NULL FOR SHARE`
    : sql<StoredKeys[]>`SELECT data_key FROM inlay.customers
        WHERE tenant_id = ${tenantId} AND id = ${customerId} AND data_key IS NOT NULL FOR SHARE`)
  return row?.data_key ?? undefined
}

/** The first key of an owner; of several that are made at the same time one stands. */
async function makeKey(sql: ScopedSql, owner: KeyOwner, wrapper: KeyWrapper): Promise<Buffer | undefined> {
  const { tenantId, customerId } = owner
  const first = encodeWrappedKey(await wrapper.wrap(randomBytes(KEY_BYTES), owner))
  const [row] = await (customerId === undefined
    ? sql<StoredKeys[]>`UPDATE inlay.tenants SET data_key = coalesce(data_key, ${first})
        WHERE tenant_id = ${tenantId} RETURNING data_key`
    : sql<StoredKeys[]>`UPDATE inlay.customers SET data_key = coalesce(data_key, ${first})
        WHERE tenant_id = ${tenantId} AND id = ${customerId} RETURNING data_key`)
  return row?.data_key ?? undefined
}
