/**
 * The first version of the engine's tables.
 *
 * - `inlay.runs`: one small row per run; all that changes in a run's life changes here.
 * - `inlay.journal`: one row per step (and loop iteration); the row with an empty path holds the run's trigger, written
 *   once, so that the row that changes stays small.
 * - `inlay.run_keys`: deduplication keys of triggers.
 *
 * `due_at` says when a sweeper should look at a run again; runs that wait for nothing have none, so that finding due
 * work costs the same however many runs are parked or have ended. Ids sort by time, so range partitions on them are
 * partitions by month; rows outside any of them go to the default partition.
 */
export const SCHEMA_V1_SQL = `
CREATE SCHEMA IF NOT EXISTS inlay;

CREATE TABLE IF NOT EXISTS inlay.runs (
  id text COLLATE "C" NOT NULL,
  tenant_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  workflow_id text COLLATE "C" NOT NULL,
  version_id text COLLATE "C" NOT NULL,
  mode text NOT NULL CHECK (mode IN ('live', 'test')),
  status text NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'running', 'waiting', 'suspended', 'succeeded', 'failed', 'cancelled')),
  epoch integer NOT NULL DEFAULT 0,
  recoveries integer NOT NULL DEFAULT 0,
  dispatch_seq integer NOT NULL DEFAULT 0,
  cancel_requested boolean NOT NULL DEFAULT false,
  lease_owner text,
  lease_until timestamptz,
  due_at timestamptz,
  wake_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  output json,
  error json,
  response json,
  PRIMARY KEY (id, tenant_id)
) PARTITION BY RANGE (id);

CREATE TABLE IF NOT EXISTS inlay.runs_default PARTITION OF inlay.runs DEFAULT
  WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX IF NOT EXISTS runs_due ON inlay.runs (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS runs_of_workflow ON inlay.runs (tenant_id, workflow_id, id);
CREATE INDEX IF NOT EXISTS runs_of_tenant ON inlay.runs (tenant_id, id);

CREATE TABLE IF NOT EXISTS inlay.journal (
  run_id text COLLATE "C" NOT NULL,
  tenant_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  step_path text COLLATE "C" NOT NULL,
  iteration text COLLATE "C" NOT NULL,
  type text NOT NULL,
  status text NOT NULL,
  attempt integer NOT NULL,
  epoch integer NOT NULL,
  input json,
  output json,
  error json,
  started_at bigint NOT NULL,
  finished_at bigint,
  wake_at bigint,
  PRIMARY KEY (run_id, tenant_id, step_path, iteration)
) PARTITION BY RANGE (run_id);

CREATE TABLE IF NOT EXISTS inlay.journal_default PARTITION OF inlay.journal DEFAULT;

CREATE TABLE IF NOT EXISTS inlay.run_keys (
  tenant_id text COLLATE "C" NOT NULL,
  workflow_id text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  run_id text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, workflow_id, key)
);
`
