/**
 * All migrations in the order in which they run. Each is a file of `packages/platform/migrations`, but for those of
 * `ENGINE_MIGRATIONS`.
 */
export const MIGRATION_NAMES = [
  '0001_tenancy_and_identity',
  '0002_automation',
  '0003_engine',
  '0004_row_security',
  '0005_engine_waits',
  '0006_waits_and_events',
  '0007_connections',
  '0008_audit',
  '0009_oauth',
  '0010_connector_triggers',
  '0011_catalog',
  '0012_tenant_connectors',
  '0013_marketplace',
  '0014_engine_connector_values',
  '0015_connector_values',
  '0016_automations',
  '0017_step_samples',
  '0018_brands',
  '0019_workflow_tests',
  '0020_template_use_cases',
  '0021_guardrails',
  '0022_run_lists',
  '0023_shared_templates',
  '0024_step_logs',
  '0025_webhooks',
  '0026_tenant_domains',
  '0027_uploads',
] as const

/** Bring the engine's own tables to the version that the code has: a new database gets all at the first of them. */
export const ENGINE_MIGRATIONS: readonly string[] = ['0003_engine', '0005_engine_waits', '0014_engine_connector_values']
