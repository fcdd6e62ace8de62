export { createPostgresAdmissionStore, type PostgresAdmissionStoreOptions } from './admission-store.js'
export { ARRAY_TYPES } from './array-types.js'
export { createPostgresJournal, type PostgresJournalOptions } from './journal.js'
export { createMonthlyPartitions, migrate, pruneEvents, schemaSql } from './migrate.js'
