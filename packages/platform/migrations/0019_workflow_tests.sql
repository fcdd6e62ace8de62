-- Tests that are kept with a workflow: an input, what its calls gave, and what is expected to come of it.

CREATE TABLE inlay.workflow_tests (
  tenant_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  workflow_id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  input json NOT NULL,
  -- What steps that reach outside gave when the test was recorded, by step id.
  pins json NOT NULL,
  expected json NOT NULL,
  last_result json,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, workflow_id) REFERENCES inlay.workflows (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX workflow_tests_of_workflow ON inlay.workflow_tests (tenant_id, workflow_id, id);

ALTER TABLE inlay.workflow_tests ENABLE ROW LEVEL SECURITY;
ALTER TABLE inlay.workflow_tests FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON inlay.workflow_tests TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant()) AND (
    (SELECT inlay.current_customer()) IS NULL OR customer_id = (SELECT inlay.current_customer())));
GRANT SELECT, INSERT, UPDATE, DELETE ON inlay.workflow_tests TO inlay_app;
