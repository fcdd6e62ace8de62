-- What steps gave when they were tested, and what people pinned: beside the draft, never part of it.

CREATE TABLE inlay.step_samples (
  tenant_id text COLLATE "C" NOT NULL,
  workflow_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  -- A step of the draft, or `$trigger`.
  step_id text COLLATE "C" NOT NULL,
  -- Pinned data stands in for the step in tests; what is not pinned is what its last test gave.
  is_pinned boolean NOT NULL,
  value json NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, workflow_id, step_id, is_pinned),
  FOREIGN KEY (tenant_id, workflow_id) REFERENCES inlay.workflows (tenant_id, id) ON DELETE CASCADE
);

ALTER TABLE inlay.step_samples ENABLE ROW LEVEL SECURITY;
ALTER TABLE inlay.step_samples FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON inlay.step_samples TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant()) AND (
    (SELECT inlay.current_customer()) IS NULL OR customer_id = (SELECT inlay.current_customer())));
GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.step_samples TO inlay_app;

-- What a test run of a snapshot takes in place of running a step, by step id. Versions with a number have none.
ALTER TABLE inlay.workflow_versions ADD COLUMN pins json;
