import type { MasterKeys } from '../config/index.js'
import { createEnvironmentKeyWrapper } from './environment-key-wrapper.js'
import { createHttpKeyWrapper, KEY_SERVICE_PREFIX, type KeyServiceOptions } from './http-key-wrapper.js'
import type { KeyWrapper } from './key-wrapper.js'

/**
 * The wrapper that a process is configured for. With a key service new keys are wrapped there, and what the environment's
 * keys have wrapped still opens until it is re-wrapped; and the other way round for as long as both are configured.
 */
export function openKeyWrapper(config: {
  readonly masterKeys: MasterKeys
  readonly keyService?: KeyServiceOptions | undefined
}): KeyWrapper {
  const environment = createEnvironmentKeyWrapper(config.masterKeys)
  if (config.keyService === undefined) return environment
  const service = createHttpKeyWrapper(config.keyService)
  return {
    currentKeyId: () => service.currentKeyId(),
    wrap: (key, owner) => service.wrap(key, owner),
    unwrap: (wrapped, owner) =>
      (wrapped.keyId.startsWith(KEY_SERVICE_PREFIX) ? service : environment).unwrap(wrapped, owner),
  }
}
