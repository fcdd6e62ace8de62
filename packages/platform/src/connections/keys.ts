import type { MasterKeys } from '../config/index.js'
import type { ConnectionStore, CustomerScope } from './store.js'
import { createDataKey, unwrapDataKey } from './vault.js'

/** Customers' data keys. A key lives in its customer's row, wrapped: who erases the row has erased all it can open. */
export class CustomerKeys {
  constructor(
    private readonly store: ConnectionStore,
    private readonly masterKeys: MasterKeys,
  ) {}

  /**
   * The customer's data key, made when it is first needed.
   *
   * @returns undefined when there is no such customer
   * @throws BugError when the key was tampered with, or its master key is not configured
   */
  async open(owner: CustomerScope): Promise<Buffer | undefined> {
    const { store, masterKeys } = this
    const kept = await store.readKey(owner)
    if (kept === undefined) return undefined
    if (kept.wrapped !== null) return unwrapDataKey(kept.wrapped, masterKeys, owner)
    const { wrapped } = createDataKey(masterKeys, owner)
    const standing = await store.keepKey(owner, wrapped)
    return standing === undefined ? undefined : unwrapDataKey(standing, masterKeys, owner)
  }
}
