/**
 * Keeps what is too large for the journal. Keys begin with the tenant's and the customer's id, so that erasing a customer
 * is erasing a prefix. What was put is never changed.
 */
export interface BlobStore {
  /** Resolves when the bytes are durable. Putting the same key again is harmless. */
  put(key: string, bytes: Uint8Array): Promise<void>
  /** Resolves to undefined when there is no such key. */
  get(key: string): Promise<Uint8Array | undefined>
  /** Removes all keys that begin with a prefix. @param prefix ends with `/` */
  deletePrefix(prefix: string): Promise<void>
}
