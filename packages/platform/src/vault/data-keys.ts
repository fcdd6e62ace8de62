import { createHash } from 'node:crypto'
import { decodeWrappedKey, type KeyWrapper } from './key-wrapper.js'
import type { KeyOwner } from './place.js'

/** Opened keys that are remembered: an external key service must not be asked for every step of every run. */
const MAX_KEYS = 5000
const KEPT_MS = 300_000

/**
 * Opens wrapped data keys, and remembers them for five minutes by what they were wrapped as: the row is still read each
 * time, so that a key that was erased or replaced there is not used any more.
 */
export class DataKeys {
  private readonly opened = new Map<string, { readonly key: Promise<Buffer>; readonly until: number }>()

  /** @param nowMs a clock in milliseconds */
  constructor(
    private readonly wrapper: KeyWrapper,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /** @throws BugError when the key was tampered with, is another owner's, or its master key is not there */
  open(stored: Buffer, owner: KeyOwner): Promise<Buffer> {
    // With the owner: what was opened for one must not open for another to whose row it was moved.
    const name = createHash('sha256')
      .update(`${owner.tenantId}\0${owner.customerId ?? ''}\0`)
      .update(stored)
      .digest('hex')
    const known = this.opened.get(name)
    if (known !== undefined && known.until > this.nowMs()) return known.key
    const key = Promise.resolve().then(() => this.wrapper.unwrap(decodeWrappedKey(stored), owner))
    this.opened.delete(name)
    this.opened.set(name, { key, until: this.nowMs() + KEPT_MS })
    key.catch(() => this.opened.delete(name))
    this.forgetOldest()
    return key
  }

  private forgetOldest(): void {
    const [oldest] = this.opened.keys()
    if (this.opened.size > MAX_KEYS && oldest !== undefined) this.opened.delete(oldest)
  }
}
