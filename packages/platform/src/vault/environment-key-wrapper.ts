import { BugError } from '@inlay/engine'
import type { MasterKeys } from '../config/index.js'
import { sealKey, unsealKey } from './cipher.js'
import type { KeyWrapper } from './key-wrapper.js'

/** Wraps with the master keys of the process's environment. */
export function createEnvironmentKeyWrapper({ current, keys }: MasterKeys): KeyWrapper {
  const master = (id: string): { id: string; key: Buffer } => {
    const key = keys.get(id)
    if (key === undefined) throw new BugError(`The master key "${id}" is not configured.`)
    return { id, key }
  }
  return {
    currentKeyId: async () => current,
    wrap: async (key, owner) => ({ keyId: current, bytes: sealKey(key, master(current), owner) }),
    unwrap: async ({ keyId, bytes }, owner) => unsealKey(bytes, master(keyId), owner),
  }
}
