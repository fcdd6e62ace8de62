export {
  type BlobPlace,
  type Config,
  ConfigError,
  type EgressConfig,
  type MasterKeys,
  type MigrationConfig,
  readConfig,
  readMigrationConfig,
} from './config.js'
