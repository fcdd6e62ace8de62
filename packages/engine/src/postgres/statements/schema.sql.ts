import { ADMISSION_SCHEMA_SQL } from './admission.sql.js'
import { SCHEMA_V1_SQL } from './schema-v1.sql.js'
import { SCHEMA_V2_SQL } from './schema-v2.sql.js'
import { STORAGE_SCHEMA_SQL } from './storage.sql.js'

/** Each version's statements, for the body of a PL/pgSQL block; a version is never edited once it has been released. */
const VERSIONS = [SCHEMA_V1_SQL, SCHEMA_V2_SQL, ADMISSION_SCHEMA_SQL, STORAGE_SCHEMA_SQL]

/** The engine's tables, made or brought up to date. Safe to run again: each version is applied once. */
export const SCHEMA_SQL = `
CREATE SCHEMA IF NOT EXISTS inlay;
CREATE TABLE IF NOT EXISTS inlay.engine_migrations (
  version integer PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
${VERSIONS.map((statements, index) => onceOnly(index + 1, statements)).join('')}`

function onceOnly(version: number, statements: string): string {
  return `
DO $migration$
DECLARE was_forced boolean := coalesce(
  (SELECT relforcerowsecurity FROM pg_catalog.pg_class WHERE oid = to_regclass('inlay.journal')), false);
BEGIN
IF EXISTS (SELECT FROM inlay.engine_migrations WHERE version = ${version}) THEN
  RETURN;
END IF;
${statements}
INSERT INTO inlay.engine_migrations (version) VALUES (${version});
END $migration$;
`
}
