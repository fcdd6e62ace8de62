export { type Config, ConfigError, type MasterKeys, readConfig } from './config.js'
