import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { BugError, type CustomerId, type TenantId } from '@inlay/engine'
import type { MasterKeys } from '../config/index.js'

/**
 * Envelope encryption: AES-256-GCM with a data key per customer, which a master key wraps. What is sealed is bound to
 * its place by associated data, so that a ciphertext moved to another row, customer or tenant does not open.
 *
 * Sealed: `version (1) | iv (12) | tag (16) | ciphertext`. A wrapped key: `version (1) | length of key id (1) | key id | sealed`.
 */
const VERSION = 1
const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/** Where a secret belongs. */
export interface SecretPlace {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  /** The row's id. */
  readonly id: string
}

/** A new data key, and its wrapped form for the customer's row. */
export function createDataKey(master: MasterKeys, owner: Omit<SecretPlace, 'id'>): { key: Buffer; wrapped: Buffer } {
  const key = randomBytes(KEY_BYTES)
  return { key, wrapped: wrapDataKey(key, master, owner) }
}

/** Wraps a data key with the master key in use; also how a key is re-wrapped when master keys rotate. */
export function wrapDataKey(key: Buffer, master: MasterKeys, owner: Omit<SecretPlace, 'id'>): Buffer {
  const id = Buffer.from(master.current)
  const sealed = encrypt(
    masterKey(master, master.current),
    key,
    associated('data-key', owner.tenantId, owner.customerId, master.current),
  )
  return Buffer.concat([Buffer.from([VERSION, id.length]), id, sealed])
}

/** @throws BugError when the master key is not there any more, or the wrapped key was tampered with */
export function unwrapDataKey(wrapped: Buffer, master: MasterKeys, owner: Omit<SecretPlace, 'id'>): Buffer {
  const length = wrapped[1] ?? 0
  if (wrapped[0] !== VERSION) throw new BugError('A wrapped key has an unknown version.')
  const id = wrapped.subarray(2, 2 + length).toString()
  return decrypt(
    masterKey(master, id),
    wrapped.subarray(2 + length),
    associated('data-key', owner.tenantId, owner.customerId, id),
  )
}

export function seal(plain: string, key: Buffer, { tenantId, customerId, id }: SecretPlace): Buffer {
  return encrypt(key, Buffer.from(plain), associated('secret', tenantId, customerId, id))
}

/** @throws BugError when the secret was tampered with or belongs elsewhere */
export function unseal(sealed: Buffer, key: Buffer, { tenantId, customerId, id }: SecretPlace): string {
  return decrypt(key, sealed, associated('secret', tenantId, customerId, id)).toString()
}

function encrypt(key: Buffer, plain: Buffer, associatedData: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(associatedData)
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), text])
}

function decrypt(key: Buffer, sealed: Buffer, associatedData: Buffer): Buffer {
  if (sealed[0] !== VERSION || sealed.length < 1 + IV_BYTES + TAG_BYTES)
    throw new BugError('A sealed secret is not whole.')
  const iv = sealed.subarray(1, 1 + IV_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(associatedData)
  decipher.setAuthTag(sealed.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()])
  } catch (cause) {
    throw new BugError('A sealed secret does not open: it was changed, or belongs elsewhere.', { cause })
  }
}

/** Each part with its length before it, so that no two lists of parts look alike. */
function associated(...parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return [length, bytes]
    }),
  )
}

function masterKey(master: MasterKeys, id: string): Buffer {
  const key = master.keys.get(id)
  if (key === undefined) throw new BugError(`The master key "${id}" is not configured.`)
  return key
}
