import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { BugError } from '@inlay/engine'
import type { KeyOwner, SecretPlace } from './place.js'

/**
 * AES-256-GCM. What is sealed is bound to its place by associated data, so that a ciphertext moved to another row,
 * customer or tenant does not open.
 *
 * Sealed: `version (1) | iv (12) | tag (16) | ciphertext`.
 */
const VERSION = 1
const IV_BYTES = 12
const TAG_BYTES = 16

/** Bytes of every key. */
export const KEY_BYTES = 32

/** Seals a text with a data key. */
export function seal(plain: string, key: Buffer, place: SecretPlace): Buffer {
  return encrypt(key, Buffer.from(plain), associated('secret', ...partsOf(place), place.id))
}

/** @throws BugError when the secret was tampered with or belongs elsewhere */
export function unseal(sealed: Buffer, key: Buffer, place: SecretPlace): string {
  return decrypt(key, sealed, associated('secret', ...partsOf(place), place.id)).toString()
}

/** Seals a data key with a master key. */
export function sealKey(key: Buffer, master: { id: string; key: Buffer }, owner: KeyOwner): Buffer {
  return encrypt(master.key, key, associated('data-key', ...partsOf(owner), master.id))
}

/** @throws BugError when the key was tampered with, or is another owner's */
export function unsealKey(sealed: Buffer, master: { id: string; key: Buffer }, owner: KeyOwner): Buffer {
  return decrypt(master.key, sealed, associated('data-key', ...partsOf(owner), master.id))
}

/** What belongs to the tenant itself has no customer; no customer's id is empty. */
function partsOf({ tenantId, customerId = '' }: { tenantId: string; customerId?: string }): [string, string] {
  return [tenantId, customerId]
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
