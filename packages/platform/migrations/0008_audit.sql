-- What was done in a tenant, by whom. It only grows: the roles of the processes may add to it and read it, and the
-- database's clock says when. Not partitioned yet: that comes with retention, for all tables that grow.

CREATE TABLE inlay.audit_log (
  tenant_id text COLLATE "C" NOT NULL,
  -- Prefixed UUIDv7: sorts by time.
  id text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor_kind text COLLATE "C" NOT NULL,
  actor_id text COLLATE "C" NOT NULL,
  action text COLLATE "C" NOT NULL,
  target_kind text COLLATE "C",
  target_id text COLLATE "C",
  -- No references: what was done to customers and tenants outlives them.
  customer_id text COLLATE "C",
  ip text,
  request_id text COLLATE "C",
  details json NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_log_of_target ON inlay.audit_log (tenant_id, target_id, id);

ALTER TABLE inlay.audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE inlay.audit_log FORCE ROW LEVEL SECURITY;
-- Callers confined to one customer add what they do, and read nothing.
CREATE POLICY reading ON inlay.audit_log FOR SELECT TO inlay_app
  USING (tenant_id = (SELECT inlay.current_tenant()) AND (SELECT inlay.current_customer()) IS NULL);
CREATE POLICY adding ON inlay.audit_log FOR INSERT TO inlay_app
  WITH CHECK (tenant_id = (SELECT inlay.current_tenant()) AND (
    (SELECT inlay.current_customer()) IS NULL OR customer_id = (SELECT inlay.current_customer())));
-- One statement records what was done in many tenants.
CREATE POLICY of_engine ON inlay.audit_log FOR INSERT TO inlay_engine WITH CHECK (true);

GRANT SELECT ON inlay.audit_log TO inlay_app;
GRANT INSERT (tenant_id, id, actor_kind, actor_id, action, target_kind, target_id, customer_id, ip, request_id, details)
  ON inlay.audit_log TO inlay_app, inlay_engine;
