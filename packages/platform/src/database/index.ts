export {
  type Database,
  type DatabaseOptions,
  lookupOf,
  narrowToTenant,
  openDatabase,
  type ScopedSql,
} from './database.js'
export { codeOf, DatabaseSetupError, isDuplicate, isUnavailable } from './errors.js'
export { type MigrateOptions, migrate } from './migrate.js'
export { createOrderedIds } from './ordered-ids.js'
export { describeStartFailure } from './start-failure.js'
export { holdsText } from './text-search.js'
