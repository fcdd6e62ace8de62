import { UserError } from '@inlay/engine'
import type { ActingScope, AuditLog } from '../audit/index.js'
import type { Database } from '../database/index.js'
import { decodeWrappedKey, encodeWrappedKey, type KeyWrapper } from './key-wrapper.js'
import { type KeyUsage, OwnerKeys, type OwnerRow, ownerOf, readOwnedKeys, writeKeys } from './owner-keys.js'
import type { KeyOwner } from './place.js'
import { FORMER_KEY_KEPT_MS, forgetFormerKey, rotateDataKey } from './rotate-data-key.js'

/** How far the rotation of master keys is. */
export interface KeyStatus {
  /** The master key that wraps now. */
  readonly current: string
  /** Data keys by the master key that has wrapped them. Once one has none, it can be removed. */
  readonly usage: readonly KeyUsage[]
}

/** What one sweep did. */
export interface RewrapResult {
  readonly rewrapped: number
  /** Keys that did not open; they stay as they are. */
  readonly failures: readonly { readonly owner: KeyOwner; readonly error: unknown }[]
}

/** Changes keys while everything goes on. */
export interface KeyRotation {
  status(): Promise<KeyStatus>
  /** Wraps with the master key in use what another one has wrapped, all of it. Safe to call twice, and by several processes. */
  rewrap(options?: RewrapOptions): Promise<RewrapResult>
  /**
   * Gives a customer, or the tenant itself, a new data key, and seals its secrets anew.
   *
   * @returns how many secrets those were
   * @throws UserError `key.none` when there is nothing to rotate, `key.recently_rotated`
   */
  rotate(scope: ActingScope, owner: KeyOwner): Promise<{ readonly secrets: number }>
  /** Destroys former data keys that nobody needs any more. @returns how many owners that concerned */
  forgetFormerKeys(options?: { readonly keptMs?: number }): Promise<number>
}

/** How to sweep. */
export interface RewrapOptions {
  /** Owners of one batch. @default 100 */
  readonly batch?: number
  /** Whether to stop before the next owner. */
  readonly isStopping?: () => boolean
}

interface RotationDeps {
  readonly database: Database
  readonly wrapper: KeyWrapper
  readonly audit: AuditLog
}

/** Rotation over the keys in the database. */
export function createKeyRotation({ database, wrapper, audit }: RotationDeps): KeyRotation {
  const owners = new OwnerKeys(database)
  return {
    status: async () => ({ current: await wrapper.currentKeyId(), usage: await owners.usage() }),
    rewrap: async (options = {}) => rewrapAll({ owners, wrapper, audit }, options),
    rotate: async (scope, owner) => {
      const result = await owners.within(owner, async (sql) => {
        const rotation = await rotateDataKey(sql, owner, wrapper)
        if (rotation.ok) {
          const details = { secrets: rotation.secrets }
          await audit.record(ofOwner(scope, owner), { action: 'key.rotated', target: targetOf(owner), details }, sql)
        }
        return rotation
      })
      if (result.ok) return { secrets: result.secrets }
      throw result.reason === 'none' ? nothingToRotate() : recentlyRotated()
    },
    forgetFormerKeys: async ({ keptMs = FORMER_KEY_KEPT_MS } = {}) => {
      const rows = await owners.replaced(keptMs, 100)
      for (const row of rows) await owners.within(ownerOf(row), (sql) => forgetFormerKey(sql, ownerOf(row), wrapper))
      return rows.length
    },
  }
}

type SweepDeps = Omit<RotationDeps, 'database'> & { readonly owners: OwnerKeys }

/** Owner by owner, so that nobody waits for more than one of them; what a crash leaves the next sweep finds. */
async function rewrapAll(
  deps: SweepDeps,
  { batch = 100, isStopping = () => false }: RewrapOptions,
): Promise<RewrapResult> {
  const current = await deps.wrapper.currentKeyId()
  const failures: { owner: KeyOwner; error: unknown }[] = []
  let rewrapped = 0
  let after: OwnerRow | undefined
  for (;;) {
    const rows = await deps.owners.due(current, after, batch)
    for (const row of rows) {
      if (isStopping()) return { rewrapped, failures }
      const owner = ownerOf(row)
      const isDone = await rewrapOne(deps, owner, current).catch(
        (error: unknown) => void failures.push({ owner, error }),
      )
      if (isDone === true) rewrapped += 1
    }
    after = rows.at(-1)
    if (rows.length < batch) return { rewrapped, failures }
  }
}

/** @returns whether it was this process that did it */
async function rewrapOne({ owners, wrapper, audit }: SweepDeps, owner: KeyOwner, current: string): Promise<boolean> {
  const kept = await owners.within(owner, (sql) => readOwnedKeys(sql, owner))
  if (kept === undefined || kept.data_key === null) return false
  const { keyId: from } = decodeWrappedKey(kept.data_key)
  // Another process has done it since the list was made.
  if (from === current) return false
  const key = await rewrapped(wrapper, owner, kept.data_key)
  const former = kept.former_data_key === null ? null : await rewrapped(wrapper, owner, kept.former_data_key)
  return owners.within(owner, async (sql) => {
    const standing = await readOwnedKeys(sql, owner, true)
    // Replaced in the meantime: the next sweep looks at it again. The key service was asked before, because until this
    // transaction ends nobody can seal anything of this owner.
    if (!isSame(standing?.data_key, kept.data_key) || !isSame(standing?.former_data_key, kept.former_data_key))
      return false
    await writeKeys(sql, owner, { data_key: key, former_data_key: former })
    const details = { from, to: decodeWrappedKey(key).keyId }
    await audit.record(owner, { action: 'key.rewrapped', target: targetOf(owner), details }, sql)
    return true
  })
}

async function rewrapped(wrapper: KeyWrapper, owner: KeyOwner, stored: Buffer): Promise<Buffer> {
  return encodeWrappedKey(await wrapper.wrap(await wrapper.unwrap(decodeWrappedKey(stored), owner), owner))
}

function isSame(a: Buffer | null | undefined, b: Buffer | null): boolean {
  return a === b || (a instanceof Buffer && b !== null && a.equals(b))
}

function targetOf({ tenantId, customerId }: KeyOwner) {
  return customerId === undefined ? { kind: 'tenant', id: tenantId } : { kind: 'customer', id: customerId }
}

function ofOwner(scope: ActingScope, owner: KeyOwner): ActingScope {
  return { ...owner, ...(scope.by === undefined ? {} : { by: scope.by }) }
}

function nothingToRotate(): UserError {
  return new UserError('not_found', 'key.none', 'There is no data key to rotate.', {
    detail: 'The customer does not exist, or has no secrets yet.',
  })
}

function recentlyRotated(): UserError {
  return new UserError('conflict', 'key.recently_rotated', 'The data key was rotated a moment ago.', {
    detail: `Try again in ${FORMER_KEY_KEPT_MS / 60_000} minutes.`,
  })
}
