export { createEnvironmentKeyWrapper } from './environment-key-wrapper.js'
export type { KeyWrapper, WrappedKey } from './key-wrapper.js'
export type { KeyOwner, SecretPlace } from './place.js'
export { createVault, type PlacedSecret, type SecretUse, type StoredKeys, type Vault } from './vault.js'
