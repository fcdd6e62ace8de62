-- What connectors and code steps log while they run, by attempt: bounded, without secrets, and for a month.
CREATE TABLE inlay.step_logs (
  run_id text COLLATE "C" NOT NULL,
  tenant_id text COLLATE "C" NOT NULL,
  -- Sorts by time.
  id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  step_path text COLLATE "C" NOT NULL,
  iteration text COLLATE "C" NOT NULL,
  attempt integer NOT NULL,
  -- `cut`: more was logged, and is not kept.
  level text NOT NULL CHECK (level IN ('info', 'warn', 'cut')),
  message text NOT NULL,
  data json,
  PRIMARY KEY (run_id, tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES inlay.customers (tenant_id, id) ON DELETE CASCADE
);
-- For those whose time is over, and for what is erased with a customer.
CREATE INDEX step_logs_by_time ON inlay.step_logs (id);
CREATE INDEX step_logs_of_customer ON inlay.step_logs (tenant_id, customer_id);

ALTER TABLE inlay.step_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE inlay.step_logs FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON inlay.step_logs TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant())
  AND ((SELECT inlay.current_customer()) IS NULL OR customer_id = (SELECT inlay.current_customer())));
CREATE POLICY of_engine ON inlay.step_logs TO inlay_engine USING (true);
GRANT SELECT ON inlay.step_logs TO inlay_app;
GRANT SELECT, INSERT, DELETE ON inlay.step_logs TO inlay_engine;
