export type { BridgedPieceConfig } from './bridged-pieces.js'
export {
  type AiConfig,
  type BlobPlace,
  type Config,
  ConfigError,
  type EgressConfig,
  type KeyServiceConfig,
  type MasterKeys,
  type MigrationConfig,
  readConfig,
  readMigrationConfig,
} from './config.js'
export type { OperatorClient, OperatorClients } from './oauth-clients.js'
