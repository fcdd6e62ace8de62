export { createPostgresJournal } from './journal.js'
export { createMonthlyPartitions, migrate, schemaSql } from './migrate.js'
