/**
 * All migrations in the order in which they run. Each is a file of `packages/platform/migrations`, but for `0003_engine`,
 * which is the engine's own schema.
 */
export const MIGRATION_NAMES = [
  '0001_tenancy_and_identity',
  '0002_automation',
  '0003_engine',
  '0004_row_security',
] as const
