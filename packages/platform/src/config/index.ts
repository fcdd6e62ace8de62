export {
  type BlobPlace,
  type Config,
  ConfigError,
  type MasterKeys,
  type MigrationConfig,
  readConfig,
  readMigrationConfig,
} from './config.js'
