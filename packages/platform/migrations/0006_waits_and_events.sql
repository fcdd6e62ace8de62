-- Workflows that start on events, runs that outlive their workflow, and who sees which rows of the engine's newer tables (0005).

CREATE TABLE inlay.event_triggers (
  tenant_id text COLLATE "C" NOT NULL,
  workflow_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  version_id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  -- An expression; null when every event of that name starts the workflow.
  filter text,
  enabled boolean NOT NULL,
  -- Events that came before do not start it.
  armed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, workflow_id),
  FOREIGN KEY (tenant_id, workflow_id) REFERENCES inlay.workflows (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX event_triggers_of_name ON inlay.event_triggers (tenant_id, customer_id, name) WHERE enabled;

DO $$
DECLARE target text;
BEGIN
  -- What belongs to one customer.
  FOREACH target IN ARRAY ARRAY[
    'event_triggers', 'transitions', 'waits', 'events', 'admission_buffers', 'admission_items'
  ] LOOP
    EXECUTE format('ALTER TABLE inlay.%I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE inlay.%I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY of_tenant ON inlay.%I TO inlay_app USING (
      tenant_id = (SELECT inlay.current_tenant()) AND (
        (SELECT inlay.current_customer()) IS NULL OR customer_id = (SELECT inlay.current_customer())))', target);
  END LOOP;
  -- What is shared by the customers of a tenant: nothing that the application reads.
  FOREACH target IN ARRAY ARRAY['slots', 'given_events', 'admission_rates', 'admission_keys'] LOOP
    EXECUTE format('ALTER TABLE inlay.%I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE inlay.%I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY of_tenant ON inlay.%I TO inlay_app USING (
      tenant_id = (SELECT inlay.current_tenant()) AND (SELECT inlay.current_customer()) IS NULL)', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY[
    'transitions', 'waits', 'events', 'slots', 'given_events', 'admission_rates', 'admission_buffers', 'admission_items',
    'admission_keys'
  ] LOOP
    EXECUTE format('CREATE POLICY of_engine ON inlay.%I TO inlay_engine USING (true)', target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.%I TO inlay_engine', target);
  END LOOP;
END $$;

-- Who presents a link's token sees the wait that it answers.
CREATE POLICY by_lookup ON inlay.waits FOR SELECT TO inlay_app USING (token_hash = (SELECT inlay.current_lookup()));

GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.event_triggers TO inlay_app;
GRANT SELECT ON inlay.waits, inlay.events TO inlay_app;

-- Runs of a deleted workflow undo what they did, by the version that they are on; only its customer's erasure takes it away.
ALTER TABLE inlay.workflow_versions
  DROP CONSTRAINT workflow_versions_tenant_id_workflow_id_fkey,
  ADD FOREIGN KEY (tenant_id, customer_id) REFERENCES inlay.customers (tenant_id, id) ON DELETE CASCADE;

-- For those who take up again what failed of a workflow since a moment.
CREATE INDEX runs_failed ON inlay.runs (tenant_id, workflow_id, finished_at) WHERE status = 'failed';
