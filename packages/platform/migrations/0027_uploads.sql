-- Files that people have chosen for steps and tests. Their content is in the blob store, below the customer's prefix.
CREATE TABLE inlay.uploads (
  tenant_id text COLLATE "C" NOT NULL,
  -- What references name.
  id text COLLATE "C" NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  content_type text NOT NULL,
  size integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- When it was last seen whether anything refers to it.
  checked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES inlay.customers (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX uploads_of_customer ON inlay.uploads (tenant_id, customer_id);
CREATE INDEX uploads_to_check ON inlay.uploads (checked_at);

ALTER TABLE inlay.uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE inlay.uploads FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON inlay.uploads TO inlay_app USING (
  tenant_id = (SELECT inlay.current_tenant()) AND (
    (SELECT inlay.current_customer()) IS NULL OR customer_id = (SELECT inlay.current_customer())));
-- The sweep finds those of all tenants; what it removes it removes as their tenant.
CREATE POLICY of_engine ON inlay.uploads TO inlay_engine USING (true);
GRANT SELECT, INSERT, DELETE ON inlay.uploads TO inlay_app;
GRANT SELECT (tenant_id, customer_id, id, created_at, checked_at), UPDATE (checked_at) ON inlay.uploads TO inlay_engine;
