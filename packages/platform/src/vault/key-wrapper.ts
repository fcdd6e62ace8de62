import { BugError } from '@inlay/engine'
import type { KeyOwner } from './place.js'

/** A data key as it is stored: unreadable without the master key that wrapped it. */
export interface WrappedKey {
  /** Which master key; 1 to 255 ASCII characters, no backslash. */
  readonly keyId: string
  readonly bytes: Buffer
}

/**
 * Wraps data keys with master keys. Master keys never leave it, and data keys are never kept by it. The owner is bound to
 * what is wrapped: under another owner it does not unwrap.
 */
export interface KeyWrapper {
  /** Id of the master key that wraps now: what is under another one is due for rotation. */
  currentKeyId(): Promise<string>
  /** Wraps with the master key in use. */
  wrap(key: Buffer, owner: KeyOwner): Promise<WrappedKey>
  /** @throws BugError when the master key is not there any more, or what is wrapped was tampered with or is another owner's */
  unwrap(wrapped: WrappedKey, owner: KeyOwner): Promise<Buffer>
}

/** Stored: `version (1) | length of key id (1) | key id | wrapped`. The table's generated columns read the id from it. */
const VERSION = 1
const MAX_ID_LENGTH = 255
const KEY_ID = /^[\x21-\x5b\x5d-\x7e]+$/

/** @throws BugError when the wrapper has an id that cannot be stored */
export function encodeWrappedKey({ keyId, bytes }: WrappedKey): Buffer {
  if (keyId.length > MAX_ID_LENGTH || !KEY_ID.test(keyId))
    throw new BugError('The id of a master key cannot be stored.')
  return Buffer.concat([Buffer.from([VERSION, keyId.length]), Buffer.from(keyId), bytes])
}

/** @throws BugError when it is of a version that this code does not know */
export function decodeWrappedKey(stored: Buffer): WrappedKey {
  if (stored[0] !== VERSION) throw new BugError('A wrapped key has an unknown version.')
  const end = 2 + (stored[1] ?? 0)
  return { keyId: stored.subarray(2, end).toString(), bytes: stored.subarray(end) }
}
