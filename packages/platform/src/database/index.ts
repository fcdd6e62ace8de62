export { type Database, type DatabaseOptions, lookupOf, openDatabase, type ScopedSql } from './database.js'
export { type MigrateOptions, migrate } from './migrate.js'
